import { allUrls, type GateState, type UrlFacts } from "./gate-state";
import type { KnownIdentities } from "./preload-url";

/**
 * Which rows of an answer count:
 * - `submitted`: those of URLs that this state submitted under the task; all others belong to a neighbour
 *   that shares the task id;
 * - `listed`: those of the wanted URLs, in whichever task; the newest task by its creation time counts;
 * - `any`: all rows, the newest of each URL.
 */
export type ResultScope = "submitted" | "listed" | "any";

/**
 * Where each URL stands among a state's URLs, and the removed ones after them, by its identity. Built once a run:
 * identities do not change in it. What an answer names as it is known needs no parsing.
 */
export class UrlIndex implements KnownIdentities {
  readonly #positions: Map<string, number>;
  readonly hosts: ReadonlySet<string>;

  constructor(state: GateState, scope: ResultScope) {
    const all = urlsInScope(state, scope);
    this.#positions = new Map(all.map(({ url }, at) => [url.identity, at]));
    this.hosts = new Set(all.map(({ url }) => url.host));
  }

  has(identity: string): boolean {
    return this.#positions.has(identity);
  }

  positionOf(identity: string): number | undefined {
    return this.#positions.get(identity);
  }

  /** Notes a URL that an answer has brought, where a gate takes all that its tasks name. */
  add(identity: string, position: number): void {
    this.#positions.set(identity, position);
  }
}

/** A gate that takes all that its tasks name remembers no removed URLs. */
export function urlsInScope(state: GateState, scope: ResultScope): readonly UrlFacts[] {
  return scope === "any" ? state.urls : allUrls(state);
}
