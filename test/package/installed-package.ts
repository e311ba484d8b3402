import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version as pulumiVersion } from "@pulumi/pulumi/package.json";
import { list } from "tar";
import { version } from "../../package.json";
import { runModule } from "../scripts/run-module";

const ROOT = join(__dirname, "../..");

/** How a command ended. */
export interface CommandRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The package as a release packs it, installed in an empty project outside the repository. */
export class InstalledPackage {
  /** The paths that the tarball holds. */
  readonly files: readonly string[];
  /** The project that it is installed in. */
  readonly project: string;
  readonly tarball: string;
  readonly #folder: string;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-package-"));
    runModule(
      "release/npm-package.mjs",
      "return it.packForNpm({ root: args[0], env: process.env, out: args[1] });",
      ROOT,
      this.#folder,
    );
    this.tarball = join(this.#folder, `cdn-preload-gate-${version}.tgz`);
    this.files = filesOf(this.tarball);
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

/** The paths in the tarball, without the folder that npm puts them in. */
function filesOf(tarball: string): string[] {
  const files: string[] = [];
  list({ file: tarball, sync: true, onReadEntry: ({ path }) => files.push(path.replace("package/", "")) });
  return files;
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
