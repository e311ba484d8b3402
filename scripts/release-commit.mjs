// npm run release:commit: commits the bundles to the release branch and tags that; `-- --check` compares the bundles of a
// tag with its sources. The workflows in .github/workflows run both.
import { parseArgs } from "node:util";
import { BUNDLES, makeBundle, root } from "./release/bundles.mjs";
import { requireReady } from "./release/readiness.mjs";
import { commitRelease, outdatedBundles, RELEASE_BRANCH } from "./release/release-commit.mjs";
import { SetUpError } from "./set-up-error.mjs";

const bundles = { files: Object.values(BUNDLES).map(({ outfile }) => outfile), make: makeBundle };

try {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  await (values.check ? check() : commit());
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function commit() {
  const version = await requireReady(root);
  const made = await commitRelease({ root, version, bundles });
  console.log(`${RELEASE_BRANCH} and v${version} are at ${made}.`);
}

async function check() {
  const outdated = await outdatedBundles({ root, bundles });
  if (outdated.length > 0) {
    throw new SetUpError(
      `The sources of this commit do not make what it has as ${outdated.join(" and ")}. A release's tag comes from ` +
        "npm run release:commit, and not from main.",
    );
  }
  console.log(`${bundles.files.join(" and ")} are what the sources make.`);
}
