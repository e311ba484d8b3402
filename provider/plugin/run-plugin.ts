import { VERSION } from "../core/version";
import { engineAddress, onEngineDeath } from "../resources/engine-process";
import { ProviderService } from "./provider-service";
import { serve } from "./server";

/**
 * The plugin's process: serves the provider and prints the port, which is all that the engine reads of standard output
 * before it calls. It ends at a signal, or when the engine is gone.
 *
 * @param argv the process's command line, the engine's address last; without one it waits to be attached to.
 */
export async function runPlugin(argv: readonly string[]): Promise<void> {
  if (argv.includes("--version")) {
    process.stdout.write(`pulumi-resource-alicdn ${VERSION}\n`);
    return;
  }
  const service = new ProviderService(engineAddress(argv));
  const port = await serve(service.handlers());
  // What is found out from then on could be saved nowhere: better not to start anything more.
  onEngineDeath(() => process.exit(1), argv);
  process.stdout.write(`${port}\n`);
}
