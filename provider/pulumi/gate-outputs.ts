import type { UrlResult } from "../core/shown-results";
import type { TaskResult } from "../core/shown-tasks";
import type { Summary } from "../gate";

export type { Verdict } from "../core/judge";
export type { Summary, TaskResult, UrlResult };

/** When a gate passes. */
export interface GateArgs {
  /** Share of POPs that must hold each URL, from 0 to 100. Default 0: a URL that none holds has failed in any case. */
  minSuccessPercent?: number;
  /** URLs that may fail. Default 0. */
  maxFailedUrls?: number;
  /** Never judge by the status-only evidence that accounts outside the allow-list get. Default `false`. */
  requireDetail?: boolean;
  /** What to do if the deadline passes without a verdict: `fail` the deployment, or `warn` and go on. Default `fail`. */
  onInconclusive?: "fail" | "warn";
  /**
   * A reason, in words, to let the verdict already saved pass. It is kept in the state, shown as a warning at
   * every `up`, and void on create and for any later verdict.
   */
  override?: string;
}
