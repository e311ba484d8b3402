// node install-official-pulumi.mjs <folder> <version>
// A separate program, because a process can be cancelled and the Automation API's installer cannot.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { PulumiCommand } = require("@pulumi/pulumi/automation");
// The SDK's own copy, and not another one that npm put at the top.
const { SemVer } = createRequire(require.resolve("@pulumi/pulumi"))("semver");

const [root, version] = process.argv.slice(2);
try {
  await PulumiCommand.install({ root, version: new SemVer(version) });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
