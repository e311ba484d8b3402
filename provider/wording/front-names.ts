import type { FrontNames } from "./reader";

/** Names that are the same for every front that has no other one. */
const INPUTS = {
  timeout: "timeout",
  triggers: "triggers",
  quotaCheck: "quotaCheck",
  minSuccessPercent: "gate.minSuccessPercent",
  maxFailedUrls: "gate.maxFailedUrls",
  requireDetail: "gate.requireDetail",
  onInconclusive: "gate.onInconclusive",
  override: "gate.override",
} as const;

/** The resources' inputs, and the keys of the stack's config. */
export const PULUMI_NAMES: FrontNames = {
  family: "pulumi",
  config: "stack",
  settings: {
    ...INPUTS,
    accessKey: "alicloud:accessKey",
    secretKey: "alicloud:secretKey",
    profile: "alicloud:profile",
    sharedCredentialsFile: "alicloud:sharedCredentialsFile",
    credentialsUri: "alicloud:credentialsUri",
    ecsRoleName: "alicloud:ecsRoleName",
    assumeRole: "alicloud:assumeRole",
    assumeRoleWithOidc: "alicloud:assumeRoleWithOidc",
    endpoint: "alicdn:endpoint",
    callsPerSecond: "alicdn:callsPerSecond",
    pollIntervalFactor: "alicdn:pollIntervalFactor",
  },
};

/** The same of the native plugin, whose settings all have its own namespace. */
export const PLUGIN_NAMES: FrontNames = {
  family: "pulumi",
  config: "provider",
  settings: {
    ...INPUTS,
    accessKey: "alicdn:accessKey",
    secretKey: "alicdn:secretKey",
    profile: "alicdn:profile",
    sharedCredentialsFile: "alicdn:sharedCredentialsFile",
    credentialsUri: "alicdn:credentialsUri",
    ecsRoleName: "alicdn:ecsRoleName",
    assumeRole: "alicdn:assumeRole",
    assumeRoleWithOidc: "alicdn:assumeRoleWithOidc",
    endpoint: "alicdn:endpoint",
    callsPerSecond: "alicdn:callsPerSecond",
    pollIntervalFactor: "alicdn:pollIntervalFactor",
  },
};

/** The command line's options; the GitHub Action's inputs have the same names without the dashes. */
export const COMMAND_LINE_NAMES: FrontNames = {
  family: "commandLine",
  settings: {
    accessKey: "ALIBABA_CLOUD_ACCESS_KEY_ID",
    secretKey: "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    profile: "--profile",
    sharedCredentialsFile: "ALICLOUD_SHARED_CREDENTIALS_FILE",
    credentialsUri: "ALICLOUD_CREDENTIALS_URI",
    ecsRoleName: "ALICLOUD_ECS_ROLE_NAME",
    assumeRole: "ALICLOUD_ASSUME_ROLE_ARN",
    assumeRoleWithOidc: "ALIBABA_CLOUD_ROLE_ARN",
    endpoint: "--endpoint",
    callsPerSecond: "--calls-per-second",
    pollIntervalFactor: "--poll-interval-factor",
    timeout: "--timeout",
    triggers: "--trigger",
    quotaCheck: "--quota-check",
    minSuccessPercent: "--min-success-percent",
    maxFailedUrls: "--max-failed-urls",
    requireDetail: "--require-detail",
    onInconclusive: "--on-inconclusive",
    override: "--override",
  },
};

/** The options of a program that imports the gate. */
export const CODE_NAMES: FrontNames = {
  family: "code",
  settings: {
    ...INPUTS,
    // Which generation of a preload is meant is the program's own: it passes `previous` or leaves it out.
    triggers: "previous",
    accessKey: "accessKey",
    secretKey: "accessKey.accessKeySecret",
    profile: "profile",
    sharedCredentialsFile: "sharedCredentialsFile",
    credentialsUri: "credentialsUri",
    ecsRoleName: "ecsRoleName",
    assumeRole: "assumeRole",
    assumeRoleWithOidc: "assumeRoleWithOidc",
    endpoint: "endpoint",
    callsPerSecond: "callsPerSecond",
    pollIntervalFactor: "pollIntervalFactor",
  },
};
