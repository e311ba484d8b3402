/** @jest-environment ./test/engine/rejection-environment.ts */
import { ExampleStack } from "./example-stack";

const GOOD = "https://cdn.example.com/app.css";
const BAD = "https://cdn.example.com/emulate-one-pop-in-three-once/app.js";

let stack: ExampleStack;
beforeEach(async () => {
  stack = await ExampleStack.create("submit-early-gate-late");
});
afterEach(() => stack.close());

test("the gate waits for a submission that did not wait", async () => {
  expect(await stack.up()).toMatchObject({
    failed: false,
    outputs: { lastAccepted: { verdict: "passed" }, live: { warmedUp: true } },
  });
  expect(stack.emulator.submissionCount()).toBe(2);
}, 60_000);

test("the preload submits again what failed, and the gate waits for the new task", async () => {
  await stack.useUrls([GOOD, BAD]);
  const failing = await stack.up();
  expect(failing.failed).toBe(true);
  expect(failing.output).toContain(BAD);
  expect((await stack.resourceNames()).sort()).toEqual(["migration", "submitted", "warm"]);

  expect(await stack.up()).toMatchObject({ failed: false, outputs: { lastAccepted: { verdict: "passed" } } });
  expect((await stack.resourceNames()).sort()).toEqual(["live", "migration", "submitted", "warm"]);
  expect(stack.emulator.submissionCount(GOOD)).toBe(1);
  expect(stack.emulator.submissionCount(BAD)).toBe(2);
}, 120_000);
