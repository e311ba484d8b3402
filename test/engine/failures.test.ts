/** @jest-environment ./test/engine/rejection-environment.ts */
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";
import { HOSTS } from "./hosts";

describe.each(HOSTS)("$name", (host) => {
  const { Preload } = host;

  /** Each gate's URL that goes wrong, and what the user reads of it. */
  const GATES = {
    retcode: {
      url: "https://a.example.com/emulate-retcode-500/app.js",
      reason:
        /https:\/\/a\.example\.com\/emulate-retcode-500\/app\.js: preload failed, 0% of POPs hold it \(task \d+, domain a\.example\.com, RetCode 500, status Complete, request [0-9A-F-]+\)\. The service says: "Origin Return StatusCode 5XX\|Internal Error"/,
    },
    status: {
      url: "https://b.example.com/emulate-failed-status/app.js",
      reason:
        /https:\/\/b\.example\.com\/emulate-failed-status\/app\.js: preload failed, 0% of POPs hold it \(task \d+, domain b\.example\.com, RetCode 504, status Failed, request [0-9A-F-]+\)\. The service says: "Origin Timeout"/,
    },
    zero: {
      url: "https://c.example.com/emulate-zero-pops/app.js",
      reason:
        /https:\/\/c\.example\.com\/emulate-zero-pops\/app\.js: 0% of POPs hold it, at least one POP must \(task \d+, domain c\.example\.com, RetCode 0, status Complete, request [0-9A-F-]+\)\. The service says: "Origin Timeout"/,
    },
  } as const;
  const GOOD_URLS = ["a", "b", "c"].map((host) => `https://${host}.example.com/app.css`);
  const BAD_URLS = Object.values(GATES).map(({ url }) => url);

  /** Three gates, each with a URL that fails and one that passes, and a dependent that takes its verdict. */
  function release(): void {
    for (const [name, { url }] of Object.entries(GATES)) {
      const good = `https://${new URL(url).host}/app.css`;
      const gate = new Preload(name, { urls: [url, good] });
      new Dependent(`after-${name}`, { passed: gate.passed }, { dependsOn: gate });
    }
  }

  const submissionsOf = (urls: readonly string[]) => urls.map((url) => stack.emulator.submissionCount(url));
  const verdicts = () => Object.keys(GATES).map((name) => stack.resource(name).outputs.verdict);
  const dependents = () => stack.resources().filter(({ type }) => type.endsWith(":Dependent"));

  let stack: EngineStack;
  beforeAll(async () => {
    stack = await EngineStack.create({ host });
    stack.program = release;
  });
  afterAll(() => stack.close());

  // One story: each test goes on from the state that the one before it has left.

  test("a RetCode, a Failed status and a URL at 0 % fail up, with reasons that name task, domain, URL and code", async () => {
    const up = await stack.up();
    expect(up.exitCode).toBeGreaterThan(0);
    for (const [name, { reason }] of Object.entries(GATES)) {
      expect(up.output).toMatch(reason);
      const { initErrors = [] } = stack.resource(name);
      expect(initErrors[0]).toBe("CDN preload failed; of 2 URLs: 1 preloaded, 1 failed.");
      expect(initErrors.at(-1)).toBe(
        "Next: fix the cause, then run `pulumi up` again. It submits only what failed, and waits for the rest.",
      );
    }
    expect(verdicts()).toEqual(["failed", "failed", "failed"]);
    expect(dependents()).toEqual([]);
    expect(submissionsOf([...BAD_URLS, ...GOOD_URLS])).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test("up --target of a dependent that takes passed is refused, and so is --exclude of its gate", async () => {
    const live = "urn:pulumi:test::gate-test::pulumi-nodejs:dynamic/test:Dependent::after-retcode";
    const targeted = await stack.up({ target: [live] });
    expect(targeted.failed).toBe(true);
    expect(targeted.output).toContain(
      "retcode has not passed: CDN preload failed; of 2 URLs: 1 preloaded, 1 failed.",
    );
    const excluded = await stack.up({ exclude: Object.keys(GATES).map((name) => stack.resource(name).urn) });
    expect(excluded.failed).toBe(true);
    expect(excluded.output).toContain("has not passed: CDN preload failed");
    // It tells the reasons and no stack, which would lead into this package.
    expect(excluded.output).not.toMatch(/^ +at .*resource-props/m);
    expect(dependents()).toEqual([]);
    expect(stack.emulator.submissionCount()).toBe(6);
  });

  test("a refresh keeps a failed gate failed and marked", async () => {
    const refresh = await stack.refresh();
    expect(refresh.output).toContain("Refreshed resource is in an unhealthy state");
    expect(verdicts()).toEqual(["failed", "failed", "failed"]);
    for (const name of Object.keys(GATES)) {
      expect(stack.resource(name).initErrors?.[0]).toBe(
        "CDN preload failed; of 2 URLs: 1 preloaded, 1 failed.",
      );
    }
  });

  test("a preview of a failed gate plans the repair and submits nothing", async () => {
    const preview = await stack.preview();
    expect(preview.exitCode).toBe(0);
    expect(preview.output).toMatch(
      /~ +\S+:Preload retcode .*would submit 1 URL in 1 call: only what failed or was never accepted/,
    );
    expect(stack.emulator.submissionCount()).toBe(6);
  });

  test("up --refresh repairs by submitting only what failed, and fails again as long as the cause lasts", async () => {
    const up = await stack.up({ refresh: true });
    expect(up.exitCode).toBeGreaterThan(0);
    for (const { reason } of Object.values(GATES)) expect(up.output).toMatch(reason);
    expect(submissionsOf(BAD_URLS)).toEqual([2, 2, 2]);
    expect(submissionsOf(GOOD_URLS)).toEqual([1, 1, 1]);
    expect(verdicts()).toEqual(["failed", "failed", "failed"]);
    expect(dependents()).toEqual([]);
  });

  test("a second repair, after the cause is fixed, submits only what failed and lets the dependents be created", async () => {
    stack.emulator.setScenario({ rules: [{ host: "*.example.com", script: "passes" }] });
    const up = await stack.up();
    expect(up.exitCode).toBe(0);
    expect(submissionsOf(BAD_URLS)).toEqual([3, 3, 3]);
    expect(submissionsOf(GOOD_URLS)).toEqual([1, 1, 1]);
    expect(verdicts()).toEqual(["passed", "passed", "passed"]);
    expect(dependents()).toHaveLength(3);
    for (const name of Object.keys(GATES)) expect(stack.resource(name).initErrors ?? []).toEqual([]);
  });

  test("up after the repair changes and submits nothing", async () => {
    const up = await stack.up();
    expect(up.output).toMatch(/Resources:\n +7 unchanged/);
    expect(stack.emulator.submissionCount()).toBe(12);
  });
});
