import { z } from "zod";
import { faultSchema } from "./faults";
import { globToRegExp } from "./glob";
import type { TaskScript } from "./scenario-types";
import { NAMED_SCRIPTS, scriptInPath } from "./scripts";
import { settingsPatchSchema } from "./settings";
import { parseSubmittedUrl, type SubmittedUrl, urlIdentity } from "./submitted-url";
import type { TaskKind } from "./task-kind";
import { taskScriptSchema } from "./task-script";
import { wireError } from "./wire-error";

/** A script: its name, or its fields. */
export const scriptReferenceSchema = z.union(
  [z.enum([...NAMED_SCRIPTS.keys()] as [string, ...string[]]), taskScriptSchema],
  `must be a script or the name of one: ${[...NAMED_SCRIPTS.keys()].join(", ")}`,
);

/** Assigns a script to URLs. */
export const ruleSchema = z
  .strictObject({
    url: z
      .string()
      .refine((url) => parseSubmittedUrl(url) !== undefined, "must be domain/path or http(s)://domain/path")
      .optional()
      .describe("Exactly this URL. Its scheme does not count."),
    host: z
      .string()
      .optional()
      .describe(
        "Domains that match this glob. `*` matches any characters except `/`, and `**` matches any characters.",
      ),
    path: z.string().optional().describe("Paths, including the query, that match this glob."),
    task: z.enum(["preload", "refresh", "any"]).default("preload").describe("The kind of submission."),
    script: scriptReferenceSchema.describe("How they behave."),
    firstSubmissions: z
      .number()
      .int()
      .positive()
      .optional()
      .describe(
        "Only this many first submissions of each URL. The following rules decide later ones. Default: all.",
      ),
  })
  .refine((rule) => rule.url ?? rule.host ?? rule.path, "needs at least one of url, host and path");

/** A scenario file: rules that assign scripts to URLs (the first match decides), faults and settings. */
export const scenarioSchema = z.strictObject({
  $schema: z.string().optional().describe("The path of the JSON Schema, for your editor."),
  rules: z
    .array(ruleSchema)
    .default([])
    .describe("Rules that assign scripts to URLs. The first match decides."),
  defaultScript: scriptReferenceSchema
    .default("passes")
    .describe("The script of URLs that match no rule and name no script themselves."),
  faults: z.array(faultSchema).default([]).describe("Faults between the client and the service."),
  settings: settingsPatchSchema
    .optional()
    .describe(
      "The account, its limits, and behaviour that the API reference does not specify. Other settings keep their defaults.",
    ),
});

/** A scenario with its defaults. */
export type Scenario = z.output<typeof scenarioSchema>;

type Rule = Scenario["rules"][number];

/** One URL, and how often it was submitted before. */
export interface ScriptQuestion {
  readonly url: SubmittedUrl;
  readonly task: TaskKind;
  readonly earlierSubmissions: number;
}

/** A script and its name in lists. */
export interface ChosenScript {
  readonly name: string;
  readonly script: TaskScript;
}

/**
 * Chooses a URL's script: the first rule that matches, then the script that the URL names, then the default.
 *
 * @throws WireError `InvalidObjectPath.Malformed` if the URL names a script that does not exist.
 */
export function chooseScript(scenario: Scenario, question: ScriptQuestion): ChosenScript {
  const rule = scenario.rules.find((candidate) => ruleMatches(candidate, question));
  if (rule) return resolveScript(rule.script);
  const asked = question.task === "preload" ? scriptInPath(question.url.path) : undefined;
  if (!asked) return resolveScript(scenario.defaultScript);
  if (!NAMED_SCRIPTS.has(asked.name)) {
    throw wireError(
      "InvalidObjectPath.Malformed",
      `The specified ObjectPath is malformed: ${question.url.url} asks for the emulator script "${asked.name}", which does not exist. Scripts: ${[...NAMED_SCRIPTS.keys()].join(", ")}; each also with the suffix -once.`,
    );
  }
  const over = asked.once && question.earlierSubmissions > 0;
  return resolveScript(over ? scenario.defaultScript : asked.name);
}

/** The script of a reference. A script given by its fields is listed as `inline`. */
export function resolveScript(reference: string | TaskScript): ChosenScript {
  if (typeof reference !== "string") return { name: "inline", script: reference };
  const script = NAMED_SCRIPTS.get(reference);
  if (!script) throw new Error(`There is no emulator script named ${JSON.stringify(reference)}.`);
  return { name: reference, script };
}

function ruleMatches(rule: Rule, question: ScriptQuestion): boolean {
  const exact = rule.url === undefined ? undefined : parseSubmittedUrl(rule.url);
  return (
    (rule.task === "any" || rule.task === question.task) &&
    (exact === undefined || urlIdentity(exact) === urlIdentity(question.url)) &&
    (rule.host === undefined || globToRegExp(rule.host.toLowerCase()).test(question.url.domain)) &&
    (rule.path === undefined || globToRegExp(rule.path).test(question.url.path)) &&
    question.earlierSubmissions < (rule.firstSubmissions ?? Number.POSITIVE_INFINITY)
  );
}
