import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const scriptsFolder = join(__dirname, "..", "..", "scripts");

/**
 * Runs ES module code in a Node process of its own (jest cannot load the scripts, which are ES modules), with
 * `scripts/<file>` as `it` and `args` in scope, and returns what the code returns, by way of JSON.
 */
export function runModule(file: string, body: string, ...args: readonly unknown[]): unknown {
  const result = startModule(file, body, args);
  if (result.status !== 0) throw new Error(`the code ended with ${result.status}:\n${result.stderr}`);
  return JSON.parse(result.stdout.slice(result.stdout.lastIndexOf("\u0002") + 1));
}

function startModule(file: string, body: string, args: readonly unknown[]): SpawnSyncReturns<string> {
  return spawnSync(
    process.execPath,
    ["--input-type=module", "-e", moduleSource(file, body), JSON.stringify(args)],
    {
      encoding: "utf8",
    },
  );
}

/** The source of such a process, for tests that start it themselves. */
export function moduleSource(file: string, body: string): string {
  return `
    const it = await import(${JSON.stringify(pathToFileURL(join(scriptsFolder, file)).href)});
    const args = JSON.parse(process.argv[1] ?? "[]");
    const result = await (async () => { ${body} })();
    process.stdout.write("\\u0002" + JSON.stringify(result ?? null));
  `;
}
