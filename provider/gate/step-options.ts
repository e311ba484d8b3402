import type { CdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import type { EventSink } from "./events";
import type { RunState } from "./run-state";

/** What the steps of a run work with; each step names what else it needs. */
export interface StepOptions {
  /** Its calls wait no longer than until the deadline. */
  readonly client: CdnClient;
  readonly clock: Clock;
  readonly run: RunState;
  /** Absolute, by the local clock; nothing is submitted after it. */
  readonly deadlineMs: number;
  /** Ends the run: by the user, or some time after the deadline. */
  readonly signal: AbortSignal;
  readonly emit: EventSink;
}
