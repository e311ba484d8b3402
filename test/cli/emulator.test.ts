import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningCli, runCli, startCli } from "./run-cli";

let folder: string;
const running: RunningCli[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-cli-"));
});

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ready {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

async function startEmulator(...args: readonly string[]): Promise<RunningCli & { ready: Ready }> {
  const cli = startCli("emulator", ...args);
  running.push(cli);
  return { ...cli, ready: JSON.parse(await cli.firstLine) };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "it prints where it listens and with which key, answers there, and ends on %s",
  async (signal) => {
    const { child, ended, ready } = await startEmulator();
    expect(Object.keys(ready)).toEqual(["endpoint", "accessKeyId", "accessKeySecret"]);
    expect(ready.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${ready.endpoint}/_emulator/calls`)).status).toBe(200);
    child.kill(signal);
    expect(await ended).toEqual({ exitCode: 0, stdout: `${JSON.stringify(ready)}\n`, stderr: "" });
  },
);

test("a port, a scenario file and a speed are taken", async () => {
  const scenario = join(folder, "scenario.json");
  writeFileSync(scenario, JSON.stringify({ defaultScript: "slow", settings: { speed: 2 } }));
  const { ready } = await startEmulator("--port", "0", "--scenario", scenario, "--speed", "50");
  const about = async (what: string) => (await fetch(`${ready.endpoint}/_emulator/${what}`)).json();
  expect(await about("scenario")).toMatchObject({ defaultScript: "slow" });
  expect(await about("settings")).toMatchObject({ speed: 50 });
});

test("a port that is in use is a usage error that names the way out", async () => {
  const { ready } = await startEmulator();
  const port = new URL(ready.endpoint).port;
  const run = await runCli("emulator", "--port", port);
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toBe(
    `error: Port ${port} on 127.0.0.1 is in use; name another with --port, or 0 for any.\n`,
  );
});
