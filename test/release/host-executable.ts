import { existsSync } from "node:fs";
import { join } from "node:path";
import { runModule } from "../scripts/run-module";

const ROOT = join(__dirname, "../..");
const SCRIPTS = join(ROOT, "scripts/plugin");

/** What an executable for this machine is made of. */
interface Host {
  readonly name: string;
  readonly node: string;
}

/** `null` on a machine that no executable is made for. */
function hostOfCache(): Host | null {
  const body = `
    const platform = (await import(args[0])).hostPlatform();
    return platform && { name: platform.name, node: it.cachedNode(platform, process.env) };
  `;
  return runModule("plugin/node-of-platform.mjs", body, join(SCRIPTS, "platforms.mjs")) as Host | null;
}

/** Whether `npm test` has found a Node for this machine in the registry: a test does not ask the registry itself. */
export function hostNodeIsInCache(): boolean {
  const host = hostOfCache();
  return host !== null && existsSync(host.node);
}

/** Such as `linux-amd64`; only where {@link hostNodeIsInCache}. */
export function hostPlatformName(): string {
  const host = hostOfCache();
  if (host === null) throw new Error("No executable is made for this machine.");
  return host.name;
}

/** Makes the executable for this machine in an empty folder, without the archive around it. @returns its path. */
export function makeHostExecutable(folder: string): string {
  const executable = join(folder, "pulumi-resource-alicdn");
  const body = `
    const { bundleFronts } = await import(args[0]);
    const { root, folder, host, executable } = args[1];
    const { script } = await bundleFronts({ root, folder });
    const blob = await it.prepareScript({ script, node: host.node });
    await it.makeExecutable({ blob, node: host.node, platformName: host.name, executable, root });
  `;
  const options = { root: ROOT, folder, host: hostOfCache(), executable };
  runModule("plugin/single-executable.mjs", body, join(SCRIPTS, "archives.mjs"), options);
  return executable;
}
