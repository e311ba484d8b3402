import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeFile } from "../scripts/temporary-folder";

interface Package {
  readonly folder: string;
  readonly licence: string;
}

test.each(["action/dist/main.js", "plugin/dist/pulumi-resource-alicdn.js"])(
  "%s has the licence of each package that went into it, and still runs",
  (name) => {
    const file = join(temporaryFolder(), "bundle.js");
    const files = runModule(
      "release/bundles.mjs",
      "return it.makeBundle(args[0], args[1]);",
      name,
      file,
    ) as string[];
    const packages = runModule(
      "plugin/licences.mjs",
      "return Promise.all(it.packageFoldersOf(args[0]).map(async (folder) => ({ folder, licence: await it.licenceOf(folder) })));",
      files,
    ) as Package[];
    expect(packages.length).toBeGreaterThan(20);
    const text = readFileSync(file, "utf8");
    const without = packages.filter(({ licence }) => !text.includes(licence.replaceAll("*/", "* /")));
    expect(without.map(({ folder }) => folder)).toEqual([]);
    for (const { folder, licence } of packages) {
      const { name: named, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      expect(licence.startsWith(`${named} ${version} (`)).toBe(true);
      // More than the name: the words that ask to be passed on.
      expect(licence).toMatch(/permission|redistribut|license/i);
      expect(licence.length).toBeGreaterThan(400);
    }
    execFileSync(process.execPath, ["--check", file]);
  },
);

test("a package without a text of its licence gets the usual one, and an unknown licence ends the build", () => {
  const root = temporaryFolder();
  const licenceOf = (manifest: object) => {
    writeFile(root, "package.json", JSON.stringify(manifest));
    return runModule(
      "plugin/licences.mjs",
      "return it.licenceOf(args[0]).catch((error) => error.message);",
      root,
    );
  };
  const bare = { name: "bare", version: "1.0.0", license: "ISC", author: "A. Writer" };
  expect(licenceOf(bare)).toMatch(
    /^bare 1\.0\.0 \(ISC\)\n\nCopyright \(c\) A\. Writer\n\nPermission to use, copy/,
  );
  expect(licenceOf({ ...bare, license: "Rare-1.0" })).toBe(
    "bare brings no text of its licence, and that of Rare-1.0 is not known here.",
  );
});
