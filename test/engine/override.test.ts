/** @jest-environment ./test/engine/rejection-environment.ts */
import { type GateArgs, Preload } from "../../provider";
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";

const BAD_URL = "https://cdn.example.com/emulate-zero-pops/app.js";
const NEW_BAD_URL = "https://cdn.example.com/emulate-retcode-500/new.js";
const REASON = "origin is down in one region; approved by the release manager";

let stack: EngineStack;
beforeAll(async () => {
  stack = await EngineStack.create();
});
afterAll(() => stack.close());

const release =
  (gate: GateArgs, urls: readonly string[] = []) =>
  () => {
    const warm = new Preload("warm", { urls: [BAD_URL, "https://cdn.example.com/app.css", ...urls], gate });
    new Dependent("live", { passed: warm.passed }, { dependsOn: warm });
  };

// One story: each test goes on from the state that the one before it has left.

test("an override is void on create: no one can accept a verdict before there is one", async () => {
  stack.program = release({ override: REASON });
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toContain("0% of POPs hold it, at least one POP must");
  expect(stack.find("live")).toBeUndefined();
});

test("an override lets the saved verdict pass with a warning that holds its reason, and submits nothing", async () => {
  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  expect(up.output).toMatch(
    new RegExp(
      `Preload \\(warm\\):\\n +warning: Let through by gate\\.override: ${REASON}\\n +CDN preload failed; of 2 URLs: 1 preloaded, 1 failed\\.`,
    ),
  );
  expect(stack.resource("warm").outputs).toMatchObject({
    verdict: "failed",
    accepted: true,
    acceptedBy: "override",
    gate: { override: REASON },
  });
  expect(stack.find("live")).toBeDefined();
  expect(stack.emulator.submissionCount()).toBe(2);
});

test("the warning comes again at every up, with nothing changed", async () => {
  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  expect(up.output).toContain(`warning: The verdict is failed; gate.override lets it pass: ${REASON}`);
  expect(up.output).toMatch(/Resources:\n +3 unchanged/);
  expect(stack.emulator.submissionCount()).toBe(2);
});

test("an override is void for any later verdict: an added URL is submitted, and fails the gate", async () => {
  stack.program = release({ override: REASON }, [NEW_BAD_URL]);
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(up.output).toContain(`${NEW_BAD_URL}: preload failed, 0% of POPs hold it`);
  expect(stack.resource("warm").outputs).toMatchObject({ verdict: "failed", accepted: false });
  expect(stack.emulator.submissionCount(NEW_BAD_URL)).toBe(1);
});

test("without the override the gate is repaired, and fails as long as the cause lasts", async () => {
  const before = stack.emulator.submissionCount(BAD_URL);
  stack.program = release({});
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(stack.resource("warm").outputs).toMatchObject({ verdict: "failed", accepted: false });
  expect(stack.emulator.submissionCount(BAD_URL)).toBe(before + 1);
  expect(stack.emulator.submissionCount("https://cdn.example.com/app.css")).toBe(1);
});
