// Made from the table of options (table.ts): UPDATE_DOCS=1 npm test -- test/docs

/** The name of an option, as the resources' inputs and `runGate` have it. */
export type OptionName =
  | "urlsFile"
  | "sitemap"
  | "dir"
  | "base"
  | "include"
  | "exclude"
  | "sourceMaps"
  | "directoryIndex"
  | "changedSince"
  | "writeManifest"
  | "state"
  | "triggers"
  | "minSuccessPercent"
  | "maxFailedUrls"
  | "requireDetail"
  | "onInconclusive"
  | "override"
  | "timeout"
  | "area"
  | "l2Preload"
  | "queryHashKey"
  | "headers"
  | "purgeFirst"
  | "adoptInFlight"
  | "quotaCheck"
  | "wait"
  | "quiet"
  | "showQueries"
  | "report"
  | "dryRun"
  | "config"
  | "noConfig"
  | "json"
  | "accessKey"
  | "secretKey"
  | "securityToken"
  | "profile"
  | "sharedCredentialsFile"
  | "credentialsUri"
  | "ecsRoleName"
  | "assumeRole"
  | "assumeRoleWithOidc"
  | "region"
  | "endpoint"
  | "callsPerSecond"
  | "pollIntervalFactor"
  | "lang"
  | "taskIds"
  | "urls";

/** An option that the command line takes. */
export type CommandLineOption =
  | "urlsFile"
  | "sitemap"
  | "dir"
  | "base"
  | "include"
  | "exclude"
  | "sourceMaps"
  | "directoryIndex"
  | "changedSince"
  | "writeManifest"
  | "state"
  | "triggers"
  | "minSuccessPercent"
  | "maxFailedUrls"
  | "requireDetail"
  | "onInconclusive"
  | "timeout"
  | "area"
  | "l2Preload"
  | "queryHashKey"
  | "headers"
  | "purgeFirst"
  | "adoptInFlight"
  | "quotaCheck"
  | "quiet"
  | "showQueries"
  | "report"
  | "dryRun"
  | "config"
  | "noConfig"
  | "json"
  | "profile"
  | "region"
  | "endpoint"
  | "callsPerSecond"
  | "pollIntervalFactor"
  | "lang";

/** A role to assume with the credentials that are found; the Alibaba Cloud provider's `assumeRole`. */
export interface AssumeRoleSettings {
  /** The role's ARN. */
  readonly roleArn: string;
  /** The session's name. */
  readonly sessionName?: string | undefined;
  /** A policy that narrows the role. */
  readonly policy?: string | undefined;
  /** The external id that the role asks for. */
  readonly externalId?: string | undefined;
  /** How long it holds, in seconds. */
  readonly sessionExpiration?: number | undefined;
}

/** A role to assume with an OIDC token; the Alibaba Cloud provider's `assumeRoleWithOidc`. */
export interface AssumeRoleWithOidcSettings {
  /** The role's ARN. */
  readonly roleArn: string;
  /** The identity provider's ARN. */
  readonly oidcProviderArn: string;
  /** The file that holds the token. */
  readonly oidcTokenFile?: string | undefined;
  /** The session's name. */
  readonly roleSessionName?: string | undefined;
  /** A policy that narrows the role. */
  readonly policy?: string | undefined;
  /** How long it holds, in seconds. */
  readonly sessionExpiration?: number | undefined;
}

/** When a gate passes. Each setting can be left out. */
export interface GateSettings {
  /**
   * Share of POPs that must hold each URL, from 0 to 100. A URL that none holds has failed in any case.
   * Default `0`.
   */
  readonly minSuccessPercent?: number | undefined;
  /** URLs that may fail. Default `0`. */
  readonly maxFailedUrls?: number | undefined;
  /** Never judge by status-only evidence, which accounts outside the allow-list get. Default `false`. */
  readonly requireDetail?: boolean | undefined;
  /** What to do if the deadline passes without a verdict: `fail`, or `warn` and go on. Default `fail`. */
  readonly onInconclusive?: "fail" | "warn" | undefined;
  /**
   * A reason, in words, to let the verdict already saved pass. It is kept in the state, shown as a
   * warning at every `up`, and void on create and for any later verdict.
   */
  readonly override?: string | undefined;
}

/** How long a gate waits. Each setting can be left out. */
export interface WaitSettings {
  /**
   * How long to wait, such as `90s`, `45m` or `2h`. The resource option `customTimeouts` wins. Default
   * `45m`.
   */
  readonly timeout?: string | undefined;
}

