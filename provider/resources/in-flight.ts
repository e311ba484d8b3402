import { GateError } from "../core/errors";

/** The runs that are under way in this process, so that one Ctrl-C ends them all. */
export class InFlight {
  readonly #controllers = new Set<AbortController>();

  /** Runs something that ends when it is interrupted. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#controllers.add(controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#controllers.delete(controller);
    }
  }

  /** Does nothing while nothing is under way: the engine also cancels at the end of every operation. */
  interrupt(): void {
    for (const controller of this.#controllers) controller.abort(new GateError({ kind: "interrupted" }));
  }
}
