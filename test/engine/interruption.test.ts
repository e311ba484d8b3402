import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";
import { HOSTS, PLUGIN } from "./hosts";
import { until } from "./until";

describe.each(HOSTS)("$name", (host) => {
  const { Preload } = host;

  const SLOW_URL = "https://cdn.example.com/emulate-stalls-at-99/app.js";
  /** What a user may be kept waiting after Ctrl-C. */
  const LONGEST_EXIT_MS = 2_000;

  let stack: EngineStack;
  beforeEach(async () => {
    stack = await EngineStack.create({ host });
    stack.program = () => {
      const warm = new Preload("warm", { urls: [SLOW_URL] });
      new Dependent("live", {}, { dependsOn: warm });
    };
  });
  afterEach(() => stack.close());

  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s while a create waits ends the command within two seconds and keeps the task id, and the next up submits nothing",
    async (signal) => {
      const run = stack.up();
      await until(() =>
        stack.emulator.calls.some(({ operation }) => operation === "DescribePreloadDetailById"),
      );
      const exitedAfterMs = await interrupt(signal, run);

      expect(exitedAfterMs).toBeLessThan(LONGEST_EXIT_MS);
      const { exitCode, output } = await run;
      expect(exitCode).toBeGreaterThan(0);
      expect(output).toContain("CDN preload inconclusive; of 1 URL: 1 still pending.");
      expect(output).toContain(
        "The wait was interrupted. What was submitted goes on. Run `pulumi up` again to go on waiting",
      );
      expect(stack.resource("warm").outputs).toMatchObject({
        verdict: "inconclusive",
        accepted: false,
        taskIds: [stack.emulator.tasks()[0]?.taskId],
      });
      expect(stack.pendingOperations()).toEqual([]);
      expect(stack.find("live")).toBeUndefined();

      stack.emulator.changeScript(SLOW_URL, "completes-at-once");
      const next = await stack.up();
      expect(next.exitCode).toBe(0);
      expect(stack.resource("warm").outputs.verdict).toBe("passed");
      expect(stack.find("live")).toBeDefined();
      expect(stack.emulator.submissionCount()).toBe(1);
    },
  );

  test("an engine that is killed outright leaves no host behind that goes on submitting", async () => {
    stack.program = () => {
      const urls = Array.from({ length: 300 }, (_, n) => `https://cdn.example.com/${n}.js`);
      new Preload("warm", { urls });
    };
    stack.emulator.setFaults([{ kind: "delay", operation: "PushObjectCache", toCall: null, delayMs: 700 }]);
    const run = stack.up();
    await until(() => stack.emulator.submissionCount() === 100);
    stack.signal("SIGKILL");
    await run;
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    // The call that was under way may still have arrived.
    expect(stack.emulator.submissionCount()).toBeLessThanOrEqual(200);
    expect(stack.pendingOperations()).toHaveLength(1);
  });

  // What follows is the same code in both hosts.
  if (host === PLUGIN) return;

  test("a Ctrl-C right after the submission was sent waits for its answer, and keeps the task id", async () => {
    stack.emulator.setFaults([
      { kind: "delay", operation: "PushObjectCache", delayMs: 500, afterWork: true },
    ]);
    const run = stack.up();
    await until(() => stack.emulator.submissionCount() === 1);
    expect(await interrupt("SIGINT", run)).toBeLessThan(LONGEST_EXIT_MS);
    expect(stack.resource("warm").outputs).toMatchObject({
      taskIds: [stack.emulator.tasks()[0]?.taskId],
      saved: { openAttempts: [] },
    });
    expect(stack.pendingOperations()).toEqual([]);
  });

  test("a Ctrl-C while a submission is not answered ends within two seconds too, and keeps it as one that may have been accepted", async () => {
    stack.emulator.setFaults([{ kind: "hang", operation: "PushObjectCache" }]);
    const run = stack.up();
    await until(() => stack.emulator.calls.some(({ operation }) => operation === "PushObjectCache"));
    expect(await interrupt("SIGINT", run)).toBeLessThan(LONGEST_EXIT_MS);
    expect((await run).output).toMatch(/the service may or may not have accepted its submission/);
    expect(stack.resource("warm").outputs).toMatchObject({
      verdict: "inconclusive",
      results: [{ url: SLOW_URL, state: "unknown" }],
      saved: { openAttempts: [{ urls: [SLOW_URL] }] },
    });
    expect(stack.pendingOperations()).toEqual([]);
  });

  /** Signals the command line, and says how long it went on. */
  async function interrupt(signal: "SIGINT" | "SIGTERM", run: Promise<unknown>): Promise<number> {
    const signalledAtMs = performance.now();
    stack.signal(signal);
    await run;
    return performance.now() - signalledAtMs;
  }
});
