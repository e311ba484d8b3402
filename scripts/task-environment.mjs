import { delimiter, dirname, join } from "node:path";
import { cacheFolder } from "./cache-folder.mjs";
import { isExecutable } from "./executable.mjs";

/** A test or a demo must never use the user's account or the user's stack. */
const NOT_FOR_TASKS =
  /^(ALIBABA_CLOUD_|ALICLOUD_|PULUMI_(ACCESS_TOKEN|BACKEND_URL|STACK|CONFIG_PASSPHRASE)|CDN_PRELOAD_GATE_)/;

/**
 * The environment of the tests and the demo: the project's Node first on PATH, then the Pulumi CLI if it exists.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv, node: string, pulumi?: import("./pulumi-cli.mjs").PulumiCli }} options
 * @returns {NodeJS.ProcessEnv}
 */
export function taskEnvironment({ root, env, node, pulumi }) {
  const path = [dirname(node), env.PATH ?? ""];
  if (pulumi !== undefined) {
    const pulumiFolder = dirname(pulumi.command);
    path.splice(1, 0, pulumiFolder);
    // Beside `pulumi`, the engine uses it silently. Elsewhere on PATH it works, with a warning in each run.
    const sdkFolder = join(root, "node_modules", "@pulumi", "pulumi");
    if (!isExecutable(join(pulumiFolder, "pulumi-resource-pulumi-nodejs"))) path.push(sdkFolder);
  }
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_FOR_TASKS.test(name))),
    PATH: path.join(delimiter),
    // Keeps our files out of the user's ~/.pulumi, and the user's login and plugins out of ours.
    PULUMI_HOME: join(cacheFolder(env), "pulumi-home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
