import { spawn } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { findPulumi } from "../engine/find-pulumi";
import { pluginFolder } from "../engine/plugin-folder";

const PULUMI = findPulumi();

/** The full distribution of Pulumi has it beside `pulumi`; a Go build of the command line has not. */
const LANGUAGE_HOST = "pulumi-language-yaml";
const isThere = (process.env.PATH ?? "")
  .split(delimiter)
  .some((folder) => existsSync(join(folder, LANGUAGE_HOST)));

const BAD_URL = "https://cdn.example.com/emulate-retcode-500-once/app.js";
const GOOD_URL = "https://cdn.example.com/app.css";

let emulator: Emulator;
let folder: string;

beforeEach(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-yaml-"));
  mkdirSync(join(folder, "state"));
});

afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the Pulumi command line in the project; the emulator answers meanwhile. */
function pulumi(...args: string[]): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const child = spawn(PULUMI, [...args, "--non-interactive", "--stack", "test"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "not a secret",
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, output }));
  });
}

const up = (...args: string[]) => pulumi("up", "--yes", "--skip-preview", ...args);

/** The example's own project, with this clone's plugin and the emulator. */
async function setUpProject(): Promise<void> {
  const project = join(folder, "Pulumi.yaml");
  cpSync(join(__dirname, "../../examples/yaml/Pulumi.yaml"), project);
  appendFileSync(
    project,
    `\nplugins: ${JSON.stringify({ providers: [{ name: "alicdn", path: pluginFolder() }] })}\n`,
  );
  await pulumi("stack", "init");
  await pulumi("config", "set", "alicdn:endpoint", emulator.endpoint);
  await pulumi("config", "set", "alicdn:accessKey", emulator.accessKeyId);
  await pulumi("config", "set", "--secret", "alicdn:secretKey", emulator.accessKeySecret);
  await pulumi("config", "set", "--path", "urls[0]", BAD_URL);
  await pulumi("config", "set", "--path", "urls[1]", GOOD_URL);
}

const testWithHost = isThere ? test : test.skip;

testWithHost(
  `the example in YAML fails on a RetCode, blocks its dependent also with --target, and is repaired${isThere ? "" : ` (not run: there is no ${LANGUAGE_HOST} on PATH)`}`,
  async () => {
    await setUpProject();
    const preview = await pulumi("preview");
    expect(preview.output).toContain("would submit 2 URLs in 1 call, then wait");
    expect(preview.exitCode).toBe(0);

    const failing = await up();
    expect(failing.exitCode).not.toBe(0);
    expect(failing.output).toContain("CDN preload failed; of 2 URLs: 1 preloaded, 1 failed.");
    expect(failing.output).toMatch(/emulate-retcode-500-once\/app\.js: preload failed, .*RetCode 500/);

    const targeted = await up("--target", "urn:pulumi:test::gate-yaml::pulumi:index:Stash::live");
    expect(targeted.exitCode).not.toBe(0);
    expect(targeted.output).toContain("warm has not passed: CDN preload failed");

    const repaired = await up();
    expect(repaired.exitCode).toBe(0);
    expect(repaired.output).toMatch(/pulumi:index:Stash live created/);
    expect([emulator.submissionCount(BAD_URL), emulator.submissionCount(GOOD_URL)]).toEqual([2, 1]);
    expect((await up()).output).toMatch(/Resources:\n +3 unchanged/);
  },
  240_000,
);

testWithHost(
  `pulumi import takes a task's id and writes the program's text${isThere ? "" : ` (not run: there is no ${LANGUAGE_HOST} on PATH)`}`,
  async () => {
    await setUpProject();
    await pulumi("config", "set", "--path", "urls[0]", "https://cdn.example.com/app.js");
    expect((await up()).exitCode).toBe(0);
    const taskId = emulator.submissions()[0]?.taskId ?? "";
    const imported = await pulumi(
      "import",
      "alicdn:index:Preload",
      "again",
      taskId,
      "--yes",
      "--skip-preview",
    );
    expect(imported.output).toContain("1 imported");
    expect(imported.output).toMatch(
      /again:\n +type: alicdn:Preload\n +properties:\n +urls:\n +- cdn\.example\.com\/app\.js\n +- cdn\.example\.com\/app\.css/,
    );
    expect(imported.exitCode).toBe(0);
    expect(emulator.submissionCount()).toBe(2);
  },
  240_000,
);
