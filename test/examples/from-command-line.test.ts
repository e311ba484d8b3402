import { join } from "node:path";
import { ExampleStack } from "./example-stack";

const ROOT = join(__dirname, "../..");

let stack: ExampleStack | undefined;
afterEach(async () => {
  await stack?.close();
  stack = undefined;
});

test.each(["smallest-gate", "release", "submit-early-gate-late"])(
  "%s runs unchanged with pulumi up",
  async (example) => {
    stack = await ExampleStack.create(example);
    const run = await stack.upFromCommandLine();
    expect(run.output).toContain("Resources:");
    expect(run).toMatchObject({ failed: false, outputs: { lastAccepted: { verdict: "passed" } } });
  },
  90_000,
);

test("component runs unchanged with pulumi up", async () => {
  stack = await ExampleStack.create("component");
  const run = await stack.upFromCommandLine();
  expect(run).toMatchObject({ failed: false, outputs: { live: { shop: { warmedUp: true } } } });
}, 90_000);

test("the repository's own project runs an example with pulumi up", async () => {
  stack = await ExampleStack.create("release", ROOT);
  const run = await stack.upFromCommandLine();
  expect(run).toMatchObject({ failed: false, outputs: { lastAccepted: { verdict: "passed" } } });
}, 90_000);
