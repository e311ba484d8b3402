import { ExampleStack } from "./example-stack";

let stack: ExampleStack;
beforeEach(async () => {
  stack = await ExampleStack.create("smallest-gate");
});
afterEach(() => stack.close());

test("the smallest gate passes, and a second up changes and submits nothing", async () => {
  const first = await stack.up();
  expect(first).toMatchObject({
    failed: false,
    outputs: { lastAccepted: { verdict: "passed", summary: { urls: 2, preloaded: 2, failed: 0 } } },
  });
  expect(stack.emulator.submissionCount()).toBe(2);

  const second = await stack.up();
  expect(second).toMatchObject({ failed: false, outputs: { lastAccepted: { verdict: "passed" } } });
  expect(second.output).toContain("2 unchanged");
  expect(stack.emulator.submissionCount()).toBe(2);
}, 60_000);
