import * as z from "./zod";

/** When a gate passes. Each field's meaning and default is part of the resources' public contract. */
export const gatePolicy = z.object({
  /** Share of POPs that must hold each URL, from 0 to 100; a URL that none holds has failed in any case. */
  minSuccessPercent: z
    .number("must be a number from 0 to 100")
    .min(0, "must be a number from 0 to 100")
    .max(100, "must be a number from 0 to 100")
    .default(0),
  /** URLs that may fail. */
  maxFailedUrls: z
    .number("must be a whole number of URLs")
    .int("must be a whole number of URLs")
    .nonnegative("must not be negative")
    .default(0),
  /** Never judge by status-only evidence. */
  requireDetail: z.boolean("must be true or false").default(false),
  /** What a wait without a result means: `fail`, or `warn` and go on. */
  onInconclusive: z.enum(["fail", "warn"], 'must be "fail" or "warn"').default("fail"),
  /** A reason, in words, to let the verdict already saved pass. */
  override: z.string("must be a reason, in words").trim().min(1, "must be a reason, in words").optional(),
});

export type GatePolicy = z.output<typeof gatePolicy>;

/** Whether only the detail operation can tell what this policy asks for. */
export function needsDetail(policy: GatePolicy): boolean {
  return policy.requireDetail || policy.minSuccessPercent > 0;
}
