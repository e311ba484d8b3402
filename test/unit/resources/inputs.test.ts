import {
  holdsUnknown,
  type ParsedInputs,
  parseInputs,
  UNKNOWN_VALUE,
} from "../../../provider/resources/inputs";
import { wordingFor } from "../../support/words";

const A = "https://cdn.example.com/a.js";
const preload = (changes: Record<string, unknown> = {}) => parseInputs("Preload", { urls: [A], ...changes });
const gate = (changes: Record<string, unknown> = {}) =>
  parseInputs("PreloadGate", { taskIds: ["1"], ...changes });

function problemsOf(parsed: ParsedInputs): readonly string[] {
  if (parsed.ok) throw new Error("accepted");
  return parsed.problems.map(wordingFor().input);
}

function valuesOf(parsed: ParsedInputs): Record<string, unknown> {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.inputs.values;
}

test("a preload with URLs alone has the documented defaults", () => {
  expect(valuesOf(preload())).toMatchObject({
    urls: [{ written: A, sent: A }],
    gate: { minSuccessPercent: 0, maxFailedUrls: 0, requireDetail: false, onInconclusive: "fail" },
    timeout: 45 * 60_000,
    wait: true,
    purgeFirst: false,
    quotaCheck: "fail",
    adoptInFlight: false,
  });
});

test("what is left to the service stays absent", () => {
  const values = valuesOf(preload());
  for (const key of ["area", "l2Preload", "queryHashKey", "headers", "triggers"])
    expect(values[key]).toBeUndefined();
});

test.each<[string, Record<string, unknown>, string]>([
  ["no URLs", { urls: [] }, "urls: must hold at least one URL"],
  ["URLs that are one text", { urls: A }, "urls: must be a list of URLs"],
  ["a URL that is a number", { urls: [A, 7] }, "urls[1]: must be a string"],
  [
    "a URL with a fragment",
    { urls: [A, A, A, `${A}#x`] },
    "urls[3]: has a fragment (#…), which no client sends to a server; leave it out",
  ],
  [
    "too many URLs",
    { urls: Array.from({ length: 10_001 }, () => A) },
    "urls: must hold at most 10000 URLs; use several resources",
  ],
  [
    "a share above 100",
    { gate: { minSuccessPercent: 101 } },
    "gate.minSuccessPercent: must be a number from 0 to 100",
  ],
  [
    "a gate that is none",
    { gate: { onInconclusive: "pass" } },
    'gate.onInconclusive: must be "fail" or "warn"',
  ],
  ["an unknown area", { area: "mars" }, 'area: must be "domestic" or "overseas"'],
  ["a timeout of nothing", { timeout: "0s" }, 'timeout: must be a duration such as "90s", "45m" or "2h"'],
  ["a timeout in seconds", { timeout: 90 }, 'timeout: must be a duration such as "90s", "45m" or "2h"'],
  ["triggers that are no list", { triggers: "v1" }, "triggers: must be a list"],
  ["a header of two lines", { headers: { "X-A": ["a\r\nb"] } }, "headers.X-A[0]: must be one line"],
  ["a header without a list", { headers: { "X-A": "a" } }, "headers.X-A: must be a list of values"],
  ["a wait that is a text", { wait: "no" }, "wait: must be true or false"],
])("%s is refused by its property's path", (_name, changes, problem) => {
  expect(problemsOf(preload(changes))).toEqual([problem]);
});

test("a header's wrong name is refused", () => {
  expect(problemsOf(preload({ headers: { "X A": ["a"] } })).join()).toContain("is not a header name");
});

test("every problem is named at once", () => {
  const problems = problemsOf(
    preload({ urls: ["", "ftp://x.example.com/"], gate: { maxFailedUrls: -1 }, timeout: "x" }),
  );
  expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual([
    "gate.maxFailedUrls",
    "timeout",
    "urls[0]",
    "urls[1]",
  ]);
});

test("a problem never repeats the value", () => {
  const secret = "s3cr3t";
  const problems = problemsOf(
    preload({
      urls: [`https://u:${secret}@cdn.example.com/`, `ftp-${secret}://h/`, secret],
      area: secret,
      timeout: secret,
      gate: { onInconclusive: secret, override: 7 },
      headers: { A: [`${secret}\n`] },
    }),
  );
  expect(problems.length).toBeGreaterThan(5);
  expect(problems.filter((problem) => problem.includes(secret) && !problem.includes("scheme"))).toEqual([]);
});

