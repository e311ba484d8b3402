/** @jest-environment ./test/engine/rejection-environment.ts */
import { Preload, PreloadGate } from "../../provider";
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";

const A = "https://cdn.example.com/a.js";
const B = "https://cdn.example.com/b.js";
const FAILING_ONCE = "https://cdn.example.com/emulate-retcode-500-once/app.js";

let stack: EngineStack;
beforeEach(async () => {
  stack = await EngineStack.create();
});
afterEach(() => stack.close());

/** Each diff that a row of one type shows, once. */
function diffs(output: string, type: string): string[] {
  const rows = output.split("\n").filter((row) => row.includes(`dynamic/alicdn:${type} `));
  return [...new Set(rows.flatMap((row) => /\[diff: ([^\]]*)\]/.exec(row)?.[1] ?? []))];
}

test("a diff names the user's own inputs and nothing of ours, also where values are not known yet", async () => {
  let urls = [A];
  stack.program = () => {
    const submitted = new Preload("submitted", { urls, wait: false, timeout: "5m" });
    new PreloadGate("gate", { taskIds: submitted.taskIds, urls, gate: { maxFailedUrls: 0 } });
  };
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  urls = [A, B];
  const preview = await stack.preview();
  expect(diffs(preview.output, "Preload")).toEqual(["~urls"]);
  expect(diffs(preview.output, "PreloadGate")).toEqual(["~taskIds,urls"]);
  const details = await stack.preview({ diff: true });
  expect(details.output).toContain('"https://cdn.example.com/b.js"');
  expect(details.output).not.toMatch(/context|ingerprint|saved|tasks |results/);
  const up = await stack.up();
  expect(diffs(up.output, "Preload")).toEqual(["~urls"]);
  expect(diffs(up.output, "PreloadGate")).toEqual(["~taskIds,urls"]);
});

test("after a repair of what was submitted without waiting, an up of the same program changes nothing", async () => {
  stack.program = () => {
    const submitted = new Preload("submitted", { urls: [A, FAILING_ONCE], wait: false });
    const gate = new PreloadGate("gate", { taskIds: submitted.taskIds });
    new Dependent("live", { passed: gate.passed }, { dependsOn: gate });
  };
  expect((await stack.up()).exitCode).toBeGreaterThan(0);
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  expect(stack.emulator.submissionCount()).toBe(3);
  expect((await stack.preview()).output).toMatch(/Resources:\n +4 unchanged/);
  expect((await stack.up()).output).toMatch(/Resources:\n +4 unchanged/);
  expect((await stack.refresh()).exitCode).toBe(0);
  expect((await stack.up()).output).toMatch(/Resources:\n +4 unchanged/);
  expect(stack.emulator.submissionCount()).toBe(3);
});

test("what was submitted without waiting and failed is repaired also after a refresh has seen it fail", async () => {
  stack.program = () => {
    const submitted = new Preload("submitted", { urls: [A, FAILING_ONCE], wait: false });
    new PreloadGate("gate", { taskIds: submitted.taskIds });
  };
  expect((await stack.up()).exitCode).toBeGreaterThan(0);
  await stack.refresh();
  const preview = await stack.preview();
  expect(preview.output).toMatch(/Preload submitted update .*would submit 1 URL in 1 call: only what failed/);
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  expect(stack.emulator.submissionCount(FAILING_ONCE)).toBe(2);
});

test("a refresh of a failed gate tells its reasons on its own row alone", async () => {
  stack.program = () => void new Preload("warm", { urls: [FAILING_ONCE] });
  expect((await stack.up()).exitCode).toBeGreaterThan(0);
  const { output } = await stack.refresh();
  expect(output).toContain("cdn-preload-gate: warm stays marked as unhealthy; its own row says why.");
  const diagnostics = output.slice(output.indexOf("Diagnostics:"));
  expect(diagnostics.match(/CDN preload failed; of 1 URL/g)).toHaveLength(1);
  expect(diagnostics).toMatch(/Preload \(warm\):\n +warning: .*unhealthy state:\n +\* CDN preload failed/);
});

test("the option import is refused with what to do instead", async () => {
  stack.program = () => void new Preload("warm", { urls: [A] }, { import: "14286878547" });
  const preview = await stack.preview();
  expect(preview.failed).toBe(true);
  expect(preview.output).toContain(
    "Preload warm cannot be imported: there is nothing to look up by an id. Take the option `import` away; to wait for a task that exists, give its id to a PreloadGate.",
  );
});
