import { z } from "zod";
import type { OperationName } from "../provider/wire/limits";
import { globToRegExp } from "./glob";
import type { Settings } from "./scenario-types";

const oneOrMore = z.union([z.string(), z.array(z.string())]);

/** A RAM policy document in Alibaba Cloud's format. */
export const ramPolicySchema = z.strictObject({
  Version: z.literal("1").default("1"),
  Statement: z.array(
    z.strictObject({
      Effect: z.enum(["Allow", "Deny"]),
      /** `cdn:<Operation>`. `*` matches any characters. */
      Action: oneOrMore,
      Resource: oneOrMore.default(["*"]),
    }),
  ),
});

type RamPolicy = NonNullable<Settings["ramPolicy"]>;

/** The resource of every operation in the emulated account. */
const RESOURCE = "acs:cdn:*:1234567890123456:*";

/** Whether the policy allows the operation: a statement allows it and none denies it. */
export function isAllowedByPolicy(policy: RamPolicy, operation: OperationName): boolean {
  const effects = policy.Statement.filter(
    (statement) =>
      [statement.Action].flat().some((pattern) => matches(pattern, `cdn:${operation}`)) &&
      [statement.Resource].flat().some((pattern) => matches(pattern, RESOURCE)),
  ).map((statement) => statement.Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

function matches(pattern: string, text: string): boolean {
  return globToRegExp(pattern, { starCrossesSlash: true }).test(text);
}
