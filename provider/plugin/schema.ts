import { VERSION } from "../core/version";
import { REPOSITORY, repositoryOfSchema } from "./repository";
import { objectTypes, SETTINGS } from "./schema-config";
import { FUNCTION_SPECS, QUOTA_PROPERTIES } from "./schema-functions";
import {
  capitalized,
  choiceTypes,
  GATE_PROPERTIES,
  PRELOAD_GATE_INPUTS,
  PRELOAD_INPUTS,
  REPEATED_PROPERTIES,
} from "./schema-inputs";
import {
  OUTPUT_PROPERTIES,
  REQUIRED_OUTPUTS,
  RESULT_PROPERTIES,
  SUMMARY_PROPERTIES,
  TASK_PROPERTIES,
} from "./schema-outputs";
import { PACKAGE } from "./schema-tokens";
import type { Properties } from "./schema-types";

/**
 * The plugin's schema, of which the SDKs of all languages are made. Its form is Pulumi's own; a test lets the engine
 * load it.
 */
export function schemaOf(repository: string = REPOSITORY): object {
  return {
    name: PACKAGE,
    displayName: "Alibaba Cloud CDN preload gate",
    version: VERSION,
    description:
      "CDN warm-up as an infrastructure step that can fail: start a preload, wait until the POPs hold the files, fail the deployment if they do not.",
    keywords: ["pulumi", "alibaba-cloud", "cdn", "preload", "category/infrastructure"],
    license: "Apache-2.0",
    publisher: "cdn-preload-gate",
    ...repositoryOfSchema(repository),
    // With `supportPack` the generators write what an SDK is packed by too, such as go.mod.
    meta: { moduleFormat: "(.*)", supportPack: true },
    config: { variables: SETTINGS },
    provider: {
      description: "The account that the resources use. A stack can have several.",
      inputProperties: SETTINGS,
      properties: {},
    },
    resources: {
      "alicdn:index:Preload": {
        description:
          "Preloads URLs to the CDN's POPs and is created only when they hold them: what depends on it runs after the warm-up has passed, or not at all.",
        ...resource("Preload", PRELOAD_INPUTS, ["urls"]),
      },
      "alicdn:index:PreloadGate": {
        description:
          "Waits for preload tasks that someone else has started: a `Preload` with `wait: false`, a script, the console. It submits nothing, and passes only when every listed task has answered and ended.",
        ...resource("PreloadGate", PRELOAD_GATE_INPUTS, ["taskIds"]),
      },
    },
    functions: Object.fromEntries(
      Object.entries(FUNCTION_SPECS).map(([name, { description, inputs, outputs }]) => [
        `alicdn:index:${name}`,
        {
          description,
          inputs: { type: "object", ...inputs },
          outputs: { type: "object", ...outputs },
        },
      ]),
    ),
    types: types(),
    language: languages(),
  };
}

function resource(name: string, inputs: Properties, requiredInputs: readonly string[]) {
  return {
    // What the dynamic resources of a Node program have saved goes on under the new type.
    aliases: [{ type: `pulumi-nodejs:dynamic/alicdn:${name}` }],
    inputProperties: inputs,
    requiredInputs,
    properties: { ...REPEATED_PROPERTIES, ...OUTPUT_PROPERTIES },
    required: REQUIRED_OUTPUTS,
  };
}

function types(): Record<string, object> {
  const object = (description: string, properties: Properties, required: readonly string[] = []) => ({
    type: "object",
    description,
    properties,
    required,
  });
  const choice = (description: string, values: readonly string[]) => ({
    type: "string",
    description,
    enum: values.map((value) => ({ name: capitalized(value), value })),
  });
  const named = {
    Gate: object("When a gate passes.", GATE_PROPERTIES),
    Summary: object("The sum of a gate's work, in numbers.", SUMMARY_PROPERTIES, [
      "urls",
      "preloaded",
      "failed",
      "unknown",
      "elapsedMs",
      "apiCalls",
    ]),
    Task: object("One domain's part of a task.", TASK_PROPERTIES, [
      "taskId",
      "domain",
      "creationTime",
      "status",
      "evidence",
    ]),
    Result: object("What is known of one URL.", RESULT_PROPERTIES, ["url", "taskId", "domain", "state"]),
    QuotaCount: object("A day's quota.", QUOTA_PROPERTIES, ["remaining"]),
    ...Object.fromEntries(
      Object.entries(objectTypes()).map(([name, { description, properties, required }]) => [
        name,
        object(description, properties, required),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(choiceTypes()).map(([name, { description, values }]) => [
        name,
        choice(description, values),
      ]),
    ),
  };
  return Object.fromEntries(Object.entries(named).map(([name, spec]) => [`alicdn:index:${name}`, spec]));
}

/** Where each language's SDK puts things. With the version in the SDK, a program never runs an older plugin. */
function languages(): Record<string, object> {
  return {
    nodejs: { packageName: "@cdn-preload-gate/alicdn", respectSchemaVersion: true },
    python: {
      packageName: "pulumi_alicdn",
      respectSchemaVersion: true,
      pyproject: { enabled: true },
    },
    go: {
      importBasePath: "cdn-preload-gate/sdk/go/alicdn",
      generateResourceContainerTypes: true,
      respectSchemaVersion: true,
    },
    csharp: { rootNamespace: "CdnPreloadGate", namespaces: { alicdn: "Alicdn" }, respectSchemaVersion: true },
    java: { basePackage: "com.cdnpreloadgate", buildFiles: "maven" },
  };
}
