/** Something that is to happen at an instant. */
export interface Timer {
  readonly atMs: number;
  /** Of two timers of one instant, the one with the lower rank goes first. */
  readonly rank: number;
  /** Of two of one rank, the one that was set first. */
  readonly order: number;
  readonly act: () => void;
  isCancelled: boolean;
}

/** Timers, earliest first: a binary heap, since a simulation holds thousands. */
export class TimerQueue {
  readonly #heap: Timer[] = [];
  #order = 0;

  add(atMs: number, rank: number, act: () => void): Timer {
    this.#order += 1;
    const timer: Timer = { atMs, rank, order: this.#order, act, isCancelled: false };
    this.#heap.push(timer);
    let index = this.#heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) break;
      this.#swap(index, parent);
      index = parent;
    }
    return timer;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  /** The next timer, or `undefined` if none is left. Drops cancelled timers on the way. */
  next(): Timer | undefined {
    while (this.#heap[0]?.isCancelled) this.#removeFirst();
    return this.#heap[0];
  }

  takeNext(): Timer | undefined {
    const next = this.next();
    if (next) this.#removeFirst();
    return next;
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (!last || this.#heap.length === 0) return;
    this.#heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let smallest = index;
      for (const child of [left, left + 1]) {
        if (child < this.#heap.length && this.#isBefore(child, smallest)) smallest = child;
      }
      if (smallest === index) return;
      this.#swap(index, smallest);
      index = smallest;
    }
  }

  #isBefore(left: number, right: number): boolean {
    const [a, b] = [this.#heap[left]!, this.#heap[right]!];
    return (a.atMs - b.atMs || a.rank - b.rank || a.order - b.order) < 0;
  }

  #swap(left: number, right: number): void {
    const kept = this.#heap[left]!;
    this.#heap[left] = this.#heap[right]!;
    this.#heap[right] = kept;
  }
}
