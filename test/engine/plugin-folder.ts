import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The plugin's folder of this process: several workers may make it at the same time. */
let made: string | undefined;

/** A folder with the plugin's executable, made of the bundle that a release holds. */
export function pluginFolder(): string {
  made ??= makePlugin(join(__dirname, "../.."));
  return made;
}

/** @param root of the repository */
export function makePlugin(root: string): string {
  const folder = join(root, ".cache/plugin");
  mkdirSync(folder, { recursive: true });
  const bundle = join(folder, `bundle-${process.pid}.js`);
  execFileSync(process.execPath, [join(root, "scripts/bundles.mjs"), "plugin", bundle]);
  const executable = join(folder, "pulumi-resource-alicdn");
  const unfinished = `${executable}.${process.pid}`;
  writeFileSync(unfinished, `#!${process.execPath}\n${readFileSync(bundle, "utf8")}`, { mode: 0o755 });
  rmSync(bundle);
  renameSync(unfinished, executable);
  return folder;
}
