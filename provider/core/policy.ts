import { problem } from "./problems";
import * as z from "./zod";

/** When a gate passes. Each field's meaning and default is part of the resources' public contract. */
export const gatePolicy = z.object({
  /** Share of POPs that must hold each URL, from 0 to 100; a URL that none holds has failed in any case. */
  minSuccessPercent: z
    .number(problem("notAPercent"))
    .min(0, problem("notAPercent"))
    .max(100, problem("notAPercent"))
    .default(0),
  /** URLs that may fail. */
  maxFailedUrls: z
    .number(problem("notACount"))
    .int(problem("notACount"))
    .nonnegative(problem("negative"))
    .default(0),
  /** Never judge by status-only evidence. */
  requireDetail: z.boolean(problem("notAFlag")).default(false),
  /** What to do if the deadline passes without a verdict: `fail`, or `warn` and go on. */
  onInconclusive: z.enum(["fail", "warn"], problem("notFailOrWarn")).default("fail"),
  /** A reason, in words, to let the verdict already saved pass. */
  override: z.string(problem("notAReason")).trim().min(1, problem("notAReason")).optional(),
});

export type GatePolicy = z.output<typeof gatePolicy>;

/** Whether only the detail operation can tell what this policy asks for. */
export function needsDetail(policy: GatePolicy): boolean {
  return policy.requireDetail || policy.minSuccessPercent > 0;
}
