import { readFileSync } from "node:fs";
import { join } from "node:path";
import { memberNames } from "./member-names";

const ROOT = join(__dirname, "../..");
const TEXT = readFileSync(join(ROOT, "docs/configuration.md"), "utf8");

test.each([["provider/pulumi/gate-resource.ts", "GateResource"]])(
  "docs/configuration.md has a row for each member of %s %s",
  (file, name) => {
    const missing = memberNames(file, name).filter((member) => !TEXT.includes(`| \`${member}\` `));
    expect(missing).toEqual([]);
  },
);
