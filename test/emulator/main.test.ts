import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { runEmulator } from "../../emulator/main";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-main-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function scenarioFile(text: string): Promise<string> {
  const file = join(folder, "scenario.json");
  await writeFile(file, text);
  return file;
}

/** Runs until it is ready, hands over what it wrote, and stops it. */
async function runOnce(
  options: Parameters<typeof runEmulator>[0],
  whenReady: (ready: { endpoint: string; accessKeyId: string; accessKeySecret: string }) => Promise<void>,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const stop = new AbortController();
  let failure: unknown;
  await runEmulator({
    ...options,
    signal: stop.signal,
    writeLine: (line) => {
      lines.push(line);
      whenReady(JSON.parse(line))
        .catch((error) => {
          failure = error;
        })
        .finally(() => stop.abort());
    },
  });
  if (failure) throw failure;
  return lines;
}

test("one line of JSON gives the endpoint and the key, and the emulator stops on request", async () => {
  let endpoint = "";
  const lines = await runOnce({}, async (ready) => {
    endpoint = ready.endpoint;
    expect(Object.keys(ready)).toEqual(["endpoint", "accessKeyId", "accessKeySecret"]);
    expect((await fetch(`${endpoint}/_emulator`)).status).toBe(200);
  });
  expect(lines).toHaveLength(1);
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await expect(fetch(endpoint)).rejects.toThrow("fetch failed");
});

test("the scenario file and the speed take effect", async () => {
  const scenario = await scenarioFile('{"defaultScript":"slow","settings":{"speed":3}}');
  const settingsOf = async (endpoint: string) => (await fetch(`${endpoint}/_emulator/settings`)).json();
  await runOnce({ scenario }, async ({ endpoint }) => {
    expect(await settingsOf(endpoint)).toMatchObject({ speed: 3 });
    expect(await (await fetch(`${endpoint}/_emulator/scenario`)).json()).toMatchObject({
      defaultScript: "slow",
    });
  });
  await runOnce({ scenario, speed: 20 }, async ({ endpoint }) => {
    expect(await settingsOf(endpoint)).toMatchObject({ speed: 20 });
  });
});

test("a port in use is reported with what to do", async () => {
  const other = await startEmulator();
  const port = Number(new URL(other.endpoint).port);
  try {
    await expect(runEmulator({ port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use; name another with --port, or 0 for any.`,
    );
  } finally {
    await other.close();
  }
});

test("a scenario file that is missing, is not JSON or has a wrong property is reported", async () => {
  const missing = join(folder, "missing.json");
  await expect(runEmulator({ scenario: missing })).rejects.toThrow(
    `The scenario file ${missing} cannot be read: ENOENT`,
  );
  await expect(runEmulator({ scenario: await scenarioFile("{") })).rejects.toThrow("is not valid:\n");
  const wrong = await scenarioFile('{"rules":[{"host":"a.example.com","scipt":"slow"}]}');
  await expect(runEmulator({ scenario: wrong })).rejects.toThrow("rules[0].scipt: is not a known property");
});

test("each call writes a line, except with quiet", async () => {
  const linesOf = async (quiet: boolean) => {
    const log: string[] = [];
    await runOnce({ quiet, writeLog: (line) => log.push(line) }, async ({ endpoint }) => {
      await fetch(endpoint);
    });
    return log;
  };
  expect(await linesOf(false)).toEqual([
    expect.stringMatching(/ \(no operation\) +404 InvalidAction\.NotFound$/),
  ]);
  expect(await linesOf(true)).toEqual([]);
});

test("an address that other machines can reach causes a warning, and local clients still reach it", async () => {
  const log: string[] = [];
  await runOnce({ host: "0.0.0.0", writeLog: (line) => log.push(line) }, async ({ endpoint }) => {
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${endpoint}/_emulator/health`)).status).toBe(200);
  });
  expect(log).toEqual([
    "warning: The emulator listens on 0.0.0.0. Everyone who can reach this machine can see its calls and change it; its admin routes ask for no key.",
  ]);
});

test("an address of another machine is reported with what to do", async () => {
  await expect(runEmulator({ host: "192.0.2.1" })).rejects.toThrow(
    "192.0.2.1 is not an address of this machine; name one with --host, such as 127.0.0.1 or 0.0.0.0.",
  );
});

test("a wrong option is reported with its name", async () => {
  await expect(runEmulator({ speed: 0 })).rejects.toThrow(/^speed: /);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s stops it", async (name) => {
  const before = process.listenerCount(name);
  await new Promise<void>((resolve, reject) => {
    runEmulator({ writeLine: () => setImmediate(() => process.emit(name)) }).then(resolve, reject);
  });
  expect(process.listenerCount(name)).toBe(before);
});
