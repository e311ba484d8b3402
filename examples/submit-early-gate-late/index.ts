import * as pulumi from "@pulumi/pulumi";
import { Preload, PreloadGate } from "cdn-preload-gate";

/** The preload starts first and runs beside the slow rest of the deployment; only the end waits for it. */
export = async () => {
  const config = new pulumi.Config();
  const urls = config.getObject<string[]>("urls") ?? [
    "https://cdn.example.com/app.js",
    "https://cdn.example.com/app.css",
  ];
  // Both get the same gate: what fails in the second is submitted again by the first, at the next `pulumi up`.
  const gate = { minSuccessPercent: 95 };
  const submitted = new Preload("submitted", { urls, gate, wait: false });

  // Stands for what takes minutes anyway: a migration, a rollout.
  const migration = new pulumi.Stash("migration", { input: "done" });

  const warm = new PreloadGate(
    "warm",
    { taskIds: submitted.taskIds, urls, gate, timeout: "30m" },
    { dependsOn: migration },
  );
  const live = new pulumi.Stash("live", { input: { warmedUp: warm.passed } }, { dependsOn: warm });
  // Pulumi keeps a stack's outputs when an `up` fails: the name says what they are about.
  return { live: live.input, lastAccepted: { verdict: warm.verdict, taskIds: warm.taskIds } };
};
