import type { FaultKind } from "./faults";

/** A request's parameters by name, from its query string and its form body. */
export type Parameters = Readonly<Record<string, string>>;

/** One request to the service, as tests and people see it afterwards. */
export interface CallRecord {
  /** When it arrived, by the emulator's clock: ISO 8601, UTC. */
  readonly at: string;
  /** The operation as named by the request; empty where it names none. */
  readonly operation: string;
  /** The operation's own, without key, signature and the like. */
  readonly parameters: Parameters;
  readonly requestId: string;
  /** What the client got to see; 0: nothing yet, or never (a reset, a hang). */
  httpStatus: number;
  /** `Code` of the error answer. */
  errorCode?: string;
  /** The task ids that a submission was answered with, or would have been without a fault. */
  taskIds?: readonly string[];
  /** The fault that decided how it ended. */
  fault?: FaultKind;
}
