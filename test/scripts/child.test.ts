import { spawn } from "node:child_process";
import { join } from "node:path";
import { moduleSource, runModule } from "./run-module";
import { temporaryFolder } from "./temporary-folder";

// Each test starts processes, which a busy machine lets wait.
jest.setTimeout(30_000);

/** Starts code that prints the ids of the processes it has started, and interrupts it then. */
async function interrupt(body: string): Promise<{ code: number | null; said: string }> {
  const source = moduleSource("child.mjs", `it.passSignalsOn(); ${body}`);
  const child = spawn(process.execPath, ["--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (data) => {
    said += data;
    if (said.includes("started")) child.kill("SIGINT");
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, said };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("an interrupted set-up step stops everything that it started, including grandchildren, and exits with 130", async () => {
  const { code, said } = await interrupt(`
    const { readFileSync, existsSync } = await import("node:fs");
    const file = ${JSON.stringify(join(temporaryFolder(), "pid"))};
    const timer = setInterval(() => {
      if (!existsSync(file) || readFileSync(file, "utf8") === "") return;
      clearInterval(timer);
      process.stdout.write(readFileSync(file, "utf8").trim() + " started");
    }, 20);
    try {
      await it.capture("/bin/sh", ["-c", "/bin/sh -c 'echo $$ > " + file + "; exec sleep 60'; true"]);
    } catch (error) {
      process.exit(error instanceof it.InterruptedError ? error.exitCode : 99);
    }
  `);
  expect(code).toBe(130);
  expect(isAlive(Number.parseInt(said, 10))).toBe(false);
});

test("a foreground program gets the signal once and decides its own exit code", async () => {
  const program =
    "let n = 0; process.on('SIGINT', () => { n += 1; setTimeout(() => process.exit(40 + n), 100); }); console.log('started'); setInterval(() => {}, 1000);";
  const { code } = await interrupt(
    `process.exit(await it.runInForeground(process.execPath, ["-e", ${JSON.stringify(program)}]));`,
  );
  expect(code).toBe(41);
});

test("a step that takes too long is stopped and reported", () => {
  expect(
    runModule(
      "child.mjs",
      "return (await it.capture('/bin/sh', ['-c', 'sleep 60'], { timeoutMs: 100 })).problem;",
    ),
  ).toBe("took longer than 0.1 s");
});

test("a program that does not exist is reported as a message, not an exception", () => {
  expect(runModule("child.mjs", "return (await it.capture('/no/such/program', [])).problem;")).toMatch(
    /cannot be started: .*ENOENT/,
  );
});

test("a program that the set-up no longer needs is stopped, and its result is reported", () => {
  const ended = runModule(
    "child.mjs",
    `
    const sleeping = it.capture(process.execPath, ["-e", "setTimeout(() => {}, 20_000)"]);
    it.endSetUp();
    return sleeping;
    `,
  );
  expect(ended).toMatchObject({ ok: false, problem: "ended by SIGTERM" });
});
