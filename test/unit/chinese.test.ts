import type { FactsOf, FailureKind } from "../../provider/core/failure-facts";
import type { Language } from "../../provider/core/language";
import type { CommandLineOption } from "../../provider/core/options/settings";
import { allOptions } from "../../provider/core/options/values";
import type { Reason } from "../../provider/core/reason-facts";
import type { CheckFinding } from "../../provider/wording/command-line-words";
import { COMMAND_LINE_NAMES, PLUGIN_NAMES, PULUMI_NAMES } from "../../provider/wording/front-names";
import type { HelpTexts } from "../../provider/wording/help-words";
import { catalogueOf } from "../../provider/wording/languages";
import type { NotPassed } from "../../provider/wording/pulumi-words";
import type { Memory, Reader } from "../../provider/wording/reader";
import { Wording } from "../../provider/wording/wording";
import * as samples from "../support/sample-facts";

/** Readers for whom messages differ. */
const MEMORIES: readonly Memory[] = [
  { kind: "state" },
  { kind: "stateFile" },
  { kind: "watching" },
  { kind: "nothing", taskIds: ["881"], hasSubmitted: true, isInDoubt: false },
  { kind: "nothing", taskIds: ["881"], hasSubmitted: true, isInDoubt: true },
];
const READERS: readonly Reader[] = [
  ...MEMORIES.slice(1).map((memory) => ({ front: COMMAND_LINE_NAMES, memory, urlsAreSecret: false })),
  { front: PULUMI_NAMES, memory: { kind: "state" }, urlsAreSecret: false },
  { front: PLUGIN_NAMES, memory: { kind: "state" }, urlsAreSecret: true },
];

/** Each sample by its name, with its kind. */
function eachOf<F extends { readonly kind: string }>(
  table: Readonly<Record<F["kind"], readonly object[]>>,
  say: (facts: F) => string,
): [string, string][] {
  return Object.entries<readonly object[]>(table).flatMap(([kind, list]) =>
    list.map((facts, at): [string, string] => [`${kind} ${at}`, say({ kind, ...facts } as unknown as F)]),
  );
}

function failureOf(kind: string, facts: object) {
  const details = { operation: "PushObjectCache", httpStatus: 503, requestId: "4C7E9A10", attempts: 4 };
  const observed = { serviceCode: "Throttling.User", taskIds: ["771"], mayHaveBeenAccepted: true };
  return {
    ...details,
    ...observed,
    code: "transient" as const,
    facts: { kind, ...facts } as FactsOf<FailureKind>,
  };
}

