import type { TaskPart } from "./gate-state";

/**
 * Where the parts of each task stand in a list of parts, by task id. A list that replaces parts of another, and adds to
 * it, goes on with its index: of a thousand tasks each answer changes one.
 */
export class PartIndex {
  readonly #positions = new Map<string, number[]>();
  #length = 0;

  /** The index of exactly this list: the one it was given, or a new one. */
  static of(parts: readonly TaskPart[]): PartIndex {
    let index = indexes.get(parts);
    // Another list may have gone on with it and added parts.
    if (index === undefined || index.#length !== parts.length) {
      index = new PartIndex();
      for (const { taskId } of parts) index.add(taskId);
      index.belongsTo(parts);
    }
    return index;
  }

  /** Notes that one more part stands at the end. */
  add(taskId: string): void {
    const positions = this.#positions.get(taskId);
    if (positions) positions.push(this.#length);
    else this.#positions.set(taskId, [this.#length]);
    this.#length += 1;
  }

  /** Ascending. */
  positionsOf(taskId: string): readonly number[] {
    return this.#positions.get(taskId) ?? [];
  }

  /** Notes that it is, for now, the index of this list. */
  belongsTo(parts: readonly TaskPart[]): void {
    indexes.set(parts, this);
  }
}

const indexes = new WeakMap<readonly TaskPart[], PartIndex>();
