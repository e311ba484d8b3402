/** @jest-environment ./test/engine/rejection-environment.ts */
import { ExampleStack } from "./example-stack";

const GOOD = "https://cdn.example.com/app.css";
const BAD = "https://cdn.example.com/emulate-retcode-500-once/app.js";

let stack: ExampleStack;
beforeEach(async () => {
  stack = await ExampleStack.create("release");
});
afterEach(() => stack.close());

test("the release goes live once its files are preloaded", async () => {
  expect(await stack.up()).toMatchObject({
    failed: false,
    outputs: { verdict: "passed", live: { release: "1.0.0", warmedUp: true } },
  });
  expect((await stack.resourceNames()).sort()).toEqual(["live", "warm"]);
}, 60_000);

test("a RetCode other than 0 fails the deployment, and the release does not go live until it is repaired", async () => {
  await stack.useUrls([GOOD, BAD]);
  const failing = await stack.up();
  expect(failing.failed).toBe(true);
  expect(failing.output).toContain("CDN preload failed; of 2 URLs: 1 preloaded, 1 failed.");
  expect(failing.output).toMatch(new RegExp(`${BAD}: .*RetCode 500`));
  expect(await stack.resourceNames()).toEqual(["warm"]);

  const around = await stack.up({ target: ["**::live"] });
  expect(around.failed).toBe(true);
  expect(around.output).toContain("warm has not passed");
  // A stack would lead into the package, where there is nothing to mend.
  expect(around.output).not.toMatch(/^ +at /m);
  expect(await stack.resourceNames()).toEqual(["warm"]);

  expect(await stack.up()).toMatchObject({ failed: false, outputs: { verdict: "passed" } });
  expect((await stack.resourceNames()).sort()).toEqual(["live", "warm"]);
  expect(stack.emulator.submissionCount(GOOD)).toBe(1);
  expect(stack.emulator.submissionCount(BAD)).toBe(2);
}, 120_000);
