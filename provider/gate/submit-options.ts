import type { CdnClient, PushRequest } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import type { EventSink } from "./events";
import type { RunState } from "./run-state";

/** What a preload asks for beside its URLs. */
export type PreloadSettings = Omit<PushRequest, "urls">;

/** What a submission needs, from its start until its outcome is known. */
export interface SubmitOptions {
  readonly client: CdnClient;
  readonly clock: Clock;
  readonly runState: RunState;
  readonly settings: PreloadSettings;
  /** Absolute, by the local clock; nothing is submitted after it. */
  readonly deadlineMs: number;
  /** Whether there is time to find out what became of a submission whose outcome is not known. */
  readonly mayWait: boolean;
  readonly signal: AbortSignal;
  readonly emit: EventSink;
}
