import { startEmulator } from "../../emulator";

/** The service in a process of its own, for gates whose memory is measured. */
async function main(): Promise<void> {
  const enough = 1_000_000;
  const quotas = { preloadL1: enough, preloadL2: enough };
  const { endpoint, accessKeyId, accessKeySecret } = await startEmulator({ quotas });
  process.send?.({ endpoint, accessKeyId, accessKeySecret });
  process.on("disconnect", () => process.exit());
}

void main();
