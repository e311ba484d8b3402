import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../usage-error";

/** The names of a config file that is found by itself. */
export const CONFIG_NAMES: readonly string[] = ["json", "yaml", "yml"].map(
  (ending) => `cdn-preload-gate.config.${ending}`,
);

/**
 * The config file of a folder or of the nearest one above it. The search ends at the root of a repository: what lies
 * above is another project's.
 *
 * @throws UsageError where a folder has several.
 */
export function findConfig(folder: string): string | undefined {
  const names = namesIn(folder);
  const found = CONFIG_NAMES.filter((name) => names.includes(name));
  if (found.length > 1) throw new UsageError({ kind: "severalConfigs", folder, names: found });
  if (found[0] !== undefined) return join(folder, found[0]);
  const above = dirname(folder);
  return above === folder || existsSync(join(folder, ".git")) ? undefined : findConfig(above);
}

/** A folder that cannot be listed has none that could be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
