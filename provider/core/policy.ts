import { fieldsIn } from "./options/fields";
import * as z from "./zod";

/** When a gate passes. Each option's meaning and default is part of the resources' public contract. */
export const gatePolicy = z.object(fieldsIn("gate"));

export type GatePolicy = z.output<typeof gatePolicy>;

/** The policy as an input, every option of which may be left out. */
export const gateField = z.prefault(gatePolicy, {});

/** Whether only the detail operation can tell what this policy asks for. */
export function needsDetail(policy: GatePolicy): boolean {
  return policy.requireDetail || policy.minSuccessPercent > 0;
}
