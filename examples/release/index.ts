import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { hashFiles, Preload } from "cdn-preload-gate";

/** A release goes live only after the POPs hold its files. */
export = async () => {
  const config = new pulumi.Config();
  const release = config.get("release") ?? "1.0.0";
  const warm = new Preload("warm", {
    urls: config.getObject<string[]>("urls") ?? [
      "https://cdn.example.com/app.js",
      "https://cdn.example.com/app.css",
    ],
    // A digest of the files, not the build's number. A retried build then waits for the same tasks.
    triggers: [hashFiles(join(__dirname, "site"))],
    gate: { minSuccessPercent: 95 },
    timeout: "30m",
  });

  // Stands for the resource that puts the release live, such as a DNS record or a routing rule. `dependsOn` sets
  // the order. `passed` also stops `pulumi up --target live`, which ignores `dependsOn`.
  const live = new pulumi.Stash("live", { input: { release, warmedUp: warm.passed } }, { dependsOn: warm });
  // When an `up` fails, Pulumi keeps the outputs of the last `up` that succeeded. The name says so.
  return {
    live: live.input,
    lastAccepted: { release, verdict: warm.verdict, taskIds: warm.taskIds },
  };
};
