import { GateError } from "../core/errors";
import type { PreloadUrl } from "../core/preload-url";
import { isAboutDomain } from "../wire/error-codes";

/** So many refused domains end a submission: the account, and not its domains, may be what the service does not take. */
const MAX_REFUSED_DOMAINS = 5;

/** Whether a refusal is about a domain of the call. Nothing of such a call was accepted. */
export function isDomainRefusal({ mayHaveBeenAccepted, serviceCode = "" }: GateError): boolean {
  return !mayHaveBeenAccepted && isAboutDomain(serviceCode);
}

/**
 * The domains that the service does not take. It refuses a whole call because of one, and does not say which: it is
 * found by sending the halves of the call.
 */
export class RefusedDomains {
  /** What the service said of each alone. */
  readonly #refusals = new Map<string, GateError>();

  get areTooMany(): boolean {
    return this.#refusals.size >= MAX_REFUSED_DOMAINS;
  }

  /** Those of these URLs that may still be taken. */
  without(urls: readonly PreloadUrl[]): readonly PreloadUrl[] {
    return urls.filter(({ host }) => !this.#refusals.has(host));
  }

  /** @returns the parts of a refused call that may be sent, which are fewer domains each. */
  note(urls: readonly PreloadUrl[], refusal: GateError): readonly (readonly PreloadUrl[])[] {
    const [domain, ...others] = new Set(urls.map(({ host }) => host));
    if (domain === undefined) return [];
    if (others.length === 0) {
      this.#refusals.set(domain, refusal);
      return [];
    }
    const firstHalf = new Set([domain, ...others.slice(0, Math.floor(others.length / 2))]);
    const isInFirst = ({ host }: PreloadUrl) => firstHalf.has(host);
    return [urls.filter(isInFirst), urls.filter((url) => !isInFirst(url))];
  }

  /** What the service said of the first one, with the names of all; `undefined` where it took each. */
  failure(): GateError | undefined {
    const [first] = this.#refusals.values();
    if (first?.facts.kind !== "refused") return first;
    const domains = [...this.#refusals].map(([name, { serviceCode }]) =>
      serviceCode === first.serviceCode ? { name } : { name, serviceCode },
    );
    return new GateError({ ...first.facts, domains }, first);
  }
}
