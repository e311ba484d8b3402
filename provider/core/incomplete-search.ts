import { GateError } from "./errors";
import type { StatusRow } from "./task";

/** A search that could not be read to its end. What it has shown is true all the same; what is missing says nothing. */
export class IncompleteSearchError extends GateError {
  readonly rows: readonly StatusRow[];

  constructor(fault: GateError, rows: readonly StatusRow[]) {
    super(fault.facts, fault);
    this.rows = rows;
  }
}
