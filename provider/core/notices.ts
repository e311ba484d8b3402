import type { ErrorCode } from "./error-families";
import type { Failure } from "./failure-facts";
import type { Purpose, QuotaFacts } from "./quota-facts";

/** What a run tells on its way, as facts; `wording/` makes sentences of them. */
export type Notice =
  | { readonly kind: "tookOver"; readonly taskIds: readonly string[]; readonly urls: number }
  /** What another key has left open is past the three days of which the service tells. */
  | { readonly kind: "otherAccountLapsed" }
  /** The saved result of URLs that were removed and are wanted again, and whether it counts. */
  | {
      readonly kind: "wantedAgain";
      readonly urls: number;
      readonly taskIds: readonly string[];
      readonly counts: boolean;
    }
  | {
      readonly kind: "searching";
      readonly purpose: Purpose;
      readonly urls: number;
      readonly sentAtMs: number;
      /** When the search is sure to have shown all. */
      readonly untilMs: number;
    }
  | {
      readonly kind: "tryingAgain";
      readonly code: ErrorCode;
      readonly serviceCode: string | undefined;
      readonly pauseMs: number;
    }
  | { readonly kind: "quotaTooSmall"; readonly quota: QuotaFacts }
  | { readonly kind: "quotaUnknown"; readonly failure: Failure }
  | { readonly kind: "statusOnlyEvidence"; readonly refusal: Failure };

/** How far the work is. */
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

/** A step of the work. */
export type Step =
  | { readonly type: "submitting"; readonly purpose: Purpose; readonly urls: number; readonly calls: number }
  | { readonly type: "submitted"; readonly urls: number; readonly taskIds: readonly string[] }
  | { readonly type: "purging"; readonly tasks: number };
