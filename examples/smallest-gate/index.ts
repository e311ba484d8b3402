import * as pulumi from "@pulumi/pulumi";
import { Preload } from "cdn-preload-gate";

/** The deployment goes on once the POPs hold these URLs, and fails if they do not. */
export = async () => {
  const config = new pulumi.Config();
  const warm = new Preload("warm", {
    urls: config.getObject<string[]>("urls") ?? [
      "https://cdn.example.com/app.js",
      "https://cdn.example.com/app.css",
    ],
  });
  // Pulumi keeps a stack's outputs when an `up` fails: the name says what they are about.
  return { lastAccepted: { verdict: warm.verdict, taskIds: warm.taskIds, summary: warm.summary } };
};
