// Made from the table of options (core/options/table.ts): UPDATE_DOCS=1 npm test -- test/docs

import type * as pulumi from "@pulumi/pulumi";

/** When a gate passes. */
export interface GateArgs {
  /**
   * Share of POPs that must hold each URL, from 0 to 100. A URL that none holds has failed in any case.
   * Default `0`.
   */
  minSuccessPercent?: number;
  /** URLs that may fail. Default `0`. */
  maxFailedUrls?: number;
  /** Never judge by status-only evidence, which accounts outside the allow-list get. Default `false`. */
  requireDetail?: boolean;
  /** What to do if the deadline passes without a verdict: `fail`, or `warn` and go on. Default `fail`. */
  onInconclusive?: "fail" | "warn";
  /**
   * A reason, in words, to let the verdict already saved pass. It is kept in the state, shown as a
   * warning at every `up`, and void on create and for any later verdict.
   */
  override?: string;
}

/** The inputs of a {@link Preload}. */
export interface PreloadArgs {
  /** 1 to 10,000 URLs, `http(s)://host/path` or `host/path`. Spellings of one URL are merged. */
  urls: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Any values; a change starts the preload again for all URLs. Give what is deployed, not the build's
   * number.
   */
  triggers?: pulumi.Input<unknown[]>;
  /**
   * How long to wait, such as `90s`, `45m` or `2h`. The resource option `customTimeouts` wins. Default
   * `45m`.
   */
  timeout?: pulumi.Input<string>;
  /** Where to preload. Default: the domain's own. */
  area?: pulumi.Input<"domestic" | "overseas">;
  /** Preload only to the L2 POPs. Default: the service's. */
  l2Preload?: pulumi.Input<boolean>;
  /** `QueryHashkey` of PushObjectCache. Default: the service's. */
  queryHashKey?: pulumi.Input<boolean>;
  /** Request headers of the preload: each name with a list of values. Default: the service's. */
  headers?: pulumi.Input<Record<string, pulumi.Input<pulumi.Input<string>[]>>>;
  /**
   * Refresh (purge) the URLs and wait for that, then preload; once per URL and generation. Default
   * `false`.
   */
  purgeFirst?: pulumi.Input<boolean>;
  /**
   * Take over running preloads of the same URLs, rather than start others. Safe only where a URL's
   * content never changes. Default `false`.
   */
  adoptInFlight?: pulumi.Input<boolean>;
  /** What to do when today's quota is too small for what would be submitted. Default `fail`. */
  quotaCheck?: pulumi.Input<"fail" | "warn" | "off">;
  /** `false`: submit only, and let a `PreloadGate` wait later. Default `true`. */
  wait?: pulumi.Input<boolean>;
  /** When the gate passes. */
  gate?: pulumi.Input<GateArgs>;
}

/** The inputs of a {@link PreloadGate}. */
export interface PreloadGateArgs {
  /** The tasks to wait for: a list of ids, or one string with commas. */
  taskIds: pulumi.Input<string> | pulumi.Input<pulumi.Input<string>[]>;
  /** Any values; a change judges again. */
  triggers?: pulumi.Input<unknown[]>;
  /**
   * How long to wait, such as `90s`, `45m` or `2h`. The resource option `customTimeouts` wins. Default
   * `45m`.
   */
  timeout?: pulumi.Input<string>;
  /** Judge only these URLs. Default: all that the tasks name. */
  urls?: pulumi.Input<pulumi.Input<string>[]>;
  /** When the gate passes. */
  gate?: pulumi.Input<GateArgs>;
}
