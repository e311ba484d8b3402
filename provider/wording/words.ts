import type { ErrorCode } from "../core/error-families";
import type {
  CredentialsFault,
  CredentialsOrigin,
  Failure,
  IdentitySetting,
  NetworkFault,
  Observed,
  RefusedKey,
  RowDoubt,
  SitemapFault,
  StateFileFault,
  TextFault,
} from "../core/failure-facts";
import type { PlacedProblem, Problem } from "../core/problems";
import type { QuotaFacts } from "../core/quota-facts";
import type { UrlProblem } from "../core/reason-facts";
import type { Reader } from "./reader";

/** For each kind of fact a function that makes a text of it. */
export type ByKind<F extends { readonly kind: string }> = {
  readonly [K in F["kind"]]: (facts: F & { readonly kind: K }, words: Words) => string;
};

/** What a failure's message is made with: what was observed of it, and the words of its parts. */
export interface Told {
  readonly observed: Observed;
  readonly words: Words;
}

/** The texts of a reader's front, for messages that are made of others. */
export interface Words {
  readonly reader: Reader;
  /** What a front calls a setting. */
  setting(name: keyof Reader["front"]["settings"]): string;
  /** A URL as messages show it, or its place where URLs are secret. */
  url(url: string, position?: number): string;
  failure(failure: Failure): string;
  /** A failure and what to do about it. */
  explained(failure: Failure): string;
  problem(problem: Problem): string;
  placed(problem: PlacedProblem): string;
  urlProblem(problem: UrlProblem): string;
  quota(quota: QuotaFacts): string;
  origin(origin: CredentialsOrigin): string;
  refusedKey(key: RefusedKey): string;
  identitySetting(setting: IdentitySetting): string;
  networkFault(fault: NetworkFault): string;
  credentialsFault(fault: CredentialsFault): string;
  doubt(doubt: RowDoubt): string;
  sourceFault(fault: TextFault | SitemapFault): string;
  stateFile(fault: StateFileFault): string;
  /** What to do about a failure. */
  advice(failure: Failure): string;
  /** What to do about any failure of a family. */
  adviceOn(code: ErrorCode): string;
}
