import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { findPulumi } from "../engine/find-pulumi";
import { pluginFolder } from "../engine/plugin-folder";
import { runModule } from "../scripts/run-module";

const ROOT = join(__dirname, "../..");

interface Language {
  readonly name: "Python" | "Go";
  readonly needs?: string;
  readonly file: string;
}
interface Run {
  readonly failed: boolean;
  readonly output: string;
  readonly resources: readonly {
    readonly urn: string;
    readonly type: string;
    readonly outputs?: Record<string, unknown>;
  }[];
}

/** What programs run with: `npm test` has put it into the cache, where this machine has the language and a registry answers. */
const languages = runModule("languages.mjs", "return it.languages(process.env);") as Language[];

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-language-"));
  mkdirSync(join(folder, "state"));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

const BAD_URL = "https://cdn.example.com/emulate-retcode-500-once/app.js";
const GOOD_URL = "https://cdn.example.com/app.css";
const LIVE = "urn:pulumi:test::gate::pulumi:index:Stash::live";

/** Runs an example's own program with the engine, and gives how each operation ended. */
async function drive({ name, file }: Language): Promise<Run[]> {
  findPulumi();
  const runtime = name.toLowerCase();
  const plugins = { providers: [{ name: "alicdn", path: pluginFolder() }] };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "gate", runtime, plugins }));
  const config = {
    "alicdn:endpoint": { value: emulator.endpoint },
    "alicdn:accessKey": { value: emulator.accessKeyId },
    "alicdn:secretKey": { value: emulator.accessKeySecret, secret: true },
    "gate:urls": { value: JSON.stringify([BAD_URL, GOOD_URL]) },
  };
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "not a secret",
    GATE_CONFIG: JSON.stringify(config),
    GATE_OPERATIONS: JSON.stringify(["preview", "up", { target: [LIVE] }, "up", "up", "destroy"]),
    GATE_FOLDER: folder,
  };
  if (name === "Go") return runsOf(file, [], env);
  const modules = join(folder, "modules");
  const source = join(folder, "sdk");
  // Its build writes beside its sources.
  cpSync(join(ROOT, "sdk/python"), source, { recursive: true });
  const install = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-deps",
    "--no-build-isolation",
    "--target",
    modules,
  ];
  await outputOf(file, [...install, "--disable-pip-version-check", source], env);
  const driver = join(__dirname, "languages/drive.py");
  const program = join(ROOT, "examples/python/__main__.py");
  return runsOf(file, [driver, program, folder], { ...env, PYTHONPATH: modules });
}

async function runsOf(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<Run[]> {
  const lines = (await outputOf(command, args, env)).split("\n");
  return lines.filter((line) => line.startsWith("JSON ")).map((line) => JSON.parse(line.slice(5)));
}

/** What a command wrote; the emulator answers meanwhile. @throws Error with all of it where it failed. */
function outputOf(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let all = "";
  child.stdout.on("data", (text) => {
    stdout += text;
    all += text;
  });
  child.stderr.on("data", (text) => {
    all += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve(stdout) : reject(new Error(`${command}: ${all}`))));
  });
}

const nameOf = (urn: string) => urn.split("::").at(-1);

describe.each(languages)("the example in $name", (language) => {
  const isThere = existsSync(language.file);
  const why = language.needs
    ? `there is no ${language.needs}`
    : "its SDK could not be had; `npm test` says why";

  (isThere ? test : test.skip)(
    `fails on a RetCode, blocks its dependent also with --target, is repaired, and is destroyed${isThere ? "" : ` (not run: ${why})`}`,
    async () => {
      const [preview, failing, targeted, repaired, again, destroyed] = await drive(language);
      expect(preview?.failed ? preview.output : "").toBe("");
      expect(preview?.output).toContain("would submit 2 URLs in 1 call, then wait");

      expect(failing?.failed).toBe(true);
      expect(failing?.output).toContain("CDN preload failed; of 2 URLs: 1 preloaded, 1 failed.");
      expect(failing?.output).toMatch(/emulate-retcode-500-once\/app\.js: preload failed, .*RetCode 500/);
      expect(failing?.resources.map(({ urn }) => nameOf(urn))).toContain("warm");
      expect(failing?.resources.map(({ urn }) => nameOf(urn))).not.toContain("live");

      expect(targeted?.failed).toBe(true);
      expect(targeted?.output).toContain("warm has not passed: CDN preload failed");
      expect(targeted?.resources.map(({ urn }) => nameOf(urn))).not.toContain("live");

      expect(repaired?.failed ? repaired.output : "").toBe("");
      expect(repaired?.resources.map(({ urn }) => nameOf(urn))).toContain("live");
      expect(emulator.submissionCount(BAD_URL)).toBe(2);
      expect(emulator.submissionCount(GOOD_URL)).toBe(1);

      expect(again?.output).toMatch(/Resources:\n +3 unchanged/);
      expect(destroyed?.failed).toBe(false);
      expect(destroyed?.resources ?? []).toEqual([]);
    },
  );
});
