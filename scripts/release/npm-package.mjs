import { capture } from "../child.mjs";
import { npmCommand } from "../dependencies.mjs";
import { SetUpError } from "../set-up-error.mjs";

/**
 * Packs what is built, as npm publishes it.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv, out: string }} options
 */
export async function packForNpm({ root, env, out }) {
  const [command, ...before] = npmCommand({ root, env });
  const args = [...before, "pack", "--ignore-scripts", "--pack-destination", out, "--loglevel=error"];
  const { ok, output, problem } = await capture(command, args, { cwd: root, env });
  if (!ok) throw new SetUpError(`npm pack failed (${problem}): ${output.trim()}`);
}
