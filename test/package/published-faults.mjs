// node published-faults.mjs TARBALL FOLDER: prints as JSON what publint finds in an installed package, and what
// @arethetypeswrong finds in its tarball. Run apart from jest, which loads no ES modules.
import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const [tarball = "", folder = ""] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
const { messages } = await publint({ pkgDir: folder, pack: false, strict: true });
const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
console.log(
  JSON.stringify({
    publint: messages.map((message) => formatMessage(message, manifest, { color: false })),
    types: analysis.types ? analysis.problems : "no types",
  }),
);
