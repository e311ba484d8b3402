/** @jest-environment ./test/engine/rejection-environment.ts */
import { Preload } from "../../provider";
import { EngineStack } from "./engine-stack";
import { until } from "./until";

const BAD = "https://cdn.example.com/emulate-retcode-500-once/app.js";
const GOOD = "https://cdn.example.com/app.css";

let stack: EngineStack;
beforeAll(async () => {
  stack = await EngineStack.create({ emulator: { speed: 5 } });
});
afterAll(() => stack.close());

const operations = () => stack.emulator.calls.map(({ operation }) => operation);
const countOf = (wanted: string) => operations().filter((operation) => operation === wanted).length;

describe("a preload that purges first", () => {
  beforeAll(() => {
    // At speed 5: twenty-four seconds.
    stack.emulator.setScenario({ rules: [{ host: "**", task: "refresh", script: "stalls-at-99" }] });
    stack.program = () => new Preload("warm", { urls: [BAD, GOOD], purgeFirst: true });
  });

  // One story: each test goes on from the state that the one before it has left.

  test("interrupted while it waits for the purge, it has preloaded nothing and keeps the purge's task", async () => {
    const run = stack.up();
    await until(() => countOf("DescribeRefreshTaskById") > 0);
    stack.signal("SIGINT");
    expect((await run).exitCode).toBeGreaterThan(0);
    expect(stack.emulator.purgeCount()).toBe(2);
    expect(stack.emulator.submissionCount()).toBe(0);
    const purgeTaskId = stack.emulator.purges()[0]?.taskId;
    expect(stack.resource("warm").outputs).toMatchObject({
      verdict: "inconclusive",
      results: [
        { url: BAD, state: "notSubmitted", purgeTaskId },
        { url: GOOD, state: "notSubmitted", purgeTaskId },
      ],
    });
  });

  test("the next up goes on at the right step: it purges nothing, waits until the purge has ended, then preloads", async () => {
    const before = stack.emulator.calls.length;
    const run = stack.up();
    // It polls the purge that still runs, and preloads nothing meanwhile.
    await until(() => operations().slice(before).includes("DescribeRefreshTaskById"));
    expect(stack.emulator.submissionCount()).toBe(0);
    for (const url of [BAD, GOOD]) stack.emulator.changeScript(url, "completes-at-once");
    const { exitCode, output } = await run;
    const after = operations().slice(before);
    expect(after).not.toContain("RefreshObjectCaches");
    expect(after.indexOf("PushObjectCache")).toBeGreaterThan(after.indexOf("DescribeRefreshTaskById"));
    expect(operations().indexOf("RefreshObjectCaches")).toBeLessThan(operations().indexOf("PushObjectCache"));
    expect(exitCode).toBeGreaterThan(0);
    expect(output).toContain("CDN preload failed; of 2 URLs: 1 preloaded, 1 failed.");
  });

  test("the repair submits what failed and does not purge it again", async () => {
    const { exitCode } = await stack.up();
    expect(exitCode).toBe(0);
    expect(stack.resource("warm").outputs.verdict).toBe("passed");
    expect([BAD, GOOD].map((url) => stack.emulator.submissionCount(url))).toEqual([2, 1]);
    expect([BAD, GOOD].map((url) => stack.emulator.purgeCount(url))).toEqual([1, 1]);
    expect(countOf("RefreshObjectCaches")).toBe(1);
  });
});

test("a purge that failed is named, nothing is preloaded after it, and the next up purges only that URL again", async () => {
  const [stale, fresh] = ["https://cdn.example.com/stale.js", "https://cdn.example.com/fresh.js"] as const;
  stack.emulator.setScenario({
    rules: [{ url: stale, task: "refresh", script: "failed-status", firstSubmissions: 1 }],
  });
  stack.program = () => new Preload("again", { urls: [stale, fresh], purgeFirst: true });
  const failing = await stack.up();
  expect(failing.exitCode).toBeGreaterThan(0);
  expect(failing.output).toMatch(
    /The purge before the preload failed: https:\/\/cdn\.example\.com\/stale\.js \(task \d+, status Failed, "Origin Timeout"\)\. Nothing was preloaded after it\./,
  );
  expect([stale, fresh].map((url) => stack.emulator.submissionCount(url))).toEqual([0, 0]);

  const next = await stack.up();
  expect(next.exitCode).toBe(0);
  expect([stale, fresh].map((url) => stack.emulator.purgeCount(url))).toEqual([2, 1]);
  expect([stale, fresh].map((url) => stack.emulator.submissionCount(url))).toEqual([1, 1]);
});
