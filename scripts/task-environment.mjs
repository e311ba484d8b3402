import { delimiter, dirname, join } from "node:path";
import { cacheFolder } from "./cache-folder.mjs";
import { isExecutable } from "./executable.mjs";

/** A test or a demo must never reach somebody's account, or the stack they are logged in to, by mistake. */
const NOT_FOR_TASKS =
  /^(ALIBABA_CLOUD_|ALICLOUD_|PULUMI_(ACCESS_TOKEN|BACKEND_URL|STACK|CONFIG_PASSPHRASE)|CDN_PRELOAD_GATE_)/;

/**
 * The environment that the tests and the demo run in: the project's Node first on PATH, then the Pulumi CLI, if there
 * is one already.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv, node: string, pulumi?: import("./pulumi-cli.mjs").PulumiCli }} options
 * @returns {NodeJS.ProcessEnv}
 */
export function taskEnvironment({ root, env, node, pulumi }) {
  const path = [dirname(node), env.PATH ?? ""];
  if (pulumi !== undefined) {
    const pulumiFolder = dirname(pulumi.command);
    path.splice(1, 0, pulumiFolder);
    // Beside `pulumi` the engine takes it silently; elsewhere on PATH it warns at every run, but works.
    const sdkFolder = join(root, "node_modules", "@pulumi", "pulumi");
    if (!isExecutable(join(pulumiFolder, "pulumi-resource-pulumi-nodejs"))) path.push(sdkFolder);
  }
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_FOR_TASKS.test(name))),
    PATH: path.join(delimiter),
    // Nothing of ours in the user's ~/.pulumi, and nothing of theirs (a login, plugins) in ours.
    PULUMI_HOME: join(cacheFolder(env), "pulumi-home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
