import { ERROR_FAMILIES, type ErrorCode, GateError } from "../../provider/core/errors";
import type { Catalogue, NextStep, UrlAdvice } from "../../provider/wording/catalogue";
import { ENGLISH } from "../../provider/wording/english/english";
import type { Memory } from "../../provider/wording/reader";
import type { Wording } from "../../provider/wording/wording";
import { failed, inWords, wordingFor } from "../support/words";

const CODES = Object.keys(ERROR_FAMILIES) as ErrorCode[];
const MEMORIES: readonly Memory[] = [
  { kind: "stateFile" },
  { kind: "watching" },
  { kind: "nothing", taskIds: ["1"], hasSubmitted: false, isInDoubt: false },
  { kind: "nothing", taskIds: ["1"], hasSubmitted: true, isInDoubt: false },
  { kind: "nothing", taskIds: [], hasSubmitted: true, isInDoubt: true },
];
const URL_ADVICE: readonly UrlAdvice[] = [
  ...(["originFails", "originRefuses", "originTooSlow", "cdnFails", "originUnknown"] as const).map(
    (kind) => ({ kind }),
  ),
  { kind: "tooFewPops" },
  { kind: "submitAgain" },
  { kind: "notUnderstood" },
  { kind: "waitForTask", taskIds: ["1"] },
  { kind: "findOut", taskIds: [] },
];

/** Words of other fronts, which would send a reader to something that is not there. */
const FOREIGN = {
  pulumi: /--(?!secret)[a-z]|previous/,
  commandLine: /pulumi|alic(loud|dn):|triggers|`timeout`|gate\./,
  code: /pulumi|--[a-z]|alic(loud|dn):/,
} as const;

function allAdvice(wording: Wording): string[] {
  return [...CODES.map((code) => wording.advice(failed(code))), ...URL_ADVICE.map(wording.urlAdvice)];
}

test.each(["pulumi", "code"] as const)("no advice of the front %s names what another front has", (family) => {
  const advice = CODES.filter((code) => code !== "stateUnsaved").map((code) =>
    wordingFor(family).adviceOn(code),
  );
  expect(advice.filter((text) => FOREIGN[family].test(text))).toEqual([]);
});

test.each(MEMORIES.map((memory) => [memory]))(
  "no advice of the command line names what another front has: %j",
  (memory) => {
    const wording = wordingFor("commandLine", { memory });
    expect(allAdvice(wording).filter((text) => FOREIGN.commandLine.test(text))).toEqual([]);
  },
);

test("without a state file, no advice tells to run again with it", () => {
  const told = MEMORIES.filter(({ kind }) => kind !== "stateFile").flatMap((memory) =>
    allAdvice(wordingFor("commandLine", { memory })),
  );
  expect(told.filter((text) => /the same --state/.test(text))).toEqual([]);
});

test.each<[Memory, RegExp]>([
  [{ kind: "stateFile" }, /The next run looks for its tasks again\.$/],
  [MEMORIES[4]!, /Without --state no later run can look for its tasks\.$/],
])("what becomes of an open submission depends on what the next run knows: %j", (memory, expected) => {
  const error = inWords(openSubmission(), wordingFor("commandLine", { memory }));
  expect(error.message).toMatch(expected);
});

function openSubmission() {
  return new GateError({ kind: "submissionOpen", purpose: "preload", urls: 1, sentAtMs: 0, doubts: [] });
}

test("a setting is called what the reader's front calls it", () => {
  const names = (["pulumi", "commandLine", "code"] as const).map((family) =>
    wordingFor(family).adviceOn("throttled"),
  );
  expect(names).toEqual([
    "Lower alicdn:callsPerSecond, or run fewer pipelines on this account at once.",
    "Lower --calls-per-second, or run fewer pipelines on this account at once.",
    "Lower callsPerSecond, or run fewer pipelines on this account at once.",
  ]);
});

test.each<NextStep["kind"]>(["repairElsewhere", "fixCause", "mayHaveBeenAccepted", "fixNamed", "goOn"])(
  "the next step %s is a sentence that names the command",
  (kind) => {
    expect(wordingFor().nextStep({ kind })).toMatch(/^Next: .*`pulumi up`.*\.$/);
  },
);

test("a language that lacks a message is refused by the compiler", () => {
  const { deadlineBeforeEnd: _, ...failures } = ENGLISH.failures;
  // @ts-expect-error A message is missing.
  const incomplete: Catalogue = { ...ENGLISH, failures };
  expect(incomplete.failures).not.toHaveProperty("deadlineBeforeEnd");
});
