import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngineFilter } from "../../examples/demo/engine-lines";
import { SceneFailure, Stage } from "../../examples/demo/stage";
import { findPulumi } from "../engine/find-pulumi";

const DEMO = join(__dirname, "../../examples/demo/demo.ts");

/** The demo's temporary folder. It has to be empty afterwards. */
let temporary: string;
let demo: ChildProcess | undefined;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "cdn-preload-gate-of-demo-"));
});

afterEach(() => {
  demo?.kill("SIGKILL");
  rmSync(temporary, { recursive: true, force: true });
});

/** Runs the demo, or a part of it. `onOutput` receives everything printed so far. */
function runDemo(
  parts: readonly string[] = [],
  onOutput: (output: string, running: ChildProcess) => void = () => undefined,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  findPulumi();
  const running = spawn(process.execPath, [DEMO, ...parts], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  demo = running;
  let stdout = "";
  let stderr = "";
  running.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    onOutput(stdout, running);
  });
  running.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => {
    running.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

test("the demo shows its five scenes, finds every statement true and leaves no files behind", async () => {
  const { exitCode, stdout, stderr } = await runDemo();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  for (const scene of [1, 2, 3, 4, 5]) expect(stdout).toContain(`\n${scene}. `);
  expect(stdout).toContain("PASSED: 1 of 1 URL preloaded");
  expect(stdout).toContain("FAILED: 1 of 2 URLs preloaded, 1 failed");
  expect(stdout).toContain("RetCode 500");
  expect(stdout).toMatch(/emulate-retcode-500-once\/pay\.js +2 times/);
  expect(stdout).toContain("Every statement was true");
  expect(stdout).not.toContain("✘");
  // Standard output is not a terminal, so there are no colours.
  expect(stdout).not.toContain("\u001b");
  expect(readdirSync(temporary)).toEqual([]);
}, 240_000);

test("a Ctrl-C during a deployment ends the demo with exit code 130 and leaves no files behind", async () => {
  let isInterrupted = false;
  const { exitCode, stderr } = await runDemo(["pulumi"], (output, running) => {
    if (isInterrupted || !output.includes("website-files creating")) return;
    isInterrupted = true;
    running.kill("SIGINT");
  });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 130,
    stderr: "\ninterrupted by SIGINT; nothing is left behind\n",
  });
  expect(readdirSync(temporary)).toEqual([]);
}, 120_000);

test("a demo whose output is no longer read ends, and leaves no files behind", async () => {
  const { exitCode, stderr } = await runDemo(["pulumi"], (output, running) => {
    if (output.includes("website-files creating")) running.stdout?.destroy();
  });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 141,
    stderr: "\ninterrupted by SIGPIPE; nothing is left behind\n",
  });
  expect(readdirSync(temporary)).toEqual([]);
}, 120_000);

test("a false statement ends the demo", () => {
  const written: string[] = [];
  const stage = new Stage({ write: (text) => written.push(text) });
  stage.claim(true, "water is wet");
  expect(() => stage.claim(false, "fire is cold")).toThrow(new SceneFailure("✘ NOT TRUE: fire is cold"));
  expect(written.join("")).toContain("water is wet");
});

test("each relevant line of the engine is shown once, without the diff", () => {
  const lines = [
    "Updating (demo):",
    " +  pulumi:pulumi:Stack shop-demo creating (0s) ",
    " +  pulumi-nodejs:dynamic/alicdn:Preload warm creating (0s) submitting 2 URLs in 1 call",
    " +  pulumi-nodejs:dynamic/alicdn:Preload warm creating (0s) submitted 2 URLs: task 7",
    "@ updating....",
    " ~  pulumi-nodejs:dynamic/alicdn:Preload warm updating (1s) [diff: ~urls]; 62% of POPs",
    " +  pulumi-nodejs:dynamic/alicdn:Preload warm creating (4s) error: 3 errors occurred:",
    " +  pulumi-nodejs:dynamic/alicdn:Preload warm **creating failed** error: 3 errors occurred:",
    "Diagnostics:",
    "  pulumi:pulumi:Stack (shop-demo):",
    "    error: update failed",
    "",
    "  pulumi-nodejs:dynamic/alicdn:Preload (warm):",
    "    \t* CDN preload failed",
    "Resources:",
    "    + 1 created",
  ];
  const shown: string[] = [];
  lines.forEach(createEngineFilter((line) => shown.push(line)));
  expect(shown).toEqual([
    " +  alicdn:Preload warm creating (0s) submitted 2 URLs: task 7",
    " ~  alicdn:Preload warm updating (1s) 62% of POPs",
    " +  alicdn:Preload warm **creating failed** error: 3 errors occurred:",
    "  alicdn:Preload (warm):",
    "      * CDN preload failed",
  ]);
});
