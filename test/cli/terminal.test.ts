import { stripVTControlCharacters } from "node:util";
import { spawn as spawnInTerminal } from "@lydell/node-pty";
import { ESCAPE, screenOf } from "../support/screen";
import { type Bench, openBench } from "./cli-on-emulator";
import { CLI, cleanEnvironment } from "./run-cli";

const A = "https://cdn.example.com/a.js";
const NEVER_ENDS = "https://cdn.example.com/emulate-never-ends/a.js";

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

interface TerminalRun {
  readonly output: () => string;
  readonly write: (keys: string) => void;
  readonly ended: Promise<number>;
}

/** Runs the command line in a pseudo-terminal. */
function inTerminal(
  args: readonly string[],
  options: { columns?: number; env?: Record<string, string> } = {},
): TerminalRun {
  const terminal = spawnInTerminal(process.execPath, [CLI, ...args], {
    name: options.env?.TERM ?? "xterm-256color",
    cols: options.columns ?? 120,
    rows: 30,
    cwd: bench.folder,
    env: cleanEnvironment({ ...bench.env, TERM: "xterm-256color", ...options.env }),
  });
  let output = "";
  terminal.onData((text) => {
    output += text;
  });
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  return { output: () => output, write: (keys) => terminal.write(keys), ended };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The screen's text without its colours. */
function textOnScreen(output: string): string {
  return stripVTControlCharacters(screenOf(output).join("\n"));
}

test("a bar shows POPs, URLs, failures, time and calls, in colour, and goes away before the result", async () => {
  const run = inTerminal(["run", A, "https://cdn.example.com/emulate-retcode-500/b.js"]);
  expect(await run.ended).toBe(1);
  expect(run.output()).toMatch(/[█░]+.* 100% of POPs, 1\/2 URLs done, 1 failed, \ds, \d calls/);
  expect(run.output()).toContain(`${ESCAPE}[32m`);
  const screen = textOnScreen(run.output());
  expect(screen).toContain("FAILED: 1 of 2 URLs preloaded, 1 failed");
  expect(screen).not.toMatch(/[█░]/);
  expect(screen.trimEnd().split("\n").slice(-2).join("\n")).toMatch(
    /→ The origin answered with a server error/,
  );
});

test("with NO_COLOR there is a bar and no colour", async () => {
  const run = inTerminal(["run", A], { env: { NO_COLOR: "1" } });
  expect(await run.ended).toBe(0);
  expect(run.output()).toMatch(/[█░]+ /);
  expect(run.output()).not.toContain(`${ESCAPE}[3`);
});

test("on a dumb terminal there are plain lines", async () => {
  const run = inTerminal(["run", A], { env: { TERM: "dumb" } });
  expect(await run.ended).toBe(0);
  expect(run.output()).not.toContain(ESCAPE);
  expect(run.output()).toMatch(/\[ +\ds\] 100% of POPs, 1 of 1 URL preloaded/);
});

test("on a narrow terminal no line is wider than the screen", async () => {
  const run = inTerminal(["run", A], { columns: 40 });
  expect(await run.ended).toBe(0);
  const drawn = run
    .output()
    .split(new RegExp(`[\\r\\n]|${ESCAPE}\\[1G`))
    .filter((line) => line.includes("of POPs,"))
    .map((line) => line.replaceAll(new RegExp(`${ESCAPE}(\\[[^A-Za-z]*[A-Za-z]|[78])`, "g"), ""));
  expect(drawn.length).toBeGreaterThan(0);
  expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(40);
});

test("Ctrl-C ends the wait, says that the preload goes on and which command goes on with it", async () => {
  const run = inTerminal(["run", NEVER_ENDS]);
  await until(() => run.output().includes("% of POPs"));
  run.write("\u0003");
  expect(await run.ended).toBe(130);
  expect(textOnScreen(run.output())).toMatch(
    /The preload itself goes on\. To go on waiting for it:\s+\$ cdn-preload-gate wait \d+ --endpoint http:/,
  );
  expect(bench.emulator.submissionCount()).toBe(1);
});

test("a second Ctrl-C ends the program at once, while a submission's answer is awaited", async () => {
  bench.emulator.setFaults([{ kind: "delay", operation: "PushObjectCache", delayMs: 60_000 }]);
  const run = inTerminal(["run", A]);
  await until(() => bench.emulator.calls.some(({ operation }) => operation === "PushObjectCache"));
  run.write("\u0003");
  await until(() => run.output().includes("A second interrupt ends the program at once"));
  const atMs = Date.now();
  run.write("\u0003");
  expect(await run.ended).toBe(130);
  expect(Date.now() - atMs).toBeLessThan(700);
});

test("with --json on a terminal the bar is on standard error only", async () => {
  const run = inTerminal(["run", A, "--json"]);
  expect(await run.ended).toBe(0);
  expect(textOnScreen(run.output())).toContain('"verdict":"passed"');
});

test.each([[["quota"]], [["doctor"]], [["status", "1"]], [["submit", A]], [["--help"]]])(
  "%j runs on a terminal",
  async (args) => {
    const run = inTerminal(args);
    expect(await run.ended).toBe(args[0] === "status" ? 3 : 0);
    expect(textOnScreen(run.output()).trim()).not.toBe("");
  },
);

describe("what matters comes first", () => {
  test.each([60, 80, 200])(
    "at %i columns an error's cause is in the first line, and no line is cut",
    async (columns) => {
      const urls = Array.from({ length: 300 }, (_item, at) => `https://cdn.example.com/assets/app-${at}.js`);
      const run = inTerminal(["run", ...urls], {
        columns,
        env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "emulatorAccessKeyId", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "wrong" },
      });
      expect(await run.ended).toBe(4);
      const lines = textOnScreen(run.output()).trimEnd().split("\n");
      expect(lines[0]).toMatch(/^ERROR credentials: The secret does not belong to access/);
      expect(lines.map((line) => line.trim()).join(" ")).toMatch(
        /access key emul…eyId\. .*→ Use the secret that was created with access key emul…eyId\. .*0 of 300 URLs preloaded, 300 without a result/,
      );
      // None of the URLs has to be looked at.
      expect(lines.join("\n")).not.toContain("app-1.js");
      expect(lines.length).toBeLessThan(15);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    },
  );

  test("forty URLs of one cause are one group with its count, its advice and a few of them", async () => {
    const urls = Array.from(
      { length: 40 },
      (_item, at) => `https://cdn.example.com/emulate-retcode-500/${at}.js`,
    );
    const run = inTerminal(["run", ...urls, "https://cdn.example.com/emulate-missing-row/z.js"], {
      columns: 80,
    });
    expect(await run.ended).toBe(1);
    const text = textOnScreen(run.output());
    expect(text).toContain("✗ 40 URLs: The preload failed (RetCode 500, status Complete)");
    expect(text.match(/The origin answered with a server error/g)).toHaveLength(1);
    expect(text.match(/emulate-retcode-500\/\d+\.js/g)).toHaveLength(5);
    expect(text).toContain("… and 35 more");
    expect(text.match(/^[✗?] /gm)).toHaveLength(2);
  });

  test("URLs that differ only in their query are told apart without it, and shown with --show-queries", async () => {
    const urls = ["one", "two"].map(
      (token) => `https://cdn.example.com/emulate-retcode-500/a.js?token=${token}`,
    );
    const run = inTerminal(["run", ...urls]);
    expect(await run.ended).toBe(1);
    const shown = textOnScreen(run.output()).match(/a\.js\?…#[0-9a-f]{6}/g);
    expect(new Set(shown).size).toBe(2);
    expect(run.output()).not.toContain("token");

    const asked = inTerminal(["run", ...urls, "--show-queries"]);
    await asked.ended;
    expect(asked.output()).toContain("a.js?token=one");
  });
});

test("a domain that the service refuses is named, the others are preloaded, and none is submitted twice", async () => {
  const domains = { "cdn1.example.com": "online", "cdn3.example.com": "online" } as const;
  bench.emulator.configure({ domains });
  const urls = [1, 2, 3].map((at) => `https://cdn${at}.example.com/app.js`);
  const command = ["run", ...urls, "--state", "preload.json"];
  const run = inTerminal(command, { columns: 200 });
  expect(await run.ended).toBe(2);
  expect(textOnScreen(run.output())).toMatch(
    /^ERROR rejected: The service refused the domain cdn2\.example\.com\. PushObjectCache: InvalidDomain\.NotFound/m,
  );
  const submitted = () => bench.emulator.submissions().map(({ url }) => url);
  expect(submitted()).toEqual([urls[0], urls[2]]);

  bench.emulator.configure({ domains: { ...domains, "cdn2.example.com": "online" } });
  expect(await inTerminal(command).ended).toBe(0);
  expect(submitted()).toEqual([urls[0], urls[2], urls[1]]);
});
