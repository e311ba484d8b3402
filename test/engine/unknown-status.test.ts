import { Preload } from "../../provider";
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";

const ODD_URL = "https://cdn.example.com/emulate-unknown-status/app.js";

let stack: EngineStack;
beforeAll(async () => {
  stack = await EngineStack.create();
  stack.program = () => {
    const warm = new Preload("warm", { urls: [ODD_URL] });
    new Dependent("live", { passed: warm.passed }, { dependsOn: warm });
  };
});
afterAll(() => stack.close());

// One story: each test goes on from the state that the one before it has left.

test("an undocumented status fails up at once, naming the status", async () => {
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toContain("CDN preload inconclusive; of 1 URL: 1 unknown.");
  expect(up.output).toMatch(
    /emulate-unknown-status\/app\.js: its task has the undocumented status "Cancelled" \(task \d+, domain cdn\.example\.com, .*status Cancelled/,
  );
  expect(stack.find("live")).toBeUndefined();
});

test("refresh, preview and up again neither turn it green nor submit it again", async () => {
  await stack.refresh();
  const preview = await stack.preview();
  expect(preview.output).toContain("would ask about 1 task; nothing to submit by what is known now");
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toContain('its task has the undocumented status "Cancelled"');
  expect(stack.resource("warm").outputs.verdict).toBe("inconclusive");
  expect(stack.find("live")).toBeUndefined();
  expect(stack.emulator.submissionCount()).toBe(1);
});

test("the gate passes by the same task once its status is one that is known", async () => {
  stack.emulator.changeScript(ODD_URL, "completes-at-once");
  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  expect(stack.resource("warm").outputs.verdict).toBe("passed");
  expect(stack.find("live")).toBeDefined();
  expect(stack.emulator.submissionCount()).toBe(1);
});
