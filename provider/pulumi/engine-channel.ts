import diagnosticsChannel from "node:diagnostics_channel";
import { createRequire } from "node:module";
import { type EngineLog, type EngineModules, engineLog } from "../resources/engine-log";
import { engineAddress } from "../resources/engine-process";

/**
 * The one file that touches the dynamic host's private corners. The host gives a provider no log of its resource and
 * no word of a Ctrl-C; both can be had beside it. Each part degrades silently: where a future SDK has moved
 * something, logs go to standard output and a Ctrl-C waits for the engine.
 */

/**
 * A log that writes to the rows of the engine that started this process.
 *
 * @param argv the host's command line; the engine's address is its last positional argument.
 */
export function openEngineLog(argv: readonly string[] = process.argv): EngineLog {
  const address = engineAddress(argv);
  const modules = address === undefined ? undefined : modulesOfHost();
  return engineLog(address !== undefined && modules ? { address, modules } : undefined);
}

/** The modules that the host itself runs on: they need not be this package's own. */
function modulesOfHost(): EngineModules | undefined {
  try {
    const ofPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
    return {
      grpc: ofPulumi("@grpc/grpc-js"),
      services: ofPulumi("@pulumi/pulumi/proto/engine_grpc_pb"),
      messages: ofPulumi("@pulumi/pulumi/proto/engine_pb"),
    };
  } catch {
    return undefined;
  }
}

/**
 * Tells when the engine cancels: the host answers its `Cancel` RPC with an empty stub, but Node announces
 * each HTTP/2 stream that arrives, with its path. The engine also cancels at the end of every normal
 * operation, so a caller must ignore it while none of its calls is in flight.
 */
export function onEngineCancel(listener: () => void): void {
  diagnosticsChannel.subscribe("http2.server.stream.created", (message) => {
    const headers = (message as { headers?: Record<string, unknown> }).headers;
    if (headers?.[":path"] === "/pulumirpc.ResourceProvider/Cancel") listener();
  });
}
