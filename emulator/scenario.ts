import { z } from "zod";
import { faultSchema } from "./faults";
import { globToRegExp } from "./glob";
import { NAMED_SCRIPTS, scriptInPath } from "./scripts";
import { settingsPatchSchema } from "./settings";
import { parseSubmittedUrl, type SubmittedUrl, urlIdentity } from "./submitted-url";
import type { TaskKind } from "./task-kind";
import { type TaskScript, taskScriptSchema } from "./task-script";
import { wireError } from "./wire-error";

/** A script by name, or written out in place. */
export const scriptReferenceSchema = z.union(
  [z.enum([...NAMED_SCRIPTS.keys()] as [string, ...string[]]), taskScriptSchema],
  `must be a script or the name of one: ${[...NAMED_SCRIPTS.keys()].join(", ")}`,
);

/** A script by name, or written out in place, as given. */
export type ScriptReference = z.input<typeof scriptReferenceSchema>;

/** Which URLs behave how. */
export const ruleSchema = z
  .strictObject({
    url: z
      .string()
      .refine((url) => parseSubmittedUrl(url) !== undefined, "must be domain/path or http(s)://domain/path")
      .optional()
      .describe("Exactly this URL; its scheme does not count."),
    host: z
      .string()
      .optional()
      .describe("Domains that match this glob: `*` stands for any characters but `/`, `**` for any."),
    path: z.string().optional().describe("Paths, with their query, that match this glob."),
    task: z
      .enum(["preload", "refresh", "any"])
      .default("preload")
      .describe("What the URLs are submitted for."),
    script: scriptReferenceSchema.describe("How they behave."),
    firstSubmissions: z
      .number()
      .int()
      .positive()
      .optional()
      .describe(
        "Only the first so many submissions of each URL; later ones fall to the rules that follow. Default: all.",
      ),
  })
  .refine((rule) => rule.url ?? rule.host ?? rule.path, "needs at least one of url, host and path");

/** What a scenario file holds: rules from URLs to scripts (the first that matches counts), faults, settings. */
export const scenarioSchema = z.strictObject({
  $schema: z.string().optional().describe("Where the JSON Schema of such a file is, for your editor."),
  rules: z
    .array(ruleSchema)
    .default([])
    .describe("Which URLs behave how; the first rule that matches counts."),
  defaultScript: scriptReferenceSchema
    .default("passes")
    .describe("For URLs that no rule matches and that name no script themselves."),
  faults: z
    .array(faultSchema)
    .default([])
    .describe("What goes wrong between client and service, and for which calls."),
  settings: settingsPatchSchema
    .optional()
    .describe("The account, its limits and the service's whims; what is not named has its default."),
});

/** A scenario with its defaults. */
export type Scenario = z.output<typeof scenarioSchema>;

/** A scenario as given. */
export type ScenarioInput = z.input<typeof scenarioSchema>;

type Rule = Scenario["rules"][number];

/** One URL, and how often it was submitted before. */
export interface ScriptQuestion {
  readonly url: SubmittedUrl;
  readonly task: TaskKind;
  readonly earlierSubmissions: number;
}

/** A script and the name that stands in lists. */
export interface ChosenScript {
  readonly name: string;
  readonly script: TaskScript;
}

/**
 * Chooses a URL's script: the first rule that matches, else what the URL itself names, else the default.
 *
 * @throws WireError `InvalidObjectPath.Malformed` where the URL names a script that does not exist.
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

/** A reference's script; one written in place is listed as `inline`. */
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
