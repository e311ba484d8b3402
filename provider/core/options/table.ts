import { MAX_POLL_INTERVAL_FACTOR, MIN_POLL_INTERVAL_FACTOR } from "../poll-plan";
import type { Option, OptionField } from "./option";

const BOTH = { Preload: "optional", PreloadGate: "optional" } as const;
const PRELOAD = { Preload: "optional" } as const;

/** Fields of a role, whichever way it is assumed. */
const ROLE_POLICY = {
  type: { kind: "text" },
  sentence: "a policy that narrows the role",
} as const satisfies OptionField;
const ROLE_EXPIRATION = {
  type: { kind: "count", unit: "seconds" },
  sentence: "how long it holds, in seconds",
} as const satisfies OptionField;

/**
 * The settings of the gate and of its session, and who may set them. The schemas and types of the resources' inputs,
 * the options of `runGate` and `openSession`, the settings of the stack's config and of the plugin's provider, what
 * starts a preload again, the fingerprint of a verdict's inputs, the command line's options and the action's inputs
 * are made from this table. So are the tables of the documentation.
 *
 * An editor shows the comment of a row to users; a test compares it with the row.
 */
export const OPTIONS = {
  urlsFile: {
    part: "sources",
    type: { kind: "texts" },
    setBy: { commandLine: { short: "f", value: "file" }, action: {} },
    sentence: "a file with URLs, one a line (# comments); - is standard input",
  },
  sitemap: {
    part: "sources",
    type: { kind: "texts" },
    setBy: { commandLine: { value: "file" }, action: {} },
    sentence: "a sitemap, or an index of them, plain or .gz: a file, or an address that begins with https://",
  },
  dir: {
    part: "sources",
    type: { kind: "texts" },
    setBy: { commandLine: { value: "folder" }, action: {} },
    sentence: "every file of a folder, as served under its {base}",
  },
  base: {
    part: "sources",
    type: { kind: "texts" },
    setBy: { commandLine: { value: "url" }, action: {} },
    sentence:
      "what {dir} is on the CDN, such as https://cdn.example.com/; one for each {dir}, in their order",
  },
  include: {
    part: "sources",
    type: { kind: "texts" },
    setBy: { commandLine: { value: "glob" }, action: {} },
    sentence: "with {dir}: only these, such as 'assets/**'",
  },
  exclude: {
    part: "sources",
    type: { kind: "texts" },
    setBy: { commandLine: { value: "glob" }, action: {} },
    sentence: "with {dir}: not these, such as 'drafts/**'",
  },
  sourceMaps: {
    part: "sources",
    type: { kind: "flag" },
    default: false,
    setBy: { commandLine: {}, action: {} },
    sentence: "with {dir}: also source maps (*.map), which are left out otherwise",
  },
  directoryIndex: {
    part: "sources",
    type: { kind: "text" },
    setBy: { commandLine: { value: "name" }, action: {} },
    sentence:
      "with {dir}: for each file of this name, such as index.html, also the address of its folder, such as /about/",
  },
  changedSince: {
    part: "sources",
    type: { kind: "text" },
    setBy: { commandLine: { value: "file" }, action: {} },
    sentence:
      "with {dir}: only the files that are new or changed since the run that wrote this manifest with {writeManifest}",
  },
  writeManifest: {
    part: "manifest",
    type: { kind: "text" },
    setBy: { commandLine: { value: "file" }, action: {} },
    sentence:
      "with {dir}: once the run has passed, write digests of its files here, for a later {changedSince}",
    inAction: "keep it between runs with actions/cache",
  },
  state: {
    part: "memory",
    type: { kind: "text" },
    setBy: { commandLine: { value: "file" }, action: {} },
    sentence:
      "keep what is known in this file, so that a killed job's next attempt resumes and submits nothing twice",
    inAction:
      "restore it with actions/cache/restore before the action, and save it with actions/cache/save after it, also on failure",
  },
  /** Any values; a change starts the preload again for all URLs. Give what is deployed, not the build's number. */
  triggers: {
    part: "memory",
    type: { kind: "values" },
    startsAgain: true,
    setBy: { resource: BOTH, commandLine: { name: "trigger", value: "value" }, action: {} },
    sentence: "any values; a change starts the preload again for all URLs",
    ofPreloadGate: "any values; a change judges again",
    atCommandLine: "with {state}: what is released, such as a commit; another value preloads all URLs again",
    more: "Give what is deployed, not the build's number: a retried build should resume, not start again",
  },
  /** Share of POPs that must hold each URL, from 0 to 100. A URL that none holds has failed in any case. Default `0`. */
  minSuccessPercent: {
    part: "gate",
    type: { kind: "number", unit: "%", from: 0, to: 100 },
    default: 0,
    setBy: { resource: BOTH, commandLine: { value: "percent" }, action: {} },
    sentence:
      "share of POPs that must hold each URL, from 0 to 100. A URL that none holds has failed in any case",
  },
  /** URLs that may fail. Default `0`. */
  maxFailedUrls: {
    part: "gate",
    type: { kind: "count", unit: "URLs" },
    default: 0,
    setBy: { resource: BOTH, commandLine: { value: "n" }, action: {} },
    sentence: "URLs that may fail",
  },
  /** Never judge by status-only evidence, which accounts outside the allow-list get. Default `false`. */
  requireDetail: {
    part: "gate",
    type: { kind: "flag" },
    default: false,
    setBy: { resource: BOTH, commandLine: {}, action: {} },
    sentence: "never judge by status-only evidence",
  },
  /** What to do if the deadline passes without a verdict: `fail`, or `warn` and go on. Default `fail`. */
  onInconclusive: {
    part: "gate",
    type: { kind: "choice", of: ["fail", "warn"] },
    default: "fail",
    setBy: { resource: BOTH, commandLine: { value: "what" }, action: {} },
    sentence: "what to do if the deadline passes without a verdict: `fail`, or `warn` and go on",
    more: "[verdict.md](verdict.md) says what `warn` covers",
  },
  /**
   * A reason, in words, to let the verdict already saved pass. It is kept in the state, shown as a warning at
   * every `up`, and void on create and for any later verdict.
   */
  override: {
    part: "gate",
    type: { kind: "reason" },
    otherwise: "none",
    setBy: { resource: BOTH },
    sentence: "a reason, in words, to let the verdict already saved pass",
    more: "See [lifecycle.md](lifecycle.md)",
  },
  /** How long to wait, such as `90s`, `45m` or `2h`. The resource option `customTimeouts` wins. Default `45m`. */
  timeout: {
    part: "wait",
    type: { kind: "duration" },
    default: "45m",
    setBy: { resource: BOTH, commandLine: { value: "duration" }, action: {} },
    sentence: "how long to wait, such as `90s`, `45m` or `2h`",
    more: "The resource option `customTimeouts` wins",
  },
  /** Where to preload. Default: the domain's own. */
  area: {
    part: "request",
    type: { kind: "choice", of: ["domestic", "overseas"] },
    otherwise: "the domain's own",
    startsAgain: true,
    setBy: { resource: PRELOAD, commandLine: { value: "area" }, action: {} },
    sentence: "where to preload",
  },
  /** Preload only to the L2 POPs. Default: the service's. */
  l2Preload: {
    part: "request",
    type: { kind: "flag" },
    otherwise: "the service's",
    startsAgain: true,
    setBy: { resource: PRELOAD, commandLine: {}, action: {} },
    sentence: "preload only to the L2 POPs",
  },
  /** `QueryHashkey` of PushObjectCache. Default: the service's. */
  queryHashKey: {
    part: "request",
    type: { kind: "flag" },
    otherwise: "the service's",
    startsAgain: true,
    setBy: { resource: PRELOAD, commandLine: {}, action: {} },
    sentence: "`QueryHashkey` of PushObjectCache",
  },
  /** Request headers of the preload: each name with a list of values. Default: the service's. */
  headers: {
    part: "request",
    type: { kind: "headers" },
    otherwise: "the service's",
    startsAgain: true,
    setBy: {
      resource: PRELOAD,
      commandLine: { name: "header", short: "H", value: "name: value" },
      action: {},
    },
    sentence: "request headers of the preload",
    more: "Each name has a list of values",
  },
  /** Refresh (purge) the URLs and wait for that, then preload; once per URL and generation. Default `false`. */
  purgeFirst: {
    part: "submission",
    type: { kind: "flag" },
    default: false,
    startsAgain: true,
    setBy: { resource: PRELOAD, commandLine: {}, action: {} },
    sentence: "refresh (purge) the URLs and wait for that, then preload; once per URL and generation",
  },
  /**
   * Take over running preloads of the same URLs, rather than start others. Safe only where a URL's content never
   * changes. Default `false`.
   */
  adoptInFlight: {
    part: "submission",
    type: { kind: "flag" },
    default: false,
    setBy: { resource: PRELOAD, commandLine: {}, action: {} },
    sentence:
      "take over running preloads of the same URLs, rather than start others. Safe only where a URL's content never changes",
  },
  /** What to do when today's quota is too small for what would be submitted. Default `fail`. */
  quotaCheck: {
    part: "submission",
    type: { kind: "choice", of: ["fail", "warn", "off"] },
    default: "fail",
    setBy: { resource: PRELOAD, commandLine: { value: "what" }, action: {} },
    sentence: "what to do when today's quota is too small for what would be submitted",
  },
  /** `false`: submit only, and let a `PreloadGate` wait later. Default `true`. */
  wait: {
    part: "submission",
    type: { kind: "flag" },
    default: true,
    setBy: { resource: PRELOAD },
    sentence: "`false`: submit only, and let a `PreloadGate` wait later",
  },
  quiet: {
    part: "output",
    type: { kind: "flag" },
    setBy: { commandLine: { short: "q" } },
    sentence: "no progress; only the result, and what is wrong",
  },
  showQueries: {
    part: "output",
    type: { kind: "flag" },
    setBy: { commandLine: {} },
    sentence: "show query strings as they are: they may hold a token",
  },
  report: {
    part: "output",
    type: { kind: "filesByKind", of: ["junit", "markdown", "html", "json", "gitlab-annotations", "dotenv"] },
    setBy: { commandLine: { value: "kind=file" }, action: { default: "html=cdn-preload-report.html" } },
    sentence: "write a report",
  },
  dryRun: {
    part: "plan",
    type: { kind: "flag" },
    setBy: { commandLine: {}, action: {} },
    sentence: "show URLs, calls and quota, and send nothing that submits",
  },
  config: {
    part: "configFile",
    type: { kind: "text" },
    otherwise: "cdn-preload-gate.config.json, .yaml or .yml in this folder or one above it",
    setBy: { commandLine: { value: "file" }, action: {} },
    sentence: "the config file, with settings that the command line and the environment do not give",
  },
  noConfig: {
    part: "configFile",
    type: { kind: "flag" },
    default: false,
    setBy: { commandLine: { name: "no-config" } },
    sentence: "read no config file",
  },
  json: {
    part: "json",
    type: { kind: "flag" },
    setBy: { commandLine: {} },
    sentence: "print one JSON document on standard output, and nothing else there",
  },
  /** The id of an access key; with `secretKey`. */
  accessKey: {
    part: "key",
    type: { kind: "text" },
    setBy: {
      config: "alicloud",
      environment: { alicloud: "ALICLOUD_ACCESS_KEY", vendor: "ALIBABA_CLOUD_ACCESS_KEY_ID" },
      action: { name: "accessKeyId" },
    },
    sentence: "the id of an access key; with {secretKey}",
    inAction: "without it, the environment's credentials count, then the vendor's default chain",
  },
  /** The secret of the access key. */
  secretKey: {
    part: "key",
    type: { kind: "secret" },
    setBy: {
      config: "alicloud",
      environment: { alicloud: "ALICLOUD_SECRET_KEY", vendor: "ALIBABA_CLOUD_ACCESS_KEY_SECRET" },
      action: { name: "accessKeySecret" },
    },
    sentence: "the secret of the access key",
  },
  /** The token of a temporary access key (STS). */
  securityToken: {
    part: "key",
    type: { kind: "secret" },
    setBy: {
      config: "alicloud",
      environment: { alicloud: "ALICLOUD_SECURITY_TOKEN", vendor: "ALIBABA_CLOUD_SECURITY_TOKEN" },
      action: {},
    },
    sentence: "the token of a temporary access key (STS)",
  },
  /** A profile of the Alibaba Cloud CLI (`~/.aliyun/config.json`) or of the credentials file. */
  profile: {
    part: "identity",
    type: { kind: "text" },
    setBy: {
      config: "alicloud",
      commandLine: { value: "name" },
      environment: { alicloud: "ALICLOUD_PROFILE", vendor: "ALIBABA_CLOUD_PROFILE" },
      action: {},
    },
    sentence: "a profile of the Alibaba Cloud CLI (`~/.aliyun/config.json`) or of the credentials file",
    atCommandLine: "a profile of the Alibaba Cloud CLI; nothing else is tried then",
  },
  /** Another file that holds the profile, in the form of `~/.aliyun/config.json`. */
  sharedCredentialsFile: {
    part: "identity",
    type: { kind: "text" },
    setBy: { config: "alicloud", environment: { alicloud: "ALICLOUD_SHARED_CREDENTIALS_FILE" } },
    sentence: "another file that holds the profile, in the form of `~/.aliyun/config.json`",
  },
  /** A service of yours that returns credentials at this URI. */
  credentialsUri: {
    part: "identity",
    type: { kind: "text" },
    setBy: { config: "alicloud", environment: { alicloud: "ALICLOUD_CREDENTIALS_URI" } },
    sentence: "a service of yours that returns credentials at this URI",
  },
  /** A role of the ECS instance. */
  ecsRoleName: {
    part: "identity",
    type: { kind: "text" },
    setBy: { config: "alicloud", environment: { alicloud: "ALICLOUD_ECS_ROLE_NAME" } },
    sentence: "a role of the ECS instance",
  },
  /** A role to assume with the credentials that are found; the Alibaba Cloud provider's `assumeRole`. */
  assumeRole: {
    part: "identity",
    type: {
      kind: "fields",
      of: {
        roleArn: {
          type: { kind: "text" },
          isRequired: true,
          environment: { alicloud: "ALICLOUD_ASSUME_ROLE_ARN" },
          sentence: "the role's ARN",
        },
        sessionName: {
          type: { kind: "text" },
          environment: { alicloud: "ALICLOUD_ASSUME_ROLE_SESSION_NAME" },
          sentence: "the session's name",
        },
        policy: ROLE_POLICY,
        externalId: { type: { kind: "text" }, sentence: "the external id that the role asks for" },
        /** In seconds; 0 is the service's default. */
        sessionExpiration: ROLE_EXPIRATION,
      },
    },
    setBy: { config: "alicloud" },
    sentence: "a role to assume with the credentials that are found",
  },
  /** A role to assume with an OIDC token; the Alibaba Cloud provider's `assumeRoleWithOidc`. */
  assumeRoleWithOidc: {
    part: "identity",
    type: {
      kind: "fields",
      of: {
        roleArn: {
          type: { kind: "text" },
          isRequired: true,
          environment: { vendor: "ALIBABA_CLOUD_ROLE_ARN" },
          sentence: "the role's ARN",
        },
        oidcProviderArn: {
          type: { kind: "text" },
          isRequired: true,
          environment: { vendor: "ALIBABA_CLOUD_OIDC_PROVIDER_ARN" },
          sentence: "the identity provider's ARN",
        },
        /** Default: the file that ALIBABA_CLOUD_OIDC_TOKEN_FILE names. */
        oidcTokenFile: {
          type: { kind: "text" },
          environment: { vendor: "ALIBABA_CLOUD_OIDC_TOKEN_FILE" },
          sentence: "the file that holds the token",
        },
        roleSessionName: {
          type: { kind: "text" },
          environment: { vendor: "ALIBABA_CLOUD_ROLE_SESSION_NAME" },
          sentence: "the session's name",
        },
        policy: ROLE_POLICY,
        /** In seconds; 0 is the service's default. */
        sessionExpiration: ROLE_EXPIRATION,
      },
    },
    setBy: { config: "alicloud" },
    sentence: "a role to assume with an OIDC token",
    more: "`oidcToken` is not supported",
  },
  /** A region; it chooses the endpoint. Default: `ALIBABA_CLOUD_REGION_ID`, `ALICLOUD_REGION`, else the central one. */
  region: {
    part: "connection",
    type: { kind: "text" },
    otherwise: "`ALIBABA_CLOUD_REGION_ID`, `ALICLOUD_REGION`, else the central one",
    setBy: {
      config: "alicloud",
      commandLine: { value: "id" },
      environment: { alicloud: "ALICLOUD_REGION", vendor: "ALIBABA_CLOUD_REGION_ID" },
      variable: "ALIBABA_CLOUD_REGION_ID",
      action: {},
    },
    sentence: "a region; it chooses the endpoint",
    more: "That is `cdn.aliyuncs.com`, or the one in Singapore for the regions that it serves",
  },
  /** The service's address: https, or http on this machine. Default: the region's. */
  endpoint: {
    part: "connection",
    type: { kind: "text" },
    otherwise: "the region's",
    setBy: {
      config: "alicdn",
      commandLine: { value: "url" },
      variable: "ALICDN_ENDPOINT",
      action: {},
    },
    sentence: "the service's address: https, or http on this machine",
  },
  /** Most calls per second, for each operation; never above the documented rates. Default `20`. */
  callsPerSecond: {
    part: "connection",
    type: { kind: "rate", unit: "calls per second" },
    default: 20,
    setBy: {
      config: "alicdn",
      commandLine: { value: "n" },
      variable: "ALICDN_CALLS_PER_SECOND",
      action: {},
    },
    sentence: "most calls per second, for each operation; never above the documented rates",
  },
  /**
   * How far to stretch the time between polls, at least: from 0.5 to 12. At 0.5 a lone task is watched as closely as
   * is of any use. At 4, a thousand tasks take an eighth of the calls of a script that asks for each every ten
   * seconds and are seen no later; a few tasks are seen later than by such a script. Default `0.5`.
   */
  pollIntervalFactor: {
    part: "connection",
    type: { kind: "number", unit: "times", from: MIN_POLL_INTERVAL_FACTOR, to: MAX_POLL_INTERVAL_FACTOR },
    default: MIN_POLL_INTERVAL_FACTOR,
    setBy: {
      config: "alicdn",
      commandLine: { value: "n" },
      variable: "ALICDN_POLL_INTERVAL_FACTOR",
      action: {},
    },
    sentence: `how far to stretch the time between polls, at least: from ${MIN_POLL_INTERVAL_FACTOR} to ${MAX_POLL_INTERVAL_FACTOR}`,
    more: "See [what it trades](performance.md#many-tasks-one-account)",
  },
  lang: {
    part: "language",
    type: { kind: "language" },
    otherwise: "`ALICDN_LANG`, else the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`), else English",
    setBy: { commandLine: { value: "language" }, action: {} },
    sentence: "the language of messages and reports: `en`, or `zh` for Chinese",
  },
  // Last, so that what is wrong with them is told last.
  /** The tasks to wait for: a list of ids, or one string with commas. */
  taskIds: {
    part: "subject",
    type: { kind: "taskIds" },
    setBy: { resource: { PreloadGate: "required" }, action: {} },
    sentence: "the tasks to wait for: a list of ids, or one string with commas",
  },
  /** 1 to 10,000 URLs, `http(s)://host/path` or `host/path`. Spellings of one URL are merged. */
  urls: {
    part: "subject",
    type: { kind: "urls" },
    otherwise: "all that the tasks name",
    setBy: { resource: { Preload: "required", PreloadGate: "optional" }, action: {} },
    sentence: "1 to 10,000 URLs, `http(s)://host/path` or `host/path`",
    ofPreloadGate: "judge only these URLs",
    more: "Spellings of one URL are merged ([urls.md](urls.md))",
  },
} as const satisfies Readonly<Record<string, Option>>;
