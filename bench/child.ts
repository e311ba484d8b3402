import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

/** The folder where `scripts/bench.mjs` puts the bundled entries. */
const BUNDLES = join(".cache", "bench");

/** Runs a bundled entry in its own process, without the NODE_OPTIONS of the user. */
export function startEntry(
  entry: string,
  args: readonly string[] = [],
  nodeArguments: readonly string[] = [],
): ChildProcess {
  return fork(join(BUNDLES, entry), args, {
    execArgv: [...nodeArguments],
    env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production" },
  });
}

/** The single message of a child. Rejects if the child ends without one. */
export function messageOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("exit", (code) => reject(new Error(`A child ended with ${code} before it said anything.`)));
    child.once("error", reject);
  });
}
