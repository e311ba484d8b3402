import { GateError } from "../core/errors";
import { pollIntervalFactorProblem } from "../core/poll-plan";
import type { Problem } from "../core/problems";
import * as z from "../core/zod";
import type { SessionOptions } from "../gate";

/** Where a front's settings come from. */
export interface SettingSource {
  /** The value of a setting, as text: structured ones as JSON. */
  read(setting: SessionSetting): string | undefined;
}

/** Settings of a session: who calls, where to, how fast. */
export type SessionSetting = (typeof SESSION_SETTINGS)[number];
export const SESSION_SETTINGS = [
  "accessKey",
  "secretKey",
  "securityToken",
  "profile",
  "sharedCredentialsFile",
  "credentialsUri",
  "ecsRoleName",
  "assumeRole",
  "assumeRoleWithOidc",
  "region",
  "endpoint",
  "callsPerSecond",
  "pollIntervalFactor",
] as const;

/**
 * The session that a configuration describes; the names of its identities are those of the Alibaba Cloud provider.
 * What is absent comes from the environment.
 *
 * @throws GateError `usage` or `credentials` that names the key that is wrong.
 */
export function sessionOptionsOf(source: SettingSource): SessionOptions {
  return {
    accessKey: accessKeyOf(source),
    profile: source.read("profile") || undefined,
    sharedCredentialsFile: source.read("sharedCredentialsFile") || undefined,
    credentialsUri: source.read("credentialsUri") || undefined,
    ecsRoleName: source.read("ecsRoleName") || undefined,
    assumeRole: roleOf(source, "assumeRole", assumeRoleSchema),
    assumeRoleWithOidc: roleOf(source, "assumeRoleWithOidc", assumeRoleWithOidcSchema),
    region: source.read("region"),
    endpoint: source.read("endpoint"),
    callsPerSecond: numberOf(source, "callsPerSecond", callsPerSecondProblem),
    pollIntervalFactor: numberOf(source, "pollIntervalFactor", pollIntervalFactorProblem),
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
function roleOf<Role>(
  source: SettingSource,
  setting: "assumeRole" | "assumeRoleWithOidc",
  schema: z.ZodType<Role>,
): Role | undefined {
  const json = source.read(setting);
  if (!json) return undefined;
  const parsed = schema.safeParse(parseJson(json));
  if (parsed.success) return parsed.data;
  // Names only: a value may be secret.
  const fields = parsed.error.issues.map(({ path, ...issue }) =>
    [...path, ...("keys" in issue ? [issue.keys.join(", ")] : [])].join("."),
  );
  throw new GateError({ kind: "roleNotValid", setting, fields });
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function numberOf(
  source: SettingSource,
  setting: "callsPerSecond" | "pollIntervalFactor",
  problemOf: (number: number) => Problem | undefined,
): number | undefined {
  const text = source.read(setting);
  if (text === undefined) return undefined;
  const number = Number(text);
  const problem = problemOf(number);
  if (problem) throw new GateError({ kind: "settingNotValid", setting, problem });
  return number;
}

function callsPerSecondProblem(callsPerSecond: number): Problem | undefined {
  return callsPerSecond > 0 && Number.isFinite(callsPerSecond) ? undefined : { kind: "notAboveZero" };
}

function accessKeyOf(source: SettingSource): SessionOptions["accessKey"] {
  const accessKeyId = source.read("accessKey");
  const accessKeySecret = source.read("secretKey");
  const securityToken = source.read("securityToken");
  if (accessKeyId && accessKeySecret) {
    return { accessKeyId, accessKeySecret, securityToken, from: { kind: "config", setting: "accessKey" } };
  }
  if (!accessKeyId && !accessKeySecret) return undefined;
  throw new GateError({ kind: "halfKeyInConfig", missing: accessKeyId ? "secretKey" : "accessKey" });
}
