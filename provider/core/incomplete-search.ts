import { GateError } from "./errors";
import type { CoarseRow } from "./task";

/** A search that could not be read to its end. What it has shown is true all the same; what is missing says nothing. */
export class IncompleteSearchError extends GateError {
  readonly rows: readonly CoarseRow[];

  constructor(fault: GateError, rows: readonly CoarseRow[]) {
    super(fault.code, fault.message, fault);
    this.rows = rows;
  }
}
