import * as pulumi from "@pulumi/pulumi";
import { PreloadGate } from "cdn-preload-gate";

/** Waits for preload tasks that something else has started: a script, the console, another pipeline. */
export = async () => {
  const config = new pulumi.Config();
  const warm = new PreloadGate("warm", {
    // One id or several with commas, as PushObjectCache returns them.
    taskIds: config.require("taskIds"),
    timeout: "30m",
  });
  // Pulumi keeps a stack's outputs when an `up` fails: the name says what they are about.
  return { lastAccepted: { verdict: warm.verdict, tasks: warm.tasks } };
};
