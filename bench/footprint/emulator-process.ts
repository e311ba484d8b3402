import { startEmulator } from "../../emulator";

/** The service in its own process, for measuring the memory of gates. */
async function main(): Promise<void> {
  const enough = 1_000_000;
  const quotas = { preloadL1: enough, preloadL2: enough };
  const { endpoint, accessKeyId, accessKeySecret } = await startEmulator({ quotas });
  process.send?.({ endpoint, accessKeyId, accessKeySecret });
  process.on("disconnect", () => process.exit());
}

void main();
