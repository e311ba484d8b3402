// npm run release:version: prepares a release. docs/releasing.md says what follows.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { raiseVersion } from "./release/raise-version.mjs";
import { SetUpError } from "./set-up-error.mjs";

try {
  const root = join(dirname(fileURLToPath(import.meta.url)), "..");
  const date = new Date().toISOString().slice(0, 10);
  const { version, changed } = await raiseVersion(root, { date });
  console.log(`Version ${version}: ${["CHANGELOG.md", ...changed].join(", ")}`);
  console.log("Read CHANGELOG.md, and open a pull request. docs/releasing.md says what follows.");
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