/** Every message of a language for a reader, by its name. */
function messages(language: Language, reader: Reader): Map<string, string> {
  const wording = new Wording(catalogueOf(language), reader);
  const catalogue = catalogueOf(language);
  const { help } = catalogue.commandLine;
  const named = (part: string, texts: readonly [string, string][]) =>
    texts.map(([name, text]): [string, string] => [`${part} ${name}`, text]);
  return new Map([
    ...named(
      "failure",
      Object.entries(samples.FAILURES).flatMap(([kind, list]) =>
        list.map((facts, at): [string, string] => [`${kind} ${at}`, wording.failure(failureOf(kind, facts))]),
      ),
    ),
    ...named(
      "family",
      samples.CODES.map((code) => [code, wording.family(code)]),
    ),
    ...named("handling", Object.entries(catalogue.handling)),
    ...named(
      "advice",
      samples.CODES.map((code) => [code, wording.advice(samples.sampleFailure(code))]),
    ),
    ...named(
      "explained",
      samples.CODES.map((code) => [code, wording.explained(samples.sampleFailure(code))]),
    ),
    ...named("problem", eachOf(samples.PROBLEMS, wording.problem)),
    ...named(
      "reason",
      eachOf(samples.REASONS, (reason: Reason) => wording.reasons([reason])[0]!),
    ),
    ...named("url problem", eachOf(samples.URL_PROBLEMS, wording.urlProblem)),
    ...named("url advice", eachOf(samples.URL_ADVICE, wording.urlAdvice)),
    ...named("notice", eachOf(samples.NOTICES, wording.notice)),
    ...named(
      "step",
      Object.entries(samples.STEPS).flatMap(([type, list]) =>
        list.map((step, at): [string, string] => [`${type} ${at}`, wording.step(step)]),
      ),
    ),
    ["progress", wording.progress(samples.PROGRESS)],
    ...named(
      "quota",
      samples.QUOTAS.map((quota, at) => [String(at), wording.quota(quota)]),
    ),
    ...named("plan", eachOf(samples.PLANS, wording.plan)),
    ...named("resource note", eachOf(samples.RESOURCE_NOTES, wording.resourceNote)),
    ...named("next step", eachOf(samples.NEXT_STEPS, wording.nextStep)),
    ...named("origin", eachOf(samples.ORIGINS, wording.origin)),
    ...named("identity setting", eachOf(samples.IDENTITY_SETTINGS, wording.identitySetting)),
    ...named("network fault", eachOf(samples.NETWORK_FAULTS, wording.networkFault)),
    ...named("credentials fault", eachOf(samples.CREDENTIALS_FAULTS, wording.credentialsFault)),
    ...named("doubt", eachOf(samples.DOUBTS, wording.doubt)),
    ...named("source fault", eachOf(samples.SOURCE_FAULTS, wording.sourceFault)),
    ...named("state file", eachOf(samples.STATE_FILES, wording.stateFile)),
    ...named("usage", eachOf(samples.USAGE_FAULTS, wording.usage)),
    ...named("command line notice", eachOf(samples.COMMAND_LINE_NOTICES, wording.commandLineNotice)),
    ...named("planned quota", eachOf(samples.PLANNED_QUOTAS, wording.plannedQuota)),
    ...named("finding", eachOf(samples.CHECK_FINDINGS, wording.checkFinding)),
    ...named(
      "check advice",
      eachOf(samples.CHECK_FINDINGS, (found: CheckFinding) => wording.checkAdvice(found) ?? ""),
    ),
    ...named(
      "not passed",
      eachOf(samples.NOT_PASSED, (why: NotPassed) => wording.notPassed(why, "warm")),
    ),
    ...named("pulumi fault", eachOf(samples.PULUMI_FAULTS, wording.pulumiFault)),
    ["gate without a name", wording.notPassed({ kind: "doesNotWait" })],
    ...named("option", optionTexts(help.options)),
    ["old node", catalogue.oldNode.sentence("22.19", "20.1.0")],
    ...named(
      "word",
      wordsIn({
        reports: catalogue.reports,
        commandLine: { ...catalogue.commandLine, help: { ...help, options: {} } },
      }),
    ),
  ]);
}

/** What the help says of each option. */
function optionTexts(options: HelpTexts): [string, string][] {
  return optionsAtCommandLine().map((option): [string, string] => {
    const { sentence, atCommandLine = sentence, otherwise = "" } = options[option.name as CommandLineOption];
    return [option.name, [atCommandLine, otherwise].join("; ").replaceAll("`", "")];
  });
}

function optionsAtCommandLine() {
  return allOptions().filter(({ setBy }) => setBy.commandLine);
}

/** The texts of a catalogue that no function makes, by their paths; what functions make is above or in a report. */
function wordsIn(part: object, path = ""): [string, string][] {
  return Object.entries(part).flatMap(([name, value]): [string, string][] => {
    const at = `${path}.${name}`;
    if (typeof value === "string") return [[at, value]];
    // Lines of one text.
    if (Array.isArray(value)) return [[at, value.join(" ")]];
    return typeof value === "object" && value !== null ? wordsIn(value, at) : [];
  });
}

