import type { OperationName } from "../provider/wire/limits";
import type { Parameters } from "./call-record";

/** A literal answer. The operation does no work. */
export interface LiteralAnswer {
  /** Default 200. */
  readonly status?: number;
  /** A string is sent unchanged, anything else as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Changes the body of a successful answer. The emulator sends the returned value instead. */
export type AnswerHook = (
  operation: OperationName,
  body: Record<string, unknown>,
  parameters: Parameters,
) => unknown;

/** Answers that replace those of the operations. */
export class AnswerOverrides {
  #once = new Map<OperationName, LiteralAnswer[]>();
  #always = new Map<OperationName, LiteralAnswer>();
  #hooks = new Set<AnswerHook>();

  answerOnce(operation: OperationName, answer: LiteralAnswer): void {
    this.#once.set(operation, [...(this.#once.get(operation) ?? []), answer]);
  }

  answerAlways(operation: OperationName, answer: LiteralAnswer): void {
    this.#always.set(operation, answer);
  }

  /** Registers a hook. Returns a function that removes it. */
  onAnswer(hook: AnswerHook): () => void {
    this.#hooks.add(hook);
    return () => this.#hooks.delete(hook);
  }

  /** The next literal answer, if there is one. Answers for one call come first, in the order in which they were set. */
  next(operation: OperationName): LiteralAnswer | undefined {
    return this.#once.get(operation)?.shift() ?? this.#always.get(operation);
  }

  /** Passes a body through all hooks. */
  transform(operation: OperationName, body: Record<string, unknown>, parameters: Parameters): unknown {
    let changed: unknown = body;
    for (const hook of this.#hooks) {
      changed = hook(operation, changed as Record<string, unknown>, parameters);
    }
    return changed;
  }

  reset(): void {
    this.#once = new Map();
    this.#always = new Map();
    this.#hooks = new Set();
  }
}
