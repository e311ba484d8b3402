import type * as pulumi from "@pulumi/pulumi";
import type { GateArgs } from "./gate-outputs";
import { GateResource } from "./gate-resource";

/** The inputs of a {@link Preload}. */
export interface PreloadArgs {
  /**
   * 1 to 10,000 URLs: `http(s)://host/path` or `host/path`, each at most 1,024 characters. Spellings of one
   * URL (scheme, upper-case host) are merged.
   */
  urls: pulumi.Input<pulumi.Input<string>[]>;
  /** Any values; a change starts the preload again for all URLs. Give what is deployed, not the build's number. */
  triggers?: pulumi.Input<unknown[]>;
  /** Where to preload. Default: the domain's own coverage. */
  area?: pulumi.Input<"domestic" | "overseas">;
  /** Preload to the L2 POPs only. Default: the service's. */
  l2Preload?: pulumi.Input<boolean>;
  /** `QueryHashkey` of PushObjectCache. Default: the service's. */
  queryHashKey?: pulumi.Input<boolean>;
  /** Request headers of the preload: each name with its values. Default: `Accept-Encoding: gzip`. */
  headers?: pulumi.Input<Record<string, pulumi.Input<pulumi.Input<string>[]>>>;
  /** `false`: submit only, and let a `PreloadGate` wait later. Default `true`. */
  wait?: pulumi.Input<boolean>;
  /** When the gate passes. */
  gate?: pulumi.Input<GateArgs>;
  /** How long to wait, such as `"90s"`, `"45m"`, `"2h"`; the option `customTimeouts` wins. Default `"45m"`. */
  timeout?: pulumi.Input<string>;
  /**
   * Refresh (purge) the URLs and wait for that, then preload: for URLs whose content changes under the same
   * name. Once per URL; a change starts the preload again. Default `false`.
   */
  purgeFirst?: pulumi.Input<boolean>;
  /** What to do when today's quota is too small for what would be submitted. Default `fail`. */
  quotaCheck?: pulumi.Input<"fail" | "warn" | "off">;
  /**
   * Take over a running preload of the same URL that someone else started, rather than start another. Safe
   * only where a URL's content never changes. Default `false`.
   */
  adoptInFlight?: pulumi.Input<boolean>;
}

/**
 * Preloads URLs to the CDN's POPs and is created only when they hold them: what depends on it runs after
 * the warm-up has passed, or not at all.
 */
export class Preload extends GateResource {
  constructor(name: string, args: PreloadArgs, opts: pulumi.CustomResourceOptions = {}) {
    super("Preload", { name, args: { ...args }, opts });
  }
}
