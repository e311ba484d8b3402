/** @jest-environment ./test/engine/rejection-environment.ts */
import { Preload } from "../../provider";
import { EngineStack } from "./engine-stack";

const TOLD =
  /This account may not call DescribePreloadDetailById \(Forbidden\.RAM, request [0-9A-F-]+\)\. From here on the gate judges by DescribeRefreshTaskById/g;

let stack: EngineStack;
beforeAll(async () => {
  stack = await EngineStack.create({
    emulator: { speed: 5, allowListed: false, allowListRefusalCode: "Forbidden.RAM" },
  });
});
afterAll(() => stack.close());
beforeEach(() => stack.emulator.reset());

const callsOf = (wanted: string) => stack.emulator.calls.filter(({ operation }) => operation === wanted);

test("an account off the allow-list is judged by status-only evidence, which outputs say, and the user is told once, plainly", async () => {
  stack.program = () => {
    new Preload("one", { urls: ["https://a.example.com/app.js", "https://b.example.com/app.js"] });
    new Preload("two", { urls: ["https://c.example.com/app.js"] });
  };
  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  // Each message stands on its row and, at the end, among the diagnostics; one resource alone has it.
  expect(new Set(up.output.match(TOLD)).size).toBe(1);
  expect(up.output.match(/no RetCode and no share of POPs/g)).toHaveLength(
    up.output.match(TOLD)?.length ?? 0,
  );
  const diagnostics = up.output.slice(up.output.indexOf("Diagnostics:"));
  expect(diagnostics.match(TOLD)).toHaveLength(1);
  for (const name of ["one", "two"]) {
    const { outputs } = stack.resource(name);
    expect(outputs.verdict).toBe("passed");
    for (const task of outputs.tasks as Record<string, unknown>[]) {
      expect(task).toMatchObject({ evidence: "statusOnly", status: "Complete" });
      expect(task).not.toHaveProperty("retCode");
    }
    for (const result of outputs.results as Record<string, unknown>[])
      expect(result).not.toHaveProperty("successPercent");
  }
});

test("status-only evidence of a failure names the URL and says that it is status-only", async () => {
  const bad = "https://cdn.example.com/emulate-retcode-500/app.js";
  stack.program = () => new Preload("fails", { urls: [bad, "https://cdn.example.com/app.css"] });
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toMatch(
    /https:\/\/cdn\.example\.com\/emulate-retcode-500\/app\.js: preload failed \(task \d+, domain cdn\.example\.com, status \w+, status-only evidence, request [0-9A-F-]+\)\. The service says: "Origin Return StatusCode 5XX"/,
  );
});

test.each([
  ["requireDetail", { requireDetail: true }],
  ["a minSuccessPercent above 0", { minSuccessPercent: 80 }],
])("%s warns in the preview and stops up before anything is submitted", async (_case, gate) => {
  stack.program = () =>
    new Preload(`strict-${Object.keys(gate)[0]}`, { urls: ["https://cdn.example.com/a.js"], gate });
  const preview = await stack.preview();
  expect(preview.exitCode).toBe(0);
  expect(preview.output).toMatch(/warning: .*DescribePreloadDetailById.*Forbidden\.RAM/);
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toMatch(/error: .*DescribePreloadDetailById.*Forbidden\.RAM/);
  expect(up.output).toContain(
    "Ask the vendor's account manager to allow DescribePreloadDetailById for this account.",
  );
  expect(callsOf("PushObjectCache")).toEqual([]);
  expect(stack.emulator.submissionCount()).toBe(0);
});

test("many tasks use ten ids a call, and the refused operation is not tried task by task", async () => {
  const urls = Array.from({ length: 30 }, (_, n) => `https://d${n}.example.com/app.js`);
  stack.program = () => new Preload("many", { urls });
  expect((await stack.up()).exitCode).toBe(0);
  expect(stack.resource("many").outputs).toMatchObject({ verdict: "passed", summary: { preloaded: 30 } });
  const idsOfCalls = callsOf("DescribeRefreshTaskById").map(
    ({ parameters }) => (parameters.TaskId ?? "").split(",").length,
  );
  expect(Math.max(...idsOfCalls)).toBe(10);
  // Three calls would do for each round of polls; a busy machine may split a round.
  expect(idsOfCalls.length).toBeLessThanOrEqual(12);
  expect(callsOf("DescribePreloadDetailById").length).toBeLessThanOrEqual(3);
});
