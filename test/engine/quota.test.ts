/** @jest-environment ./test/engine/rejection-environment.ts */

import { Preload, type PreloadArgs } from "../../provider";
import { untilQuotaResetMs } from "../../provider/core/quota-plan";
import { EngineStack } from "./engine-stack";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** What lies between the message and the look at this machine's clock, in milliseconds, on a busy machine. */
const TOLERANCE_MS = 3 * 60_000;

const urlsOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => `https://cdn.example.com/${name}/${n}.js`);

let stack: EngineStack;
beforeAll(async () => {
  stack = await EngineStack.create();
});
afterAll(() => stack.close());
beforeEach(() => stack.emulator.reset());

/** Puts these in the stack; none of them waits, since the quota is all that is asked for. */
function declare(resources: Readonly<Record<string, PreloadArgs>>): void {
  stack.program = () => {
    for (const [name, args] of Object.entries(resources)) new Preload(name, { wait: false, ...args });
  };
}

test("a quota that is too small warns in the preview and fails up, which submits nothing and says what is needed, left, and when it resets", async () => {
  stack.emulator.configure({ quotas: { preloadL1: 2 } });
  declare({ small: { urls: urlsOf("small", 3) } });
  const tooSmall =
    "3 URLs need more than the quota has: 2 of 2 preload URLs left today (resets at 00:00 UTC+8";

  const preview = await stack.preview();
  expect(preview.exitCode).toBe(0);
  expect(preview.output).toContain(`warning: ${tooSmall}`);

  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toContain(`error: Nothing was preloaded: ${tooSmall}`);
  expect(up.output).toContain("Wait until the quota resets (00:00 UTC+8)");
  const resetsIn = durationMs(/\(resets at 00:00 UTC\+8, in ([^)]*)\)/.exec(up.output)?.[1] ?? "");
  const differenceMs = Math.abs(resetsIn - untilQuotaResetMs(Date.now()));
  expect(Math.min(differenceMs, DAY_MS - differenceMs)).toBeLessThan(TOLERANCE_MS);
  expect(stack.emulator.submissionCount()).toBe(0);
  expect(stack.emulator.calls.filter(({ operation }) => operation === "PushObjectCache")).toEqual([]);
  expect(stack.find("small")).toBeUndefined();
});

test("two resources of one up do not both count on the same remainder: the second is refused before anything of it is sent", async () => {
  stack.emulator.configure({ quotas: { preloadL1: 5 } });
  declare({ one: { urls: urlsOf("one", 3) }, two: { urls: urlsOf("two", 3) } });
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toContain(
    "3 URLs need more than the quota has: 5 of 5 preload URLs left today, 3 of them taken by other resources of this run (resets at 00:00 UTC+8",
  );
  expect(stack.emulator.submissionCount()).toBe(3);
  expect(stack.emulator.calls.filter(({ operation }) => operation === "PushObjectCache")).toHaveLength(1);
  expect([stack.find("one"), stack.find("two")].filter(Boolean)).toHaveLength(1);
});

test("quotaCheck warn says so and submits, off does not even look", async () => {
  // The answer is behind: the service itself takes the URLs.
  stack.emulator.onAnswer((operation, body) =>
    operation === "DescribeRefreshQuota" ? { ...body, PreloadEdgeRemain: "0" } : body,
  );
  declare({
    warns: { urls: urlsOf("warns", 2), quotaCheck: "warn" },
    off: { urls: urlsOf("off", 2), quotaCheck: "off" },
  });
  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  expect(up.output).toMatch(
    /Preload \(warns\):\n +warning: 2 URLs need more than the quota has: 0 of 1000 preload URLs left today \(resets at .*\)\. Submitting anyway, because quotaCheck is "warn"\./,
  );
  expect(up.output).not.toMatch(/Preload \(off\):\n +warning/);
  expect(stack.emulator.submissionCount()).toBe(4);
});

test("l2Preload draws on the other count", async () => {
  stack.emulator.configure({ quotas: { preloadL1: 0, preloadL2: 2 } });
  declare({ edge: { urls: urlsOf("edge", 2) }, l2: { urls: urlsOf("l2", 2), l2Preload: true } });
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toContain("2 URLs need more than the quota has: 0 of 0 preload URLs left today");
  expect(stack.find("l2")?.outputs.verdict).toBe("pending");
  expect(stack.emulator.submissions().map(({ url }) => url)).toEqual(urlsOf("l2", 2));
});

test("a purge draws on the refresh quota: too small, nothing is purged and nothing preloaded", async () => {
  stack.emulator.configure({ quotas: { refreshUrls: 1 } });
  declare({ purged: { urls: urlsOf("purged", 2), purgeFirst: true } });
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toContain(
    "error: Nothing was purged: 2 URLs need more than the quota has: 1 of 1 refresh URLs left today (resets at 00:00 UTC+8",
  );
  expect(stack.emulator.purgeCount()).toBe(0);
  expect(stack.emulator.submissionCount()).toBe(0);
});

/** `5h 3m 20s` in milliseconds. */
function durationMs(text: string): number {
  const UNITS = { h: 3_600_000, m: 60_000, s: 1_000 } as const;
  const parts = [...text.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
}
