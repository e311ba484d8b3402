/** @jest-environment ./test/engine/rejection-environment.ts */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ExampleStack } from "./example-stack";

const GOOD = "https://cdn.example.com/app.css";
const BAD = "https://cdn.example.com/emulate-retcode-500-once/app.js";

/** What the README shows of a failure, line by line. */
function failureOfReadme(): string[] {
  const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");
  const block = /A failure looks like this[^`]*`[\s\S]*?^```\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? "";
  const lines = comparable(block).trim().split("\n");
  expect(lines.length).toBeGreaterThan(5);
  return lines;
}

/** Text without what differs from run to run. */
function comparable(text: string): string {
  return text
    .replace(/\b\d{11}\b/g, "<task>")
    .replace(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, "<request>")
    .replace(/\(\d+s\)/g, "(<time>)")
    .replaceAll("emulate-retcode-500-once/", "");
}

let stack: ExampleStack;
beforeEach(async () => {
  stack = await ExampleStack.create("release");
});
afterEach(() => stack.close());

test("the release goes live once its files are preloaded", async () => {
  expect(await stack.up()).toMatchObject({
    failed: false,
    outputs: { lastAccepted: { verdict: "passed" }, live: { release: "1.0.0", warmedUp: true } },
  });
  expect((await stack.resourceNames()).sort()).toEqual(["live", "warm"]);
}, 60_000);

test("a RetCode other than 0 fails the deployment, and the release does not go live until it is repaired", async () => {
  await stack.useUrls([GOOD, BAD]);
  const failing = await stack.up();
  expect(failing.failed).toBe(true);
  expect(failing.output).toContain("CDN preload failed; of 2 URLs: 1 preloaded, 1 failed.");
  expect(failing.output).toMatch(new RegExp(`${BAD}: .*RetCode 500`));
  for (const line of failureOfReadme()) expect(comparable(failing.output)).toContain(line);
  expect(await stack.resourceNames()).toEqual(["warm"]);

  const around = await stack.up({ target: ["**::live"] });
  expect(around.failed).toBe(true);
  expect(around.output).toContain("warm has not passed");
  // A stack trace would point into the package, where the user has nothing to fix.
  expect(around.output).not.toMatch(/^ +at /m);
  expect(await stack.resourceNames()).toEqual(["warm"]);

  expect(await stack.up()).toMatchObject({ failed: false, outputs: { lastAccepted: { verdict: "passed" } } });
  expect((await stack.resourceNames()).sort()).toEqual(["live", "warm"]);
  expect(stack.emulator.submissionCount(GOOD)).toBe(1);
  expect(stack.emulator.submissionCount(BAD)).toBe(2);
}, 120_000);

test("after a failed up, the outputs are those of the last accepted release, and their name says so", async () => {
  const accepted = await stack.up();
  expect(accepted.outputs).toMatchObject({ lastAccepted: { release: "1.0.0", verdict: "passed" } });

  await stack.useUrls([GOOD, BAD]);
  await stack.configure({ release: { value: "2.0.0" } });
  const failing = await stack.up();
  expect(failing.failed).toBe(true);
  expect(failing.outputs).toEqual(accepted.outputs);
  expect(Object.keys(failing.outputs).sort()).toEqual(["lastAccepted", "live"]);
  expect(await stack.savedOutputs("warm")).toMatchObject({ verdict: "failed", accepted: false });

  expect((await stack.up()).outputs).toMatchObject({
    live: { release: "2.0.0" },
    lastAccepted: { release: "2.0.0", verdict: "passed" },
  });
}, 120_000);
