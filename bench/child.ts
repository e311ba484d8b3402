import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

/** Where `scripts/bench.mjs` puts the bundled entries. */
const BUNDLES = join(".cache", "bench");

/** Runs a bundled entry in a process of its own, with what `NODE_OPTIONS` a user may have left out. */
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

/** The one message of a child; an error where it ends without. */
export function messageOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("exit", (code) => reject(new Error(`A child ended with ${code} before it said anything.`)));
    child.once("error", reject);
  });
}
