import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version as pulumiVersion } from "@pulumi/pulumi/package.json";

const ROOT = join(__dirname, "../..");

/** How a command ended. */
export interface CommandRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The package as `npm pack` makes it, installed in an empty project outside the repository. */
export class InstalledPackage {
  /** The paths that the tarball holds. */
  readonly files: readonly string[];
  /** The project that it is installed in. */
  readonly project: string;
  readonly tarball: string;
  readonly #folder: string;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-package-"));
    const packed = this.#npm(ROOT, [
      "pack",
      "--ignore-scripts",
      "--json",
      "--pack-destination",
      this.#folder,
    ]);
    const [tarball] = JSON.parse(packed.stdout) as { filename: string; files: { path: string }[] }[];
    if (!tarball) throw new Error(`npm pack has packed nothing:\n${packed.stderr}`);
    this.tarball = join(this.#folder, tarball.filename);
    this.files = tarball.files.map(({ path }) => path);
    this.project = join(this.#folder, "project");
    mkdirSync(this.project);
    this.write("package.json", JSON.stringify({ name: "a-project-of-a-user", private: true }));
    this.#npm(this.project, [
      "install",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      this.tarball,
      `@pulumi/pulumi@${pulumiVersion}`,
    ]);
  }

  /** Writes a file of the project. */
  write(name: string, content: string): void {
    writeFileSync(join(this.project, name), content);
  }

  /** Runs a command in the project. */
  run(
    command: string,
    args: readonly string[],
    options: { env?: Readonly<Record<string, string>> } = {},
  ): CommandRun {
    return runIn(this.project, [command, ...args], options.env);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #npm(cwd: string, args: readonly string[]): CommandRun {
    const run = runIn(cwd, ["npm", ...args]);
    if (run.exitCode !== 0)
      throw new Error(`npm ${args[0]} ended with ${run.exitCode}:\n${run.stdout}${run.stderr}`);
    return run;
  }
}

function runIn(
  cwd: string,
  [command = "", ...args]: readonly string[],
  env?: Readonly<Record<string, string>>,
): CommandRun {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { exitCode: status, stdout, stderr };
}
