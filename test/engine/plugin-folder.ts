import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const ROOT = join(__dirname, "../..");

/** The bundle of this process: several workers may make it at the same time. */
let made: Promise<string> | undefined;

/** A folder with the plugin's executable, bundled from the sources as a release is. */
export function pluginFolder(): Promise<string> {
  made ??= makePlugin();
  return made;
}

async function makePlugin(): Promise<string> {
  const folder = join(ROOT, ".cache/plugin");
  mkdirSync(folder, { recursive: true });
  const bundle = await build({
    entryPoints: [join(ROOT, "provider/executable.ts")],
    bundle: true,
    platform: "node",
    target: "node22",
    minify: true,
    write: false,
    logLevel: "warning",
  });
  const executable = join(folder, "pulumi-resource-alicdn");
  const unfinished = `${executable}.${process.pid}`;
  writeFileSync(unfinished, `#!${process.execPath}\n${bundle.outputFiles[0]!.text}`, { mode: 0o755 });
  renameSync(unfinished, executable);
  return folder;
}
