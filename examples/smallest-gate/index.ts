import * as pulumi from "@pulumi/pulumi";
import { Preload } from "cdn-preload-gate";

/** The deployment continues once the POPs hold these URLs, and fails if they do not. */
export = async () => {
  const config = new pulumi.Config();
  const warm = new Preload("warm", {
    urls: config.getObject<string[]>("urls") ?? [
      "https://cdn.example.com/app.js",
      "https://cdn.example.com/app.css",
    ],
  });
  // When an `up` fails, Pulumi keeps the outputs of the last `up` that succeeded. The name says so.
  return { lastAccepted: { verdict: warm.verdict, taskIds: warm.taskIds, summary: warm.summary } };
};
