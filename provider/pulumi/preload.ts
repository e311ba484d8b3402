import type * as pulumi from "@pulumi/pulumi";
import { GateResource } from "./gate-resource";
import type { PreloadArgs } from "./resource-args";

/**
 * Preloads URLs to the CDN's POPs and is created only when they hold them: what depends on it runs after
 * the warm-up has passed, or not at all.
 */
export class Preload extends GateResource {
  constructor(name: string, args: PreloadArgs, opts: pulumi.CustomResourceOptions = {}) {
    super("Preload", { name, args: { ...args }, opts });
  }
}
