import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

/** The built command line, as `npm install` links it. */
export const CLI = join(__dirname, "../../dist/provider/cli/main.js");

/** How a run of the command line ended. */
export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that runs: what it has printed so far, and its end. */
export interface RunningCli {
  readonly child: ChildProcess;
  /** The first line of its standard output. */
  readonly firstLine: Promise<string>;
  readonly ended: Promise<CliRun>;
}

/** Starts the command line in a process of its own. */
export function startCli(...args: readonly string[]): RunningCli {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.includes("\n")) resolve(stdout.slice(0, stdout.indexOf("\n")));
    });
    child.once("close", () => reject(new Error(`It ended before it printed a line:\n${stderr}`)));
  });
  firstLine.catch(() => undefined);
  const ended = new Promise<CliRun>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, firstLine, ended };
}

/** Runs the command line to its end. */
export function runCli(...args: readonly string[]): Promise<CliRun> {
  return startCli(...args).ended;
}