test.each<[string, Record<string, unknown>]>([
  ["all URLs", { urls: UNKNOWN_VALUE }],
  ["one URL", { urls: [A, UNKNOWN_VALUE] }],
  ["a share", { gate: { minSuccessPercent: UNKNOWN_VALUE } }],
  ["the gate", { gate: UNKNOWN_VALUE }],
  ["the area", { area: UNKNOWN_VALUE }],
  ["the timeout", { timeout: UNKNOWN_VALUE }],
  ["a header's values", { headers: { "X-A": UNKNOWN_VALUE } }],
  ["one header value", { headers: { "X-A": [UNKNOWN_VALUE] } }],
  ["all headers", { headers: UNKNOWN_VALUE }],
  ["the triggers", { triggers: UNKNOWN_VALUE }],
  ["whether to wait", { wait: UNKNOWN_VALUE }],
])("%s that is not known yet is no problem", (_name, changes) => {
  const parsed = preload(changes);
  expect(parsed.ok ? [] : parsed.problems).toEqual([]);
});

test("what is known is checked beside what is not", () => {
  expect(problemsOf(preload({ urls: [UNKNOWN_VALUE, ""] }))).toEqual(["urls[1]: must not be empty"]);
});

test("a value that holds the unknown one deep inside is not known", () => {
  expect(holdsUnknown({ a: [{ b: UNKNOWN_VALUE }] })).toBe(true);
  expect(holdsUnknown({ a: [{ b: `x${UNKNOWN_VALUE}` }, null, undefined, 1] })).toBe(false);
});

test.each<[string, unknown, string[]]>([
  ["a list", ["1", "2"], ["1", "2"]],
  ["one text with commas", "1, 2,,3", ["1", "2", "3"]],
  ["a list of texts with commas", ["1,2", "2", "3"], ["1", "2", "3"]],
  ["an id past 2^53", ["90071992547409931"], ["90071992547409931"]],
])("task ids are taken as %s", (_name, taskIds, expected) => {
  expect(valuesOf(gate({ taskIds })).taskIds).toEqual(expected);
});

test.each<[string, unknown, string]>([
  ["none", [], "taskIds: must hold at least one task id"],
  ["commas alone", " , ", "taskIds: must hold at least one task id"],
  [
    "a sentence",
    ["task 7"],
    "taskIds: holds something that is not a task id (digits, as PushObjectCache returns them)",
  ],
  [
    "a number, which may have lost digits",
    14286878547,
    "taskIds: must be a list of task ids, or one string with commas",
  ],
])("task ids that are %s are refused", (_name, taskIds, problem) => {
  expect(problemsOf(gate({ taskIds }))).toEqual([problem]);
});

test("a gate over tasks needs no URLs, but takes them", () => {
  expect(valuesOf(gate()).urls).toBeUndefined();
  expect(valuesOf(gate({ urls: [A] })).urls).toHaveLength(1);
  expect(problemsOf(gate({ urls: [] }))).toEqual(["urls: must hold at least one URL"]);
});

test.each(["abc", "15423123921,abc", "15423123921x", "task-1"])(
  "a task id with letters is refused before anything is asked: %s",
  (taskIds) => {
    expect(problemsOf(gate({ taskIds }))).toEqual([
      "taskIds: holds something that is not a task id (digits, as PushObjectCache returns them)",
    ]);
  },
);

const OUTPUT_TEXT = "v-Calling [toString] on an [Output<T>] is not supported.";

test("a trigger that is the text of an Output is refused: it would be the same for every release", () => {
  const parsed = parseInputs("Preload", {
    urls: ["cdn.example.com/a.js"],
    triggers: [{ release: OUTPUT_TEXT }],
  });
  expect(problemsOf(parsed)).toEqual([
    "triggers: holds the text of an Output that was put into a string; build it with pulumi.interpolate or apply",
  ]);
  expect(problemsOf(gate({ taskIds: OUTPUT_TEXT }))[0]).toMatch(/^taskIds: holds the text of an Output/);
});
