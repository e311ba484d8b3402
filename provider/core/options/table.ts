import type { Option } from "./option";

const BOTH = { Preload: "optional", PreloadGate: "optional" } as const;
const PRELOAD = { Preload: "optional" } as const;

/**
 * The inputs of the resources. Their schemas and types, the options of `runGate`, what starts a preload again, and the
 * fingerprint of a verdict's inputs are made from this table.
 *
 * An editor shows the comment of a row to users.
 */
export const OPTIONS = {
  /** Any values; a change starts the preload again for all URLs. Give what is deployed, not the build's number. */
  triggers: {
    part: "memory",
    type: { kind: "values" },
    startsAgain: true,
    setBy: { resource: BOTH },
    sentence: "any values; a change starts the preload again for all URLs",
    more: "Give what is deployed, not the build's number: a retried build should resume, not start again. A `PreloadGate` judges again",
  },
  /** Share of POPs that must hold each URL, from 0 to 100. A URL that none holds has failed in any case. Default `0`. */
  minSuccessPercent: {
    part: "gate",
    type: { kind: "number", unit: "%", from: 0, to: 100 },
    default: 0,
    setBy: { resource: BOTH },
    sentence: "share of POPs that must hold each URL",
    more: "A URL that none holds has failed in any case",
  },
  /** URLs that may fail. Default `0`. */
  maxFailedUrls: {
    part: "gate",
    type: { kind: "count", unit: "URLs" },
    default: 0,
    setBy: { resource: BOTH },
    sentence: "URLs that may fail",
  },
  /** Never judge by status-only evidence, which accounts outside the allow-list get. Default `false`. */
  requireDetail: {
    part: "gate",
    type: { kind: "flag" },
    default: false,
    setBy: { resource: BOTH },
    sentence: "never judge by status-only evidence",
  },
  /** What to do if the deadline passes without a verdict: `fail`, or `warn` and go on. Default `fail`. */
  onInconclusive: {
    part: "gate",
    type: { kind: "choice", of: ["fail", "warn"] },
    default: "fail",
    setBy: { resource: BOTH },
    sentence: "what to do if the deadline passes without a verdict",
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
  /** How long to wait, such as `"90s"`, `"45m"`, `"2h"`. The resource option `customTimeouts` wins. Default `45m`. */
  timeout: {
    part: "wait",
    type: { kind: "duration" },
    default: "45m",
    setBy: { resource: BOTH },
    sentence: "how long to wait, such as 90s, 45m, 2h",
    more: "The resource option `customTimeouts` wins",
  },
  /** Where to preload. Default: the domain's own. */
  area: {
    part: "request",
    type: { kind: "choice", of: ["domestic", "overseas"] },
    otherwise: "the domain's own",
    startsAgain: true,
    setBy: { resource: PRELOAD },
    sentence: "where to preload",
  },
  /** Preload only to the L2 POPs. Default: the service's. */
  l2Preload: {
    part: "request",
    type: { kind: "flag" },
    otherwise: "the service's",
    startsAgain: true,
    setBy: { resource: PRELOAD },
    sentence: "preload only to the L2 POPs",
  },
  /** `QueryHashkey` of PushObjectCache. Default: the service's. */
  queryHashKey: {
    part: "request",
    type: { kind: "flag" },
    otherwise: "the service's",
    startsAgain: true,
    setBy: { resource: PRELOAD },
    sentence: "`QueryHashkey` of PushObjectCache",
  },
  /** Request headers of the preload: each name with a list of values. Default: the service's. */
  headers: {
    part: "request",
    type: { kind: "headers" },
    otherwise: "the service's",
    startsAgain: true,
    setBy: { resource: PRELOAD },
    sentence: "request headers of the preload",
    more: "Each name has a list of values",
  },
  /** Refresh (purge) the URLs and wait for that, then preload; once per URL and generation. Default `false`. */
  purgeFirst: {
    part: "submission",
    type: { kind: "flag" },
    default: false,
    startsAgain: true,
    setBy: { resource: PRELOAD },
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
    setBy: { resource: PRELOAD },
    sentence: "take over running preloads of the same URLs, rather than start others",
    more: "Safe only where a URL's content never changes",
  },
  /** What to do when today's quota is too small for what would be submitted. Default `fail`. */
  quotaCheck: {
    part: "submission",
    type: { kind: "choice", of: ["fail", "warn", "off"] },
    default: "fail",
    setBy: { resource: PRELOAD },
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
  // Last, so that what is wrong with them is told last.
  /** The tasks to wait for: a list of ids, or one string with commas. */
  taskIds: {
    part: "subject",
    type: { kind: "taskIds" },
    setBy: { resource: { PreloadGate: "required" } },
    sentence: "the tasks to wait for: a list of ids, or one string with commas",
  },
  /** 1 to 10,000 URLs, `http(s)://host/path` or `host/path`. Spellings of one URL are merged. */
  urls: {
    part: "subject",
    type: { kind: "urls" },
    otherwise: "all that the tasks name",
    setBy: { resource: { Preload: "required", PreloadGate: "optional" } },
    sentence: "1 to 10,000 URLs, `http(s)://host/path` or `host/path`",
    more: "Spellings of one URL are merged ([urls.md](urls.md))",
  },
} as const satisfies Readonly<Record<string, Option>>;
