import * as pulumi from "@pulumi/pulumi";
import { Preload } from "cdn-preload-gate";

export interface WarmReleaseArgs {
  /** The release that goes live. */
  version: pulumi.Input<string>;
  /** The URLs of its files. */
  urls: pulumi.Input<pulumi.Input<string>[]>;
}

/** What is live. */
export interface Live {
  readonly version: string;
  readonly warmedUp: boolean;
}

/** A reusable release: uploads the files, preloads them, and goes live only after that. */
export class WarmRelease extends pulumi.ComponentResource {
  readonly live: pulumi.Output<Live>;

  constructor(name: string, args: WarmReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("example:index:WarmRelease", name, {}, opts);
    // Stands for the upload to the origin, which returns the URLs.
    const upload = new pulumi.Stash(`${name}-upload`, { input: { urls: args.urls } }, { parent: this });
    const urls = upload.input.apply((uploaded: { urls: string[] }) => uploaded.urls);
    const warm = new Preload(`${name}-warm`, { urls, triggers: [args.version] }, { parent: this });
    // Stands for the resource that puts the release live.
    const live = new pulumi.Stash(
      `${name}-live`,
      { input: { version: args.version, warmedUp: warm.passed } },
      { parent: this, dependsOn: warm },
    );
    this.live = live.input.apply((input: Live) => input);
    this.registerOutputs({ live: this.live });
  }
}
