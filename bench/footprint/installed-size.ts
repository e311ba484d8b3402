import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Bytes on the disk, for the package itself and for everything installed with it. */
export function installedSize(): { readonly ownBytes: number; readonly dependencies: Map<string, number> } {
  const manifest = manifestOf(".");
  const [leftOut, packed] = partition(manifest.files ?? [], (file) => file.startsWith("!"));
  const sum = (files: readonly string[]) => files.reduce((bytes, file) => bytes + sizeOf(file), 0);
  const ownBytes = sum([...packed, "package.json"]) - sum(leftOut.map((file) => file.slice(1)));
  const dependencies = new Map<string, number>();
  const queue = Object.keys(manifest.dependencies ?? {}).map((name) => join("node_modules", name));
  for (const folder of queue) {
    if (dependencies.has(folder)) continue;
    dependencies.set(folder, sizeOf(folder));
    for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
      const nested = join(folder, "node_modules", name);
      // A nested package is counted with its parent, but its own dependencies count too.
      const found = existsSync(nested) ? nested : join("node_modules", name);
      if (found === nested) dependencies.set(nested, 0);
      else queue.push(found);
    }
  }
  return { ownBytes, dependencies };
}

function partition(files: readonly string[], isFirst: (file: string) => boolean): [string[], string[]] {
  return [files.filter(isFirst), files.filter((file) => !isFirst(file))];
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function sizeOf(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
