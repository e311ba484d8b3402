// npm run release:ready: says whether what is checked out can be released, and why not.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireReady } from "./release/readiness.mjs";
import { SetUpError } from "./set-up-error.mjs";

try {
  const version = await requireReady(join(dirname(fileURLToPath(import.meta.url)), ".."));
  console.log(`Version ${version} is ready. docs/releasing.md says how to release it.`);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
