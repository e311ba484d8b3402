import { type Difference, differenceOf } from "../../../provider/resources/difference";
import { fingerprintOf } from "../../../provider/resources/fingerprint";
import { UNKNOWN_VALUE } from "../../../provider/resources/inputs";

const program = { urls: ["https://cdn.example.com/a.js"], triggers: ["v1"], wait: true };
const withFingerprint = (inputs: Record<string, unknown>) => ({
  ...inputs,
  inputsFingerprint: fingerprintOf(inputs),
});
const saved = { ...withFingerprint(program), verdict: "passed", accepted: true };

function difference(
  outputs: Record<string, unknown>,
  inputs: Record<string, unknown>,
  wouldOnlyAsk = false,
): Difference {
  return differenceOf(outputs, withFingerprint(inputs), { wouldOnlyAsk });
}

test("nothing changes where the program and a passed verdict are the same", () => {
  expect(difference(saved, program)).toEqual({ changes: false, replaces: [] });
});

test.each<[string, Record<string, unknown>]>([
  ["a longer timeout", { timeout: "2h" }],
  ["another quota check", { quotaCheck: "off" }],
  ["not waiting", { wait: false }],
  ["the URL's spelling", { urls: ["cdn.example.com/a.js"] }],
  ["a default written out", { purgeFirst: false, gate: { maxFailedUrls: 0 } }],
])("%s changes nothing", (_name, change) => {
  expect(difference(saved, { ...program, ...change })).toEqual({ changes: false, replaces: [] });
});

test.each<[string, Record<string, unknown>]>([
  ["an added URL", { urls: [...program.urls, "https://cdn.example.com/b.js"] }],
  ["another URL", { urls: ["https://cdn.example.com/b.js"] }],
  ["another gate", { gate: { minSuccessPercent: 95 } }],
  ["an override", { gate: { override: "known" } }],
])("%s is an update", (_name, change) => {
  expect(difference(saved, { ...program, ...change })).toEqual({ changes: true, replaces: [] });
});

test.each<[string, unknown]>([
  ["triggers", ["v2"]],
  ["triggers", undefined],
  ["area", "overseas"],
  ["l2Preload", true],
  ["queryHashKey", false],
  ["headers", { "X-A": ["1"] }],
  ["purgeFirst", true],
])("another %s is a replacement", (key, value) => {
  expect(difference(saved, { ...program, [key]: value })).toEqual({ changes: true, replaces: [key] });
});

test("a value that is not known yet may be another one", () => {
  expect(difference(saved, { ...program, triggers: [UNKNOWN_VALUE] }).replaces).toEqual(["triggers"]);
  expect(difference(saved, { ...program, urls: UNKNOWN_VALUE })).toEqual({ changes: true, replaces: [] });
});

test.each<[string, Record<string, unknown>, boolean]>([
  ["failed", { verdict: "failed", accepted: false }, true],
  ["inconclusive", { verdict: "inconclusive", accepted: false }, true],
  ["let through by warn", { verdict: "inconclusive", accepted: true, acceptedBy: "warn" }, true],
  ["let through by override", { verdict: "failed", accepted: true, acceptedBy: "override" }, false],
  ["pending", { verdict: "pending", accepted: false }, true],
  ["an unknown one", { verdict: "splendid", accepted: true }, true],
  ["missing", { verdict: undefined, accepted: undefined }, true],
])("a saved verdict that is %s is polled again or not", (_name, verdict, changes) => {
  expect(difference({ ...saved, ...verdict }, program)).toEqual({ changes, replaces: [] });
});

test("without waiting, a pending verdict is no change where an update would only ask", () => {
  const inputs = { ...program, wait: false };
  const pending = { ...saved, verdict: "pending", accepted: false };
  expect(difference(pending, inputs, false).changes).toBe(true);
  expect(difference(pending, inputs, true).changes).toBe(false);
  expect(difference(pending, program, true).changes).toBe(true);
  expect(difference({ ...pending, verdict: "inconclusive" }, inputs, true).changes).toBe(true);
});

test("an empty list of triggers and none are the same", () => {
  const { triggers: _, ...without } = program;
  const savedWithout = { ...withFingerprint(without), verdict: "passed", accepted: true };
  expect(difference(savedWithout, { ...without, triggers: [], headers: {} })).toEqual({
    changes: false,
    replaces: [],
  });
});
