import { GateError } from "../core/errors";
import type { GateState, Purpose } from "../core/gate-state";

/** How far the work is, for a progress line. */
export interface Progress {
  readonly urls: number;
  readonly preloaded: number;
  readonly failed: number;
  /** Share of the POPs on which the tasks have ended, over all URLs, from 0 to 100. */
  readonly processPercent: number;
  /** Time until the last task is likely to end, in milliseconds; `undefined` while progress says nothing. */
  readonly remainingMs: number | undefined;
  readonly elapsedMs: number;
  readonly apiCalls: number;
}

/** What a gate tells while it works. */
export type GateEvent =
  | { readonly type: "submitting"; readonly purpose: Purpose; readonly urls: number; readonly calls: number }
  | { readonly type: "submitted"; readonly urls: number; readonly taskIds: readonly string[] }
  | { readonly type: "purging"; readonly tasks: number }
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "notice"; readonly severity: "info" | "warning"; readonly message: string }
  /** The state has changed; a front that can save between steps does so before it returns. */
  | { readonly type: "state"; readonly state: GateState };

export type EventSink = (event: GateEvent) => void;

/** A listener of a run has failed: that says nothing of the service, and asking again would not better it. */
export class ListenerError extends GateError {
  override get retryable(): boolean {
    return false;
  }
}

/** The same sink, whose failures are told apart: a ListenerError with the code of its GateError, else `internal`. */
export function guarded(emit: EventSink): EventSink {
  return (event) => {
    try {
      emit(event);
    } catch (cause) {
      if (cause instanceof GateError) throw new ListenerError(cause.code, cause.message, cause);
      const message = `A listener of the run's "${event.type}" event failed: ${String(cause)}.`;
      throw new ListenerError("internal", message, { cause });
    }
  };
}
