/** @jest-environment ./test/engine/rejection-environment.ts */
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";
import { HOSTS, PLUGIN } from "./hosts";

describe.each(HOSTS)("$name", (host) => {
  const { Preload } = host;

  const ENDLESS_URL = "https://a.example.com/emulate-never-ends/app.js";
  const ENDLESS_TOO_URL = "https://b.example.com/emulate-never-ends/app.js";

  let stack: EngineStack;
  afterEach(() => stack.close());

  test("a deadline fails the gate by default, customTimeouts wins over timeout, and the next up resumes without a submission", async () => {
    stack = await EngineStack.create({ host });
    stack.program = () => {
      const warm = new Preload("warm", { urls: [ENDLESS_URL], timeout: "6s" });
      new Dependent("live", {}, { dependsOn: warm });
      const customTimeouts = { create: "5s", update: "5s" };
      new Preload("custom", { urls: [ENDLESS_TOO_URL], timeout: "1h" }, { customTimeouts });
    };
    const up = await stack.up({ continueOnError: true });
    expect(up.exitCode).toBeGreaterThan(0);
    const [headline, line, next] = stack.resource("warm").initErrors ?? [];
    expect(headline).toBe("CDN preload inconclusive at the deadline, after 6s; of 1 URL: 1 still pending.");
    expect(line).toMatch(
      /^https:\/\/a\.example\.com\/emulate-never-ends\/app\.js: its task still runs \(task \d+, domain a\.example\.com, status Refreshing, 62\.5% of POPs done, request [0-9A-F-]+\)\.$/,
    );
    expect(next).toBe(
      "Next: run `pulumi up` again. It goes on with the same tasks and submits nothing that still runs.",
    );
    for (const reason of stack.resource("warm").initErrors ?? []) expect(up.output).toContain(reason);
    expect(stack.resource("warm").outputs.verdict).toBe("inconclusive");
    expect(stack.find("live")).toBeUndefined();
    expect(stack.resource("custom").initErrors?.[0]).toBe(
      "CDN preload inconclusive at the deadline, after 5s; of 1 URL: 1 still pending.",
    );

    stack.emulator.changeScript(ENDLESS_URL, "completes-at-once");
    stack.emulator.changeScript(ENDLESS_TOO_URL, "completes-at-once");
    const resumed = await stack.up();
    expect(resumed.exitCode).toBe(0);
    expect(stack.resource("warm").outputs.verdict).toBe("passed");
    expect(stack.find("live")).toBeDefined();
    expect(stack.emulator.submissionCount()).toBe(2);
  });

  // What follows is the same code in both hosts.
  if (host === PLUGIN) return;

  test('onInconclusive: "warn" goes on after a deadline with a warning, and each next up looks again until it is settled', async () => {
    stack = await EngineStack.create({ host });
    stack.program = () => {
      const warm = new Preload("warm", {
        urls: [ENDLESS_URL],
        timeout: "6s",
        gate: { onInconclusive: "warn" },
      });
      new Dependent("live", { passed: warm.passed }, { dependsOn: warm });
    };
    const warning =
      /\S+:Preload \(warm\):\n +warning: Let through by gate\.onInconclusive "warn"\.\n +CDN preload inconclusive at the deadline, after 6s; of 1 URL: 1 still pending\./;
    const up = await stack.up();
    expect(up.exitCode).toBe(0);
    expect(up.output).toMatch(warning);
    expect(stack.resource("warm").outputs).toMatchObject({
      verdict: "inconclusive",
      accepted: true,
      acceptedBy: "warn",
    });
    expect(stack.find("live")).toBeDefined();

    const again = await stack.up();
    expect(again.exitCode).toBe(0);
    expect(again.output).toMatch(warning);

    stack.emulator.changeScript(ENDLESS_URL, "completes-at-once");
    const settled = await stack.up();
    expect(settled.output).not.toContain("warning");
    expect(stack.resource("warm").outputs).toMatchObject({ verdict: "passed", accepted: true, reasons: [] });
    expect(stack.resource("warm").outputs).not.toHaveProperty("acceptedBy");
    expect(stack.emulator.submissionCount()).toBe(1);
  });
});
