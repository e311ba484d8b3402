import type { GatePolicy } from "./options/settings";

export type { GatePolicy };

/** Whether only the detail operation can tell what this policy asks for. */
export function needsDetail(policy: GatePolicy): boolean {
  return policy.requireDetail || policy.minSuccessPercent > 0;
}
