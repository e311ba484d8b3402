import { GateError } from "../core/errors";
import type { GateState } from "../core/gate-state";
import type { Notice, Progress, Step } from "../core/notices";

/** What a gate tells while it works. */
export type GateEvent =
  | Step
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "notice"; readonly severity: "info" | "warning"; readonly notice: Notice }
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
      if (cause instanceof GateError) throw new ListenerError(cause.facts, cause);
      const facts = { kind: "listenerFailed", event: event.type, why: String(cause) } as const;
      throw new ListenerError(facts, { cause });
    }
  };
}