/** What is the same in every language, and what says nothing of it: names, codes, commands, words of others. */
const SAME_EVERYWHERE: readonly RegExp[] = [
  /`[^`]*`/g,
  /"[^"]*"/g,
  /'[^']*'/g,
  /https?:\/\/[^\s，。；：）]*/g,
  /--[a-z][\w-]*(?: ?=?(?:html=FILE|https:\S+|kind=file))?/g,
  /<[^>]*>/g,
  /npm install @pulumi\/pulumi/g,
  /cdn-preload-gate (?:wait|status|run|submit)[ \w,]*/g,
  /\b[\w.-]*[._:/\\-][\w./:\\-]*/g,
  /\b[a-z]+[A-Z]\w*|\b[A-Z]\w*[A-Z]\w*|\b[A-Z][a-z]+\b/g,
  /\bAlibaba Cloud\b|\bprovider\b|\bstack\b|\bsource map\b/g,
];

function foreignWords(text: string): string {
  const rest = SAME_EVERYWHERE.reduce((left, pattern) => left.replace(pattern, " "), text);
  return (rest.match(/[a-z]{2,} [a-z]{2,}[\sa-z]*/g) ?? []).join("; ");
}

/** What a message tells that is no word of its language. */
const FACTS =
  /RetCode|https?:\/\/[^\s"'`,;()（）。，；]+|--[a-z][a-z-]+|`[^`]+`|\b[A-Z][A-Z0-9_]{3,}\b|\b[A-Z][a-z]+(?:[A-Z][a-z]+)+|\d+(?:\.\d+)?/g;

function lostFacts(english: string, other: string): string[] {
  const facts = (english.match(FACTS) ?? []).map((fact) => fact.replace(/\.$/, ""));
  return facts.filter((fact) => !other.includes(fact));
}

test.each([
  ["任务 1 still runs", "still runs"],
  ["the task has ended", "the task has ended"],
  ["请用 `cdn-preload-gate wait 1` 继续等待", ""],
  ["PushObjectCache: Throttling.User（HTTP 503，请求 ID 4C7E9A10）。", ""],
])("an English phrase is seen, and no name is taken for one: %s", (text, phrase) => {
  expect(foreignWords(text)).toBe(phrase);
});

test("a fact that a translation lacks is seen", () => {
  expect(lostFacts("17 URLs of https://a.example.com, by --dir and PushObjectCache", "没有")).toEqual([
    "17",
    "https://a.example.com",
    "--dir",
    "PushObjectCache",
  ]);
});

describe.each(READERS.map((reader) => [`${reader.front.family}, ${JSON.stringify(reader.memory)}`, reader]))(
  "for a reader of %s",
  (_name, reader) => {
    const english = messages("en", reader);
    const chinese = messages("zh", reader);

    test("every message is there in Chinese", () => {
      expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
      const unsaid = [...chinese].filter(([name, text]) => text === "" && english.get(name) !== "");
      expect(unsaid).toEqual([]);
    });

    test("no Chinese message has an English phrase", () => {
      const mixed = [...chinese].flatMap(([name, text]) =>
        foreignWords(text) === "" ? [] : [`${name}: ${foreignWords(text)} in ${text}`],
      );
      expect(mixed).toEqual([]);
    });

    test("between Chinese and other characters there is a space, and none between Chinese ones", () => {
      const unspaced = /\p{Script=Han}[\w`-]|[\w`]\p{Script=Han}|\p{Script=Han} +\p{Script=Han}/u;
      expect([...chinese].filter(([, text]) => unspaced.test(text))).toEqual([]);
    });

    test("a Chinese message tells all facts that the English one does", () => {
      const lost = [...english].flatMap(([name, text]) => {
        const facts = lostFacts(text, chinese.get(name)!);
        return facts.length === 0 ? [] : [`${name}: ${facts.join(", ")}\n  ${text}\n  ${chinese.get(name)}`];
      });
      expect(lost).toEqual([]);
    });
  },
);
