import * as pulumi from "@pulumi/pulumi";
import { PreloadGate } from "cdn-preload-gate";

/** Waits for preload tasks that a script, the console or another pipeline started. */
export = async () => {
  const config = new pulumi.Config();
  const warm = new PreloadGate("warm", {
    // One id, or several separated by commas, as PushObjectCache returns them.
    taskIds: config.require("taskIds"),
    timeout: "30m",
  });
  // When an `up` fails, Pulumi keeps the outputs of the last `up` that succeeded. The name says so.
  return { lastAccepted: { verdict: warm.verdict, tasks: warm.tasks } };
};
