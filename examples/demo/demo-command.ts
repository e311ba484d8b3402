import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Emulator } from "cdn-preload-gate/emulator";
import { inSeconds, type Stage } from "./stage.ts";

const PACKAGE = fileURLToPath(import.meta.resolve("cdn-preload-gate/package.json"));
const COMMAND = join(dirname(PACKAGE), JSON.parse(readFileSync(PACKAGE, "utf8")).bin["cdn-preload-gate"]);

export interface CommandResult {
  readonly exitCode: number | null;
  /** What it printed on standard output. */
  readonly stdout: string;
}

/**
 * Runs the command line with an emulator, and shows its output as it arrives.
 *
 * @param options.cwd where the reports go
 * @param options.signal ends it
 */
export async function runCommand(
  stage: Stage,
  args: readonly string[],
  options: { readonly emulator: Emulator; readonly cwd: string; readonly signal: AbortSignal },
): Promise<CommandResult> {
  const { emulator, cwd, signal } = options;
  signal.throwIfAborted();
  stage.command(`cdn-preload-gate ${args.join(" ")}`);
  const startedAtMs = Date.now();
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    signal,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      // Node's cache of compiled code goes into a folder that the demo deletes.
      NODE_COMPILE_CACHE: join(cwd, "compile-cache"),
      ALICDN_ENDPOINT: emulator.endpoint,
      ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.accessKeySecret,
    },
  });
  let stdout = "";
  let unfinished = "";
  const show = (text: string): void => {
    const lines = (unfinished + text).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") stage.engine(line);
  };
  child.stderr.setEncoding("utf8").on("data", show);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    show(text);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  stage.result(`exit code ${exitCode}, after ${inSeconds(Date.now() - startedAtMs)}`);
  return { exitCode, stdout };
}
