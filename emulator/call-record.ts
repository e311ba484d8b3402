import type { FaultKind } from "./scenario-types";

/** A request's parameters by name, from its query string and its form body. */
export type Parameters = Readonly<Record<string, string>>;

/** One request to the service, as tests and users see it afterwards. */
export interface CallRecord {
  /** When it arrived by the emulator's clock, in ISO 8601 UTC. */
  readonly at: string;
  /** The operation that the request names. Empty if it names none. */
  readonly operation: string;
  /** The parameters of the operation, without key and signature. */
  readonly parameters: Parameters;
  readonly requestId: string;
  /** The status that the client received. 0 means none yet, or never (a reset, a hang). */
  httpStatus: number;
  /** `Code` of the error answer. */
  errorCode?: string;
  /** The task ids of a submission, even if a fault replaced its answer. */
  taskIds?: readonly string[];
  /** The fault that decided its result. */
  fault?: FaultKind;
}
