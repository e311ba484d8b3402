import { ANY, listOf, type Properties, STRINGS, typeRef } from "./schema-types";

/**
 * Settings of a gate. Their defaults stand in words alone: of a function whose arguments have any, the generator of Go
 * makes code that calls it without arguments (seen with Pulumi 3.259).
 */
export const GATE_PROPERTIES: Properties = {
  minSuccessPercent: {
    type: "number",
    description:
      "Share of POPs that must hold each URL, from 0 to 100. A URL that none holds has failed in any case. Default: `0`.",
  },
  maxFailedUrls: { type: "integer", description: "URLs that may fail. Default: `0`." },
  requireDetail: {
    type: "boolean",
    description:
      "Never judge by the status-only evidence that accounts outside the allow-list get. Default: `false`.",
  },
  onInconclusive: {
    ...typeRef("OnInconclusive"),
    description: "What to do if the deadline passes without a verdict. Default: `fail`.",
  },
  override: {
    type: "string",
    description:
      "A reason, in words, to let the verdict already saved pass. It is kept in the state, shown as a warning at every `up`, and void on create and for any later verdict.",
  },
};

const gate = { ...typeRef("Gate"), description: "When the gate passes." };
const timeout = {
  type: "string",
  default: "45m",
  description: 'How long to wait, such as `"90s"`, `"45m"`, `"2h"`. The option `customTimeouts` wins.',
} as const;

/** Inputs whose change starts the preload again. */
const REPLACING_PROPERTIES: Properties = {
  triggers: {
    ...listOf(ANY),
    willReplaceOnChanges: true,
    description:
      "Any values; a change starts the preload again for all URLs. Give what is deployed, not the build's number: a retried build is to resume, not to start again.",
  },
  area: {
    ...typeRef("Area"),
    willReplaceOnChanges: true,
    description: "Where to preload. Default: the domain's own coverage.",
  },
  l2Preload: {
    type: "boolean",
    willReplaceOnChanges: true,
    description: "Preload to the L2 POPs only. Default: the service's.",
  },
  queryHashKey: {
    type: "boolean",
    willReplaceOnChanges: true,
    description: "`QueryHashkey` of PushObjectCache. Default: the service's.",
  },
  headers: {
    type: "object",
    additionalProperties: STRINGS,
    willReplaceOnChanges: true,
    description:
      "Request headers of the preload: each name with its values. Default: `Accept-Encoding: gzip`.",
  },
  purgeFirst: {
    type: "boolean",
    willReplaceOnChanges: true,
    description:
      "Refresh (purge) the URLs and wait for that, then preload: for URLs whose content changes under the same name. Once per URL. Default: `false`.",
  },
};

export const PRELOAD_INPUTS: Properties = {
  urls: {
    ...STRINGS,
    description:
      "1 to 10,000 URLs: `http(s)://host/path` or `host/path`. Spellings of one URL (scheme, upper-case host) are merged.",
  },
  ...REPLACING_PROPERTIES,
  wait: {
    type: "boolean",
    default: true,
    description: "`false`: submit only, and let a `PreloadGate` wait later.",
  },
  gate,
  timeout,
  quotaCheck: {
    ...typeRef("QuotaCheck"),
    default: "fail",
    description: "What to do when today's quota is too small for what would be submitted.",
  },
  adoptInFlight: {
    type: "boolean",
    default: false,
    description:
      "Take over a running preload of the same URL that someone else started, rather than start another. Safe only where a URL's content never changes.",
  },
};

export const PRELOAD_GATE_INPUTS: Properties = {
  taskIds: {
    ...STRINGS,
    description: "The tasks to wait for: ids, or texts of ids with commas between them.",
  },
  urls: { ...STRINGS, description: "Judge only these. Default: every URL that the tasks name." },
  triggers: { ...listOf(ANY), willReplaceOnChanges: true, description: "Any values; a change judges again." },
  gate,
  timeout,
};

/** Inputs that the outputs repeat. */
export const REPEATED_PROPERTIES: Properties = { ...REPLACING_PROPERTIES, gate };
