/** @jest-environment ./test/engine/rejection-environment.ts */
import { ExampleStack } from "./example-stack";

const BAD = "https://shop.example.com/emulate-retcode-500-once/app.js";

let stack: ExampleStack;
beforeEach(async () => {
  stack = await ExampleStack.create("component");
});
afterEach(() => stack.close());

test("each of the component's releases goes live after its own gate", async () => {
  expect(await stack.up()).toMatchObject({
    failed: false,
    outputs: {
      live: { shop: { version: "1.0.0", warmedUp: true }, blog: { version: "1.0.0", warmedUp: true } },
    },
  });
  expect((await stack.up()).output).toContain("9 unchanged");
}, 60_000);

test("a release whose gate fails inside the component does not go live until it is repaired", async () => {
  await stack.useUrls([BAD]);
  const failing = await stack.up();
  expect(failing.failed).toBe(true);
  expect(failing.output).toMatch(new RegExp(`${BAD}: .*RetCode 500`));
  expect(await stack.resourceNames()).not.toContain("shop-live");

  const around = await stack.up({ target: ["**::shop-live"] });
  expect(around.failed).toBe(true);
  expect(around.output).toContain("shop-warm has not passed");
  expect(await stack.resourceNames()).not.toContain("shop-live");

  expect(await stack.up()).toMatchObject({ failed: false, outputs: { live: { shop: { warmedUp: true } } } });
  expect(stack.emulator.submissionCount(BAD)).toBe(2);
}, 120_000);
