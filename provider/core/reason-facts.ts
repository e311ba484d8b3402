import type { Failure } from "./failure-facts";
import type { UrlCounts } from "./judge";

/** Why a gate did not pass, as facts; `wording/` makes sentences of them. */
export type Reason =
  /** The sum of it; always the first. */
  | {
      readonly kind: "sum";
      readonly verdict: "failed" | "inconclusive";
      readonly counts: UrlCounts;
      readonly maxFailedUrls: number;
      /** How long the gate has waited, where the deadline ended it. */
      readonly waitedMs: number | undefined;
      /** Whether it ended since the service's answers could not be understood. */
      readonly isNotUnderstood: boolean;
    }
  | {
      readonly kind: "url";
      readonly url: string;
      /** Where it stands in the user's own list: what is named where URLs are secret. */
      readonly position: number;
      readonly problem: UrlProblem;
      readonly task: TaskNote | undefined;
      /** The service's own. */
      readonly words: string | undefined;
    }
  /** A listed task that failed, or is complete, and names no URL that is wanted. */
  | { readonly kind: "taskFailed" | "taskSilent"; readonly task: TaskNote }
  | { readonly kind: "taskUnanswered"; readonly taskId: string; readonly task: TaskNote | undefined }
  /** As many more as these are not named one by one. */
  | { readonly kind: "more"; readonly count: number }
  | { readonly kind: "failure"; readonly failure: Failure };

/** What is known of the task that a reason is about. */
export interface TaskNote {
  readonly taskIds: readonly string[];
  readonly domain?: string | undefined;
  readonly retCode?: string | undefined;
  readonly status?: string | undefined;
  /** Share of POPs on which it has ended, as long as it runs. */
  readonly processPercent?: number | undefined;
  readonly isStatusOnly?: boolean | undefined;
  readonly requestId?: string | undefined;
}

/** The kinds of {@link UrlProblem}, which documents name. */
export const URL_PROBLEM_KINDS = [
  "outcomeOpen",
  "taskFailed",
  "rowFailed",
  "tooFewPops",
  "statusOnly",
  "olderTask",
  "notSubmitted",
  "notUnderstood",
  "running",
  "notVisible",
  "noRow",
  "taskGone",
  "rowsNotShown",
  "otherTaskNotVisible",
  "unknownStatus",
] as const satisfies readonly UrlProblem["kind"][];

/** Why one URL is not preloaded. */
export type UrlProblem =
  /** The service may or may not have accepted its submission. */
  | { readonly kind: "outcomeOpen" }
  | { readonly kind: "taskFailed"; readonly successPercent: number | undefined }
  /** By status-only evidence, which knows no share. */
  | { readonly kind: "rowFailed" }
  | { readonly kind: "tooFewPops"; readonly successPercent: number; readonly minSuccessPercent: number }
  | { readonly kind: "statusOnly" }
  | {
      readonly kind: "olderTask";
      readonly creationTime: string;
      readonly endTime: string | undefined;
      readonly submittedAtMs: number | undefined;
    }
  | { readonly kind: "notSubmitted" | "notUnderstood" | "running" | "notVisible" | "noRow" | "taskGone" }
  /** The service counts more rows of the task than it shows. */
  | { readonly kind: "rowsNotShown"; readonly count: number }
  | { readonly kind: "otherTaskNotVisible"; readonly taskIds: readonly string[] }
  | { readonly kind: "unknownStatus"; readonly status: string };
