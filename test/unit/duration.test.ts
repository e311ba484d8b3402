import fc from "fast-check";
import { parseDurationMs, showDuration } from "../../provider/core/duration";

test.each<[string, number]>([
  ["90s", 90_000],
  ["45m", 2_700_000],
  ["2h", 7_200_000],
  ["1h30m", 5_400_000],
  ["1h30m15s250ms", 5_415_250],
  ["1.5h", 5_400_000],
  ["0.5s", 500],
  ["500ms", 500],
  ["0h1s", 1_000],
  ["  10s ", 10_000],
  ["10s5s", 15_000],
])("%p is a duration", (text, durationMs) => {
  expect(parseDurationMs(text)).toBe(durationMs);
});

test.each<[string]>([
  [""],
  [" "],
  ["10"],
  ["s"],
  ["10 s"],
  ["-10s"],
  ["+10s"],
  ["10S"],
  ["10sec"],
  ["1d"],
  ["1e3s"],
  [".5s"],
  ["1.s"],
  ["1,5h"],
  ["Infinity"],
  ["10s\n20m x"],
  ["1٠s"],
  [`${"9".repeat(400)}h`],
])("%p is no duration", (text) => {
  expect(parseDurationMs(text)).toBeUndefined();
});

test.each<[string]>([["0s"], ["0h0m0s"], ["0.0ms"], ["0.4ms"]])(
  "a duration of nothing (%s) is none",
  (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
  },
);

test("a duration is always a whole number of milliseconds above 0", () => {
  const part = fc.tuple(
    fc.oneof(
      fc.nat(),
      fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value.toFixed(4)),
    ),
    fc.constantFrom("ms", "s", "m", "h"),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const durationMs = parseDurationMs(parts.map((piece) => piece.join("")).join(""));
      if (durationMs === undefined) return;
      expect(Number.isInteger(durationMs)).toBe(true);
      expect(durationMs).toBeGreaterThan(0);
    }),
  );
});

test.each<[number, string]>([
  [0, "0s"],
  [-5_000, "0s"],
  [499, "0s"],
  [500, "1s"],
  [59_999, "1m"],
  [60_000, "1m"],
  [61_000, "1m 1s"],
  [3_600_000, "1h"],
  [7_384_000, "2h 3m 4s"],
  [3_599_600, "1h"],
  [259_200_000, "72h"],
])("%d ms is shown as %s", (durationMs, text) => {
  expect(showDuration(durationMs)).toBe(text);
});

test("what is shown is read back to the second", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seconds) => {
      expect(parseDurationMs(showDuration(seconds * 1000).replaceAll(" ", ""))).toBe(seconds * 1000);
    }),
  );
});
