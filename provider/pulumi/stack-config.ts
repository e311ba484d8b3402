import { GateError } from "../core/errors";
import { thriftProblem } from "../core/poll-plan";
import type { SessionOptions } from "../gate";

/** Reads one key of the stack's config; the key names its namespace. */
export type ReadConfig = (key: string) => string | undefined;

/**
 * The session that the stack's config describes: `alicloud:accessKey`, `alicloud:secretKey`,
 * `alicloud:securityToken`, `alicloud:region`, `alicloud:profile` (those of the Alibaba Cloud provider),
 * `alicdn:endpoint`, `alicdn:callsPerSecond` and `alicdn:thrift`. What is absent comes from the environment.
 *
 * @throws GateError `usage` or `credentials` that names the key that is wrong.
 */
export function sessionOptionsOf(readConfig: ReadConfig): SessionOptions {
  return {
    accessKey: accessKeyOf(readConfig),
    profile: readConfig("alicloud:profile"),
    region: readConfig("alicloud:region"),
    endpoint: readConfig("alicdn:endpoint"),
    callsPerSecond: numberOf(readConfig, "alicdn:callsPerSecond", callsPerSecondProblem),
    thrift: numberOf(readConfig, "alicdn:thrift", thriftProblem),
  };
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
