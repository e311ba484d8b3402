import { readFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../package.json";
import { runModule } from "./run-module";

function explain(...versions: string[]): unknown {
  return runModule(
    "node-version.mjs",
    "return args.map((version) => it.explainOldNode(version) ?? null);",
    ...versions,
  );
}

test("a Node older than 20 gets one line with the required and the actual version", () => {
  const [old, older] = explain("18.20.4", "16.0.0") as string[];
  expect(old).toMatch(/Node 20 or newer.*this is Node 18\.20\.4.*install a newer Node/);
  expect(old).not.toContain("\n");
  expect(older).toContain("16.0.0");
});

test("Node 20 and newer versions pass silently", () => {
  expect(explain("20.0.0", "20.20.2", "22.19.0", "24.21.0", "100.0.0")).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

test("version managers get the Node of the devDependency", () => {
  const ofManagers = readFileSync(join(__dirname, "../../.node-version"), "utf8").trim();
  expect(packageJson.devDependencies.node).toMatch(new RegExp(`^\\^${ofManagers}\\.`));
});
