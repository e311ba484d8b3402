/** What a submission is for: it says which quota it draws on. */
export type Purpose = "preload" | "purge";

/** Today's quota, set beside what a run needs of it. */
export interface QuotaFacts {
  readonly purpose: Purpose;
  /** URLs that would be submitted. */
  readonly needed: number;
  readonly isEnough: boolean;
  /** URLs left today. */
  readonly remaining: number;
  readonly total: number | undefined;
  /** How many of those left other resources of the same run have taken. */
  readonly reserved: number;
  /** How long until the quota is whole again. */
  readonly resetsInMs: number;
}