/** What a preload asks of the service. Each setting can be left out. */
export interface RequestSettings {
  /** Where to preload. Default: the domain's own. */
  readonly area?: "domestic" | "overseas" | undefined;
  /** Preload only to the L2 POPs. Default: the service's. */
  readonly l2Preload?: boolean | undefined;
  /** `QueryHashkey` of PushObjectCache. Default: the service's. */
  readonly queryHashKey?: boolean | undefined;
  /** Request headers of the preload: each name with a list of values. Default: the service's. */
  readonly headers?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** How a preload is submitted. Each setting can be left out. */
export interface SubmissionSettings {
  /**
   * Refresh (purge) the URLs and wait for that, then preload; once per URL and generation. Default
   * `false`.
   */
  readonly purgeFirst?: boolean | undefined;
  /**
   * Take over running preloads of the same URLs, rather than start others. Safe only where a URL's
   * content never changes. Default `false`.
   */
  readonly adoptInFlight?: boolean | undefined;
  /** What to do when today's quota is too small for what would be submitted. Default `fail`. */
  readonly quotaCheck?: "fail" | "warn" | "off" | undefined;
  /** `false`: submit only, and let a `PreloadGate` wait later. Default `true`. */
  readonly wait?: boolean | undefined;
}

/**
 * Who calls the service. The names are those of the Alibaba Cloud provider. Each setting can be left
 * out.
 */
export interface CallerSettings {
  /** A profile of the Alibaba Cloud CLI (`~/.aliyun/config.json`) or of the credentials file. */
  readonly profile?: string | undefined;
  /** Another file that holds the profile, in the form of `~/.aliyun/config.json`. */
  readonly sharedCredentialsFile?: string | undefined;
  /** A service of yours that returns credentials at this URI. */
  readonly credentialsUri?: string | undefined;
  /** A role of the ECS instance. */
  readonly ecsRoleName?: string | undefined;
  /** A role to assume with the credentials that are found; the Alibaba Cloud provider's `assumeRole`. */
  readonly assumeRole?: AssumeRoleSettings | undefined;
  /** A role to assume with an OIDC token; the Alibaba Cloud provider's `assumeRoleWithOidc`. */
  readonly assumeRoleWithOidc?: AssumeRoleWithOidcSettings | undefined;
}

/** How the service is called. Each setting can be left out. */
export interface ConnectionSettings {
  /**
   * A region; it chooses the endpoint. Default: `ALIBABA_CLOUD_REGION_ID`, `ALICLOUD_REGION`, else the
   * central one.
   */
  readonly region?: string | undefined;
  /** The service's address: https, or http on this machine. Default: the region's. */
  readonly endpoint?: string | undefined;
  /** Most calls per second, for each operation; never above the documented rates. Default `20`. */
  readonly callsPerSecond?: number | undefined;
  /**
   * How far to stretch the time between polls, at least: from 0.5 to 12. At 0.5 a lone task is watched
   * as closely as is of any use. At 4, a thousand tasks take an eighth of the calls of a script that
   * asks for each every ten seconds and are seen no later; a few tasks are seen later than by such a
   * script. Default `0.5`.
   */
  readonly pollIntervalFactor?: number | undefined;
}

/** When a gate passes: each setting, once it is checked. */
export interface GatePolicy {
  /**
   * Share of POPs that must hold each URL, from 0 to 100. A URL that none holds has failed in any case.
   * Default `0`.
   */
  readonly minSuccessPercent: number;
  /** URLs that may fail. Default `0`. */
  readonly maxFailedUrls: number;
  /** Never judge by status-only evidence, which accounts outside the allow-list get. Default `false`. */
  readonly requireDetail: boolean;
  /** What to do if the deadline passes without a verdict: `fail`, or `warn` and go on. Default `fail`. */
  readonly onInconclusive: "fail" | "warn";
  /**
   * A reason, in words, to let the verdict already saved pass. It is kept in the state, shown as a
   * warning at every `up`, and void on create and for any later verdict.
   */
  readonly override?: string | undefined;
}

/** How a preload is submitted: each setting, once it is checked. */
export interface CheckedSubmission {
  /**
   * Refresh (purge) the URLs and wait for that, then preload; once per URL and generation. Default
   * `false`.
   */
  readonly purgeFirst: boolean;
  /**
   * Take over running preloads of the same URLs, rather than start others. Safe only where a URL's
   * content never changes. Default `false`.
   */
  readonly adoptInFlight: boolean;
  /** What to do when today's quota is too small for what would be submitted. Default `fail`. */
  readonly quotaCheck: "fail" | "warn" | "off";
  /** `false`: submit only, and let a `PreloadGate` wait later. Default `true`. */
  readonly wait: boolean;
}
