import { GateError } from "../core/errors";
import { pollIntervalFactorProblem } from "../core/poll-plan";
import * as z from "../core/zod";
import type { SessionOptions } from "../gate";

/** Reads one key of the stack's config; the key names its namespace. */
export type ReadConfig = (key: string) => string | undefined;

/**
 * The session that the stack's config describes: `alicloud:accessKey`, `alicloud:secretKey`,
 * `alicloud:securityToken`, `alicloud:region`, `alicloud:profile`, `alicloud:sharedCredentialsFile`,
 * `alicloud:credentialsUri`, `alicloud:ecsRoleName`, `alicloud:assumeRole`, `alicloud:assumeRoleWithOidc` (those of the
 * Alibaba Cloud provider), `alicdn:endpoint`, `alicdn:callsPerSecond` and `alicdn:pollIntervalFactor`. What is absent comes from the environment.
 *
 * @throws GateError `usage` or `credentials` that names the key that is wrong.
 */
export function sessionOptionsOf(readConfig: ReadConfig): SessionOptions {
  return {
    accessKey: accessKeyOf(readConfig),
    profile: readConfig("alicloud:profile") || undefined,
    sharedCredentialsFile: readConfig("alicloud:sharedCredentialsFile") || undefined,
    credentialsUri: readConfig("alicloud:credentialsUri") || undefined,
    ecsRoleName: readConfig("alicloud:ecsRoleName") || undefined,
    assumeRole: roleOf(readConfig, "alicloud:assumeRole", assumeRoleSchema),
    assumeRoleWithOidc: roleOf(readConfig, "alicloud:assumeRoleWithOidc", assumeRoleWithOidcSchema),
    region: readConfig("alicloud:region"),
    endpoint: readConfig("alicdn:endpoint"),
    callsPerSecond: numberOf(readConfig, "alicdn:callsPerSecond", callsPerSecondProblem),
    pollIntervalFactor: numberOf(readConfig, "alicdn:pollIntervalFactor", pollIntervalFactorProblem),
  };
}

const text = z.string().min(1);
/** As the service allows; 0 is its default. The config's command line writes numbers as text too. */
const sessionExpiration = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const assumeRoleSchema = z.strictObject({
  roleArn: text,
  sessionName: text.optional(),
  policy: text.optional(),
  externalId: text.optional(),
  sessionExpiration: sessionExpiration.optional(),
});
const assumeRoleWithOidcSchema = z.strictObject({
  roleArn: text,
  oidcProviderArn: text,
  oidcTokenFile: text.optional(),
  roleSessionName: text.optional(),
  policy: text.optional(),
  sessionExpiration: sessionExpiration.optional(),
});

/** A role of the config. What of it is not understood is refused: another identity must not take its place. */
function roleOf<Role>(readConfig: ReadConfig, key: string, schema: z.ZodType<Role>): Role | undefined {
  const json = readConfig(key);
  if (!json) return undefined;
  const parsed = schema.safeParse(parseJson(json));
  if (parsed.success) return parsed.data;
  // Names only: a value may be secret.
  const names = parsed.error.issues.map(({ path, ...issue }) =>
    [key, ...path, ...("keys" in issue ? [issue.keys.join(", ")] : [])].join("."),
  );
  throw new GateError(
    "credentials",
    `The stack's config ${key} cannot be followed: ${names.join(", ")} is missing, not supported, or of another form. docs/configuration.md lists its fields.`,
  );
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function numberOf(
  readConfig: ReadConfig,
  key: string,
  problemOf: (number: number) => string | undefined,
): number | undefined {
  const text = readConfig(key);
  if (text === undefined) return undefined;
  const number = Number(text);
  const problem = problemOf(number);
  if (problem) throw new GateError("usage", `The stack's config ${key} ${problem}.`);
  return number;
}

function callsPerSecondProblem(callsPerSecond: number): string | undefined {
  return callsPerSecond > 0 && Number.isFinite(callsPerSecond) ? undefined : "must be a number above 0";
}

function accessKeyOf(readConfig: ReadConfig): SessionOptions["accessKey"] {
  const accessKeyId = readConfig("alicloud:accessKey");
  const accessKeySecret = readConfig("alicloud:secretKey");
  const securityToken = readConfig("alicloud:securityToken");
  if (accessKeyId && accessKeySecret) {
    return { accessKeyId, accessKeySecret, securityToken, from: "alicloud:accessKey in the stack's config" };
  }
  if (!accessKeyId && !accessKeySecret) return undefined;
  const missing = accessKeyId ? "alicloud:secretKey" : "alicloud:accessKey";
  throw new GateError(
    "credentials",
    `The stack's config has half of the credentials: ${missing} is missing.`,
  );
}
