/** @jest-environment ./test/engine/rejection-environment.ts */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Preload } from "../../provider";
import { callService } from "../emulator/call-service";
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";

const RUNNING_URL = "https://cdn.example.com/running.js";

let stack: EngineStack;
beforeAll(async () => {
  stack = await EngineStack.create();
  stack.program = () => {
    const passed = new Preload("passed", { urls: ["https://cdn.example.com/passed.js"] });
    const running = new Preload("running", { urls: [RUNNING_URL] });
    new Dependent("live", { passed: running.passed }, { dependsOn: [passed, running] });
  };
  const request = { operation: "PushObjectCache", parameters: { ObjectPath: RUNNING_URL } };
  await callService(stack.emulator, request, { asForm: true });
  await stack.importResources(JSON.parse(savedByVersion1()));
});
afterAll(() => stack.close());

/** What an older release has saved, with one task that the service still knows. */
function savedByVersion1(): string {
  const [task] = stack.emulator.tasks();
  return readFileSync(join(__dirname, "../fixtures/state-version-1.json"), "utf8")
    .replaceAll("RUNNING_TASK_ID", task?.taskId ?? "")
    .replaceAll("RUNNING_TASK_CREATION_TIME", task?.creationTime ?? "");
}

// One story: each test goes on from the state that the one before it has left.

test("a refresh reads a state of version 1, and keeps its verdicts", async () => {
  const refresh = await stack.refresh();
  expect(refresh.output).not.toContain("cannot be read");
  expect(stack.resource("passed").outputs).toMatchObject({ stateVersion: 3, verdict: "passed" });
  expect(stack.resource("running").outputs).toMatchObject({ stateVersion: 3, verdict: "inconclusive" });
});

test("an up judges and updates a state of version 1, and submits nothing", async () => {
  await stack.importResources(JSON.parse(savedByVersion1()));
  stack.emulator.changeScript(RUNNING_URL, "completes-at-once");
  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  expect(stack.resource("passed").outputs).toMatchObject({
    stateVersion: 3,
    verdict: "passed",
    results: [{ successPercent: 47 }],
    tasks: [{ evidence: "detail" }],
  });
  expect(stack.resource("running").outputs).toMatchObject({ stateVersion: 3, verdict: "passed" });
  expect(stack.find("live")).toBeDefined();
  expect(stack.emulator.submissionCount()).toBe(1);
});

test("inputs that an older release has saved under other names are no change", async () => {
  await stack.changeResources((resource) => {
    const { __context, __inputsFingerprint, ...inputs } = resource.inputs ?? {};
    if (__context === undefined) return resource;
    return { ...resource, inputs: { ...inputs, context: __context, inputsFingerprint: __inputsFingerprint } };
  });
  const calls = stack.emulator.calls.length;
  expect(stack.resource("running").inputs).toHaveProperty("inputsFingerprint");
  for (const run of [await stack.preview(), await stack.up()]) {
    expect(run.output).toMatch(/Resources:\n +4 unchanged/);
  }
  expect(stack.emulator.calls).toHaveLength(calls);
});

test("a state of a newer version than this release knows is refused and left as it is", async () => {
  const newer = savedByVersion1().replaceAll('"stateVersion": 1', '"stateVersion": 999');
  await stack.importResources(JSON.parse(newer));
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toContain(
    "A newer release wrote the saved state: it has version 999, and this release reads up to version 3. Update cdn-preload-gate.",
  );
  expect(stack.resource("running").outputs.stateVersion).toBe(999);
  expect(stack.emulator.submissionCount()).toBe(1);
});
