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
    // What is deployed, not the build's number: a retried build goes on with the same tasks.
    triggers: [hashFiles(join(__dirname, "site"))],
    gate: { minSuccessPercent: 95 },
    timeout: "30m",
  });

  // Stands for what makes the release live: a DNS record, a routing rule. `dependsOn` is the order; taking
  // `passed` as an input also stops `pulumi up --target live`, which does not consult `dependsOn`.
  const live = new pulumi.Stash("live", { input: { release, warmedUp: warm.passed } }, { dependsOn: warm });
  // Pulumi keeps a stack's outputs when an `up` fails: these tell of the last release that was accepted.
  return {
    live: live.input,
    lastAccepted: { release, verdict: warm.verdict, taskIds: warm.taskIds },
  };
};
