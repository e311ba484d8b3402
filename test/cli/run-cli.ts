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
  /** Standard error so far. */
  readonly stderrSoFar: () => string;
  readonly ended: Promise<CliRun>;
}

export interface CliSurroundings {
  /** Added to an environment that holds no credentials and no CI system's variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; without it there is none. */
  readonly input?: string;
  readonly cwd?: string;
  /** What starts the command line; without it, this Node and the built package. */
  readonly command?: readonly [string, ...string[]];
}

/** Variables of the machine that change what the command line does. */
const LEFT_OUT =
  /^(ALI|GITHUB_|GITLAB_|CI$|NO_COLOR|FORCE_COLOR|HTTPS?_PROXY|https?_proxy|JEST_|LC_ALL$|LC_MESSAGES$|LANG$)/;

/** This process's environment without what a test has to set itself. */
export function cleanEnvironment(added: Readonly<Record<string, string>> = {}): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name));
  return { ...(Object.fromEntries(own) as Record<string, string>), ...added };
}

/** Starts the command line in a process of its own. */
export function startCli(...args: readonly string[]): RunningCli {
  return startCliIn({}, args);
}

/** As {@link startCli}, with an environment, an input and a folder. */
export function startCliIn(surroundings: CliSurroundings, args: readonly string[]): RunningCli {
  const { env, input, cwd, command = [process.execPath, CLI] } = surroundings;
  const child = spawn(command[0], [...command.slice(1), ...args], {
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    env: cleanEnvironment(env),
    cwd,
  });
  child.stdin?.end(input);
  let stdout = "";
  let stderr = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.includes("\n")) resolve(stdout.slice(0, stdout.indexOf("\n")));
    });
    child.once("close", () => reject(new Error(`It ended before it printed a line:\n${stderr}`)));
  });
  firstLine.catch(() => undefined);
  const ended = new Promise<CliRun>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, firstLine, stderrSoFar: () => stderr, ended };
}

/** Runs the command line to its end. */
export function runCli(...args: readonly string[]): Promise<CliRun> {
  return startCli(...args).ended;
}
