import * as pulumi from "@pulumi/pulumi";
import { Preload, PreloadGate } from "cdn-preload-gate";

/** Starts the preload first, runs the slow part of the deployment beside it, and waits at the end. */
export = async () => {
  const config = new pulumi.Config();
  const urls = config.getObject<string[]>("urls") ?? [
    "https://cdn.example.com/app.js",
    "https://cdn.example.com/app.css",
  ];
  // Both use the same gate. At the next `pulumi up`, the first submits again what failed in the second.
  const gate = { minSuccessPercent: 95 };
  const submitted = new Preload("submitted", { urls, gate, wait: false });

  // Stands for a step that takes minutes, such as a migration or a rollout.
  const migration = new pulumi.Stash("migration", { input: "done" });

  const warm = new PreloadGate(
    "warm",
    { taskIds: submitted.taskIds, urls, gate, timeout: "30m" },
    { dependsOn: migration },
  );
  const live = new pulumi.Stash("live", { input: { warmedUp: warm.passed } }, { dependsOn: warm });
  // When an `up` fails, Pulumi keeps the outputs of the last `up` that succeeded. The name says so.
  return { live: live.input, lastAccepted: { verdict: warm.verdict, taskIds: warm.taskIds } };
};
