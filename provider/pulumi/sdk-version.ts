import type { PulumiFault } from "../wording/pulumi-words";

/** The oldest Pulumi SDK that the resources work with; package.json's `peerDependencies` says the same, and a test compares them. */
export const OLDEST_PULUMI_SDK = "3.250.0";
/** The first major version that they are not known to work with. */
export const UNKNOWN_PULUMI_SDK = 4;

/**
 * What is wrong where the Pulumi SDK is missing or has another version than the resources need; `undefined` where all is
 * well.
 *
 * @param version such as `3.250.0`; `undefined` where it is not installed.
 */
export function faultOfPulumiSdk(version: string | undefined): PulumiFault | undefined {
  if (version === undefined) return { kind: "sdkMissing" };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_PULUMI_SDK.split(".").map(Number);
  const isOld = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  if (!isOld && major < UNKNOWN_PULUMI_SDK) return undefined;
  return { kind: "sdkOfOtherVersion", oldest: OLDEST_PULUMI_SDK, before: UNKNOWN_PULUMI_SDK, found: version };
}
