/** @jest-environment ./test/engine/rejection-environment.ts */
import { Preload } from "../../provider";
import { EngineStack } from "./engine-stack";

let stack: EngineStack;
afterEach(() => stack.close());

test("250 URLs on three domains go out in calls of at most 100, are mapped to their tasks, and have one verdict", async () => {
  stack = await EngineStack.create();
  const wanted = { "a.example.com": 120, "b.example.com": 80, "c.example.com": 50 };
  const urls = Object.entries(wanted).flatMap(([domain, count]) =>
    Array.from({ length: count }, (_, n) => `https://${domain}/${n}.js?v=${n}`),
  );
  const shuffled = urls.toSorted((a, b) => a.slice(22).localeCompare(b.slice(22)));
  const bad = "https://b.example.com/emulate-zero-pops/x.js";
  stack.program = () =>
    new Preload("warm", { urls: [...shuffled.slice(1), bad], gate: { maxFailedUrls: 1 } });

  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  expect(up.output).toContain("submitting 250 URLs in 3 calls");
  expect(up.output).toContain("Passed although 1 of 250 URLs failed: gate.maxFailedUrls allows it.");

  const batches = stack.emulator.calls
    .filter(({ operation }) => operation === "PushObjectCache")
    .map(({ parameters }) => parameters.ObjectPath?.split("\n").length);
  expect(batches).toEqual([100, 100, 50]);
  const submissions = stack.emulator.submissions();
  expect(submissions.map(({ url }) => url).toSorted()).toEqual([...shuffled.slice(1), bad].toSorted());

  const { outputs } = stack.resource("warm");
  const results = outputs.results as { url: string; taskId: string; domain: string; state: string }[];
  expect(results.map(({ url }) => url)).toEqual([...shuffled.slice(1), bad]);
  const taskOf = new Map(submissions.map(({ url, taskId }) => [url, taskId]));
  for (const { url, taskId, domain } of results) {
    expect([url, taskId, domain]).toEqual([url, taskOf.get(url), new URL(url).host]);
  }
  expect(new Set(outputs.taskIds as string[])).toEqual(new Set(taskOf.values()));
  expect((outputs.taskIds as string[]).length).toBeGreaterThanOrEqual(3);
  expect(results.filter(({ state }) => state === "failed").map(({ url }) => url)).toEqual([bad]);
  expect(outputs).toMatchObject({ verdict: "passed", summary: { urls: 250, preloaded: 249, failed: 1 } });
});

test("two resources that push to one domain within one second get one task id, and each judges only its own URLs", async () => {
  // Stands still until both have submitted, so that no second passes between them.
  let startedAtMs = Date.now();
  const clock = {
    nowMs: () => {
      if (stack.emulator.submissionCount() >= 3) return Date.now();
      return startedAtMs;
    },
  };
  stack = await EngineStack.create({ emulator: { clock } });
  startedAtMs = Date.now();
  const failing = "https://cdn.example.com/emulate-zero-pops/app.js";
  stack.program = () => {
    new Preload("good", { urls: ["https://cdn.example.com/app.js"] });
    new Preload("bad", { urls: [failing, "https://cdn.example.com/other.js"] });
  };
  const up = await stack.up({ continueOnError: true });
  expect(up.exitCode).toBeGreaterThan(0);

  const [task, ...others] = stack.emulator.tasks();
  expect(others).toEqual([]);
  expect(stack.resource("good").outputs).toMatchObject({
    verdict: "passed",
    taskIds: [task?.taskId],
    results: [{ url: "https://cdn.example.com/app.js", state: "preloaded" }],
  });
  expect(stack.resource("bad").outputs).toMatchObject({
    verdict: "failed",
    taskIds: [task?.taskId],
    results: [
      { url: failing, state: "failed", successPercent: 0 },
      { url: "https://cdn.example.com/other.js", state: "preloaded" },
    ],
  });
});
