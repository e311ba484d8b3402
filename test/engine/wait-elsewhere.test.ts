/** @jest-environment ./test/engine/rejection-environment.ts */
import { callService } from "../emulator/call-service";
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";
import { HOSTS, PLUGIN } from "./hosts";

describe.each(HOSTS)("$name", (host) => {
  const { Preload, PreloadGate } = host;

  const BAD_URL = "https://cdn.example.com/emulate-retcode-500-once/app.js";
  const GOOD_URL = "https://cdn.example.com/app.css";

  describe("a Preload with wait: false and a PreloadGate", () => {
    let stack: EngineStack;
    beforeAll(async () => {
      stack = await EngineStack.create({ host });
      stack.program = () => {
        const push = new Preload("push", { urls: [BAD_URL, GOOD_URL], wait: false });
        const gate = new PreloadGate("gate", { taskIds: push.taskIds });
        new Dependent("live", { passed: gate.passed }, { dependsOn: gate });
      };
    });
    afterAll(() => stack.close());

    // One story: each test goes on from the state that the one before it has left.

    test("the first up submits without waiting, and the gate fails it", async () => {
      const up = await stack.up();
      expect(up.exitCode).toBeGreaterThan(0);
      expect(stack.resource("push").outputs).toMatchObject({
        verdict: "pending",
        accepted: false,
        reasons: [],
      });
      expect(stack.resource("push").initErrors ?? []).toEqual([]);
      expect(stack.resource("gate").outputs.verdict).toBe("failed");
      expect(up.output).toMatch(
        /cdn\.example\.com\/emulate-retcode-500-once\/app\.js: preload failed, 0% of POPs hold it \(task \d+, domain cdn\.example\.com, RetCode 500/,
      );
      expect(up.output).toContain("This gate itself submits nothing.");
      expect(stack.find("live")).toBeUndefined();
      expect(stack.emulator.submissionCount()).toBe(2);
    });

    test("the second up submits again only what failed, and the gate passes by the new task", async () => {
      const before = stack.resource("push").outputs.taskIds;
      const up = await stack.up();
      expect(up.exitCode).toBe(0);
      expect(stack.emulator.submissionCount(BAD_URL)).toBe(2);
      expect(stack.emulator.submissionCount(GOOD_URL)).toBe(1);
      expect(stack.resource("gate").outputs.taskIds).not.toEqual(before);
      expect(stack.resource("gate").outputs.verdict).toBe("passed");
      expect(stack.find("live")).toBeDefined();
    });

    test("the third up sees the tasks passed, and neither changes nor submits anything", async () => {
      const third = await stack.up();
      expect(third.exitCode).toBe(0);
      expect(third.output).toMatch(/Resources:\n +4 unchanged/);
      expect(stack.resource("push").outputs.verdict).toBe("pending");
      expect(stack.emulator.submissionCount()).toBe(3);
    });
  });

  // What follows is the same code in both hosts.
  if (host === PLUGIN) return;

  test("gates on tasks that a plain HTTP client has started pass or fail, each by what it lists, and submit nothing", async () => {
    const stack = await EngineStack.create({ host });
    try {
      const passing = await push(stack, ["https://a.example.com/app.js", "https://b.example.com/app.js"]);
      const mixed = await push(stack, [
        "https://c.example.com/app.js",
        "https://c.example.com/emulate-zero-pops/x",
      ]);
      stack.program = () => {
        const console_ = new PreloadGate("by-comma-list", { taskIds: passing });
        new Dependent("live", { passed: console_.passed }, { dependsOn: console_ });
        new PreloadGate("all-urls", { taskIds: mixed.split(",") });
        new PreloadGate("one-url", { taskIds: [mixed], urls: ["https://c.example.com/app.js"] });
        new PreloadGate("wrong-url", { taskIds: [mixed], urls: ["https://c.example.com/other.js"] });
      };
      const up = await stack.up({ continueOnError: true });
      expect(up.exitCode).toBeGreaterThan(0);

      expect(passing).toMatch(/^\d+,\d+$/);
      expect(stack.resource("by-comma-list").outputs).toMatchObject({
        verdict: "passed",
        taskIds: passing.split(","),
        summary: { urls: 2, preloaded: 2 },
      });
      expect(stack.find("live")).toBeDefined();
      expect(stack.resource("one-url").outputs).toMatchObject({ verdict: "passed", summary: { urls: 1 } });
      expect(stack.resource("all-urls").initErrors?.[1]).toMatch(
        /^c\.example\.com\/emulate-zero-pops\/x: 0% of POPs hold it, at least one POP must \(task \d+, domain c\.example\.com, RetCode 0/,
      );
      expect(stack.resource("wrong-url").initErrors?.slice(0, 2)).toEqual([
        "CDN preload inconclusive; of 1 URL: 1 unknown.",
        expect.stringMatching(
          /^https:\/\/c\.example\.com\/other\.js: its task ended without a row for it \(task \d+/,
        ),
      ]);
      expect(stack.emulator.submissionCount()).toBe(4);
    } finally {
      await stack.close();
    }
  });

  /** Submits as any client would that knows nothing of this package. */
  async function push(stack: EngineStack, urls: readonly string[]): Promise<string> {
    const request = { operation: "PushObjectCache", parameters: { ObjectPath: urls.join("\n") } };
    const answer = await callService(stack.emulator, request, { asForm: true });
    return answer.json.PushTaskId;
  }
});
