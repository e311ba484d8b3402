import fc from "fast-check";
import { canonicalJson, fingerprintOf, withoutDefaults } from "../../../provider/resources/fingerprint";

const inputs = {
  urls: ["https://cdn.example.com/a.js", "https://cdn.example.com/b.js"],
  triggers: ["1", { b: 1, a: [2] }],
  gate: { minSuccessPercent: 95 },
};

test.each<[string, Record<string, unknown>]>([
  ["the URLs' order", { urls: inputs.urls.toReversed() }],
  ["a URL twice", { urls: [...inputs.urls, inputs.urls[0]] }],
  ["another spelling of a URL", { urls: [" http://CDN.example.com:80/a.js ", "cdn.example.com/b.js"] }],
  [
    "a gate's default written out",
    { gate: { minSuccessPercent: 95, maxFailedUrls: 0, requireDetail: false, onInconclusive: "fail" } },
  ],
  ["null for what is absent", { area: null, gate: { minSuccessPercent: 95, override: null } }],
  ["the order of keys", { triggers: ["1", { a: [2], b: 1 }] }],
  ["purgeFirst at its default", { purgeFirst: false }],
  ["how it is executed", { timeout: "1h", wait: false, quotaCheck: "off", adoptInFlight: true }],
  ["what is no input", { __provider: "x", context: { urn: "y" }, inputsFingerprint: "z" }],
])("%s does not change the fingerprint", (_name, change) => {
  expect(fingerprintOf({ ...inputs, ...change })).toBe(fingerprintOf(inputs));
});

test.each<[string, Record<string, unknown>]>([
  ["another URL", { urls: ["https://cdn.example.com/a.js", "https://cdn.example.com/c.js"] }],
  ["one URL less", { urls: ["https://cdn.example.com/a.js"] }],
  ["a path in another case", { urls: ["https://cdn.example.com/A.js", "https://cdn.example.com/b.js"] }],
  ["another trigger", { triggers: ["2", { b: 1, a: [2] }] }],
  ["triggers in another order", { triggers: [{ b: 1, a: [2] }, "1"] }],
  ["an area", { area: "domestic" }],
  ["L2 POPs only", { l2Preload: true }],
  ["a hash key", { queryHashKey: false }],
  ["headers", { headers: { "Accept-Encoding": ["gzip"] } }],
  ["a purge first", { purgeFirst: true }],
  ["another minimum", { gate: { minSuccessPercent: 96 } }],
  ["allowed failures", { gate: { minSuccessPercent: 95, maxFailedUrls: 1 } }],
  ["a warning only", { gate: { minSuccessPercent: 95, onInconclusive: "warn" } }],
  ["an override", { gate: { minSuccessPercent: 95, override: "known" } }],
  ["no gate", { gate: undefined }],
  ["tasks", { taskIds: ["1"] }],
])("%s changes the fingerprint", (_name, change) => {
  expect(fingerprintOf({ ...inputs, ...change })).not.toBe(fingerprintOf(inputs));
});

test("task ids are a set, in one text or a list", () => {
  const one = fingerprintOf({ taskIds: ["1", "2"] });
  expect(fingerprintOf({ taskIds: "2, 1" })).toBe(one);
  expect(fingerprintOf({ taskIds: ["2,1", "1"] })).toBe(one);
  expect(fingerprintOf({ taskIds: ["1", "2", "3"] })).not.toBe(one);
});

test("the fingerprint does not depend on the order or the doubling of URLs", () => {
  const urls = fc.array(fc.constantFrom("a.example.com/1", "a.example.com/2", "b.example.com/1"), {
    minLength: 1,
  });
  fc.assert(
    fc.property(urls, (list) => {
      expect(fingerprintOf({ urls: [...list.toReversed(), ...list] })).toBe(fingerprintOf({ urls: list }));
    }),
  );
});

test("equal values have equal texts, whatever the order of their keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
    }),
  );
});

test("values that differ have texts that differ", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean())),
      fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean())),
      (left, right) => {
        const isSame = JSON.stringify(left) === JSON.stringify(right);
        expect(canonicalJson(left) === canonicalJson(right)).toBe(isSame);
      },
    ),
  );
});

test("a gate at its defaults is none", () => {
  expect(withoutDefaults(undefined)).toBeUndefined();
  expect(withoutDefaults({ minSuccessPercent: 0, onInconclusive: "fail" })).toBeUndefined();
  expect(withoutDefaults({ minSuccessPercent: 1, maxFailedUrls: 0 })).toEqual({ minSuccessPercent: 1 });
});
