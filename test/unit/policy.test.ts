import { needsDetail } from "../../provider/core/policy";
import { gatePolicy } from "../../provider/core/policy-schema";
import { problemsOf } from "../../provider/core/problems";
import { wordingFor } from "../support/words";

test("a policy of nothing has the documented defaults", () => {
  expect(gatePolicy.parse({})).toEqual({
    minSuccessPercent: 0,
    maxFailedUrls: 0,
    requireDetail: false,
    onInconclusive: "fail",
  });
});

test.each<[string, Record<string, unknown>, string]>([
  ["a share below 0", { minSuccessPercent: -1 }, "minSuccessPercent must be a number from 0 to 100"],
  ["a share above 100", { minSuccessPercent: 100.1 }, "minSuccessPercent must be a number from 0 to 100"],
  ["a share that is a text", { minSuccessPercent: "95" }, "minSuccessPercent must be a number from 0 to 100"],
  [
    "a share that is no number",
    { minSuccessPercent: Number.NaN },
    "minSuccessPercent must be a number from 0 to 100",
  ],
  ["half a URL", { maxFailedUrls: 0.5 }, "maxFailedUrls must be a whole number of URLs"],
  ["fewer than no URLs", { maxFailedUrls: -1 }, "maxFailedUrls must not be negative"],
  [
    "endless URLs",
    { maxFailedUrls: Number.POSITIVE_INFINITY },
    "maxFailedUrls must be a whole number of URLs",
  ],
  ["a truth that is a text", { requireDetail: "true" }, "requireDetail must be true or false"],
  ["a third way to end", { onInconclusive: "pass" }, 'onInconclusive must be "fail" or "warn"'],
  ["an override without a reason", { override: "" }, "override must be a reason, in words"],
  ["an override of white space", { override: " \n" }, "override must be a reason, in words"],
  ["an override that is no text", { override: true }, "override must be a reason, in words"],
])("%s is refused", (_name, value, expected) => {
  const parsed = gatePolicy.safeParse(value);
  expect(parsed.success).toBe(false);
  expect(wordingFor().placed(problemsOf(parsed.error!)[0]!)).toBe(expected);
});

test.each<[string, Record<string, unknown>, boolean]>([
  ["the default", {}, false],
  ["a share of 0", { minSuccessPercent: 0 }, false],
  ["the smallest share", { minSuccessPercent: 0.01 }, true],
  ["required details", { requireDetail: true }, true],
])("%s needs details or does not", (_name, value, expected) => {
  expect(needsDetail(gatePolicy.parse(value))).toBe(expected);
});
