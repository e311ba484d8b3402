/** What a deployment would do, by what is known before it. */
export type PlanFacts =
  | { readonly kind: "gate"; readonly tasks: number }
  | {
      readonly kind: "create";
      readonly submits: PlannedSubmission;
      /** Whether it then waits. */
      readonly waits: boolean;
      /** URLs left out since another spelling of them is there. */
      readonly mergedSpellings: number;
    }
  | {
      readonly kind: "update";
      /** `undefined` where nothing would be submitted. */
      readonly submits: PlannedSubmission | undefined;
      /** URLs wanted again whose earlier result counts. */
      readonly keptResults: number;
      /** Submissions that the service may or may not have accepted. */
      readonly openSubmissions: number;
      readonly askedTasks: number;
    };

export interface PlannedSubmission {
  readonly urls: number;
  readonly calls: number;
  /** URLs that would be purged first. */
  readonly purges: number;
}
