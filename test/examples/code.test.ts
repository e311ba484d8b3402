import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Bench, openBench } from "../cli/cli-on-emulator";
import { cleanEnvironment } from "../cli/run-cli";

const PROGRAM = join(__dirname, "../../examples/code/index.ts");

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

async function runProgram(): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const program = spawn(process.execPath, [PROGRAM], { env: cleanEnvironment(bench.env) });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    once(program, "exit") as Promise<[number]>,
  ]);
  return { exitCode, stdout, stderr };
}

test("a program waits for a gate in three lines", async () => {
  expect(await runProgram()).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^passed: tasks \d+\n$/),
  });
});

test("the program ends with the reasons where a URL fails", async () => {
  bench.emulator.setScenario({ rules: [{ path: "/app.js", script: "retcode-500" }] });
  const { exitCode, stderr } = await runProgram();
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /https:\/\/cdn\.example\.com\/app\.js: preload failed, 0% of POPs hold it \(task \d+/,
  );
});
