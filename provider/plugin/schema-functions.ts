import { isJudged, PRELOAD_GATE_INPUTS, PRELOAD_INPUTS } from "./schema-inputs";
import { VERDICT_PROPERTIES } from "./schema-outputs";
import { type Properties, type PropertySpec, STRINGS, typeRef } from "./schema-types";

/** A function's arguments and what it gives. */
interface FunctionSpec {
  readonly description: string;
  readonly inputs: ObjectSpec;
  readonly outputs: ObjectSpec;
}

interface ObjectSpec {
  readonly properties: Properties;
  readonly required: readonly string[];
}

const folder: PropertySpec = {
  type: "string",
  description: "Relative to the folder of the Pulumi project.",
};
const urls: PropertySpec = { ...STRINGS, description: "Values for the input `urls`." };
const resetsAt: PropertySpec = { type: "string", description: "When the quota starts anew, ISO 8601." };

/** Inputs that a verdict is about, as `requirePassed` compares them. None has a default: what is absent stays absent. */
const JUDGED_INPUTS: Properties = Object.fromEntries(
  Object.entries({ ...PRELOAD_INPUTS, ...PRELOAD_GATE_INPUTS, urls: PRELOAD_INPUTS.urls! })
    .filter(([name]) => isJudged(name))
    .map(([name, { willReplaceOnChanges: _, ...property }]) => [name, property]),
);

/** The functions by the names of their tokens. */
export const FUNCTION_SPECS: Readonly<Record<string, FunctionSpec>> = {
  requirePassed: {
    description:
      "Fails the program unless a saved verdict is accepted and is about the program's own inputs. Give its result to a dependent as an input: `pulumi up --target` does not consult `dependsOn`.",
    inputs: {
      properties: {
        name: { type: "string", description: "The gate's name, for the message." },
        verdict: { type: "string", description: "The gate's output `verdict`." },
        accepted: { type: "boolean", description: "The gate's output `accepted`." },
        reasons: { ...STRINGS, description: "The gate's output `reasons`." },
        inputsFingerprint: { type: "string", description: "The gate's output `inputsFingerprint`." },
        ...JUDGED_INPUTS,
      },
      required: ["verdict", "accepted", "inputsFingerprint"],
    },
    outputs: {
      properties: { passed: { type: "boolean", description: "Always `true`." } },
      required: ["passed"],
    },
  },
  getTask: {
    description: "What preload tasks say now, and how a gate would judge that. It waits for nothing.",
    inputs: {
      properties: {
        taskIds: PRELOAD_GATE_INPUTS.taskIds!,
        gate: { ...typeRef("Gate"), description: "By which to judge." },
      },
      required: ["taskIds"],
    },
    outputs: { properties: VERDICT_PROPERTIES, required: Object.keys(VERDICT_PROPERTIES) },
  },
  getQuota: {
    description:
      "What of today's quota is left, as the service says. A part that it does not tell is absent.",
    inputs: { properties: {}, required: [] },
    outputs: {
      properties: {
        preload: { ...typeRef("QuotaCount"), description: "URLs to preload, as usual." },
        preloadL2: { ...typeRef("QuotaCount"), description: "URLs to preload with `l2Preload`." },
        refreshUrls: { ...typeRef("QuotaCount"), description: "URLs to refresh, for `purgeFirst`." },
        resetsAt,
      },
      required: ["resetsAt"],
    },
  },
  urlsFromFolder: {
    description: "The URLs of all files under a folder, in the order of their paths.",
    inputs: {
      properties: {
        folder,
        base: {
          type: "string",
          description: "What the folder is on the CDN: `https://cdn.example.com/` or with a path.",
        },
        include: {
          ...STRINGS,
          description: "Globs of the paths to take, relative to the folder. Default: all.",
        },
        exclude: { ...STRINGS, description: "Globs of the paths to leave out; they win over `include`." },
      },
      required: ["folder", "base"],
    },
    outputs: { properties: { urls }, required: ["urls"] },
  },
  urlsFromSitemap: {
    description:
      "The URLs of a sitemap file, plain or gzipped. The sitemaps that an index names are looked for beside it: nothing is fetched.",
    inputs: {
      properties: { file: { type: "string", description: "Relative to the folder of the Pulumi project." } },
      required: ["file"],
    },
    outputs: { properties: { urls }, required: ["urls"] },
  },
  hashFiles: {
    description:
      "A digest of all files under a folder, their names and contents: a trigger that changes with what is deployed, and not with the build's number.",
    inputs: { properties: { folder }, required: ["folder"] },
    outputs: {
      properties: { hash: { type: "string", description: "A value for `triggers`." } },
      required: ["hash"],
    },
  },
};

export const QUOTA_PROPERTIES: Properties = {
  total: { type: "integer", description: "A day's quota." },
  remaining: { type: "integer", description: "What is left of it today." },
};
