import type { GateState } from "../core/gate-state";
import type { EventSink } from "./events";

/** The one place where a run's state lives, so that what is known so far survives any end of the run. */
export class RunState {
  #state: GateState;
  readonly #emit: EventSink;

  constructor(state: GateState, emit: EventSink) {
    this.#state = state;
    this.#emit = emit;
  }

  get state(): GateState {
    return this.#state;
  }

  /** Takes the next state and tells it. */
  set(state: GateState): void {
    this.#state = state;
    this.#emit({ type: "state", state });
  }
}
