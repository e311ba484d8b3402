import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { peerDependencies } from "../../package.json";
import { dependencies, scripts } from "../../plugin/package.json";
import { temporaryFolder, writeFile } from "../scripts/temporary-folder";

const ROOT = join(__dirname, "../..");

/** As `git clone` leaves it: without what is built. */
function clonedFolder(): string {
  const folder = join(temporaryFolder(), "plugin");
  for (const file of ["PulumiPlugin.yaml", "main.js", "package.json", "postinstall.js"])
    cpSync(join(ROOT, "plugin", file), join(folder, file));
  return folder;
}

test("the folder wants the Pulumi SDK that the package wants, and is started by the host for Node.js", () => {
  expect(dependencies).toEqual(peerDependencies);
  expect(readFileSync(join(ROOT, "plugin/PulumiPlugin.yaml"), "utf8")).toMatch(/^runtime: nodejs$/m);
});

test("what the host for Node.js runs in the folder prints a port, as the engine expects of a plugin", async () => {
  const folder = clonedFolder();
  const bundle = join(folder, "dist/pulumi-resource-alicdn.js");
  execFileSync(process.execPath, [join(ROOT, "scripts/bundles.mjs"), "plugin", bundle]);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(ROOT, "node_modules/@pulumi"), join(folder, "node_modules/@pulumi"));
  const host = join(folder, "node_modules/@pulumi/pulumi/cmd/run-plugin");
  const child = spawn(process.execPath, [host, folder], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const { value } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
    expect(value).toMatch(/^\d+$/);
  } finally {
    child.kill("SIGKILL");
  }
});

test("installing the folder's dependencies makes the bundle where there is none, with the repository's own tools", () => {
  const folder = clonedFolder();
  const [command, script] = scripts.postinstall.split(" ");
  expect(command).toBe("node");
  const install = () => spawnSync(process.execPath, [script!], { cwd: folder, encoding: "utf8" });
  writeFile(
    join(folder, "../scripts"),
    "run.mjs",
    `import { mkdirSync } from "node:fs"; mkdirSync("dist"); console.log("built: " + process.argv.slice(2));`,
  );
  expect(install()).toMatchObject({ status: 0, stdout: "built: bundle,plugin\n" });
  expect(install()).toMatchObject({ status: 0, stdout: "" });
});

test("an installation whose build fails fails too", () => {
  const folder = clonedFolder();
  writeFile(join(folder, "../scripts"), "run.mjs", "process.exitCode = 3;");
  expect(spawnSync(process.execPath, ["postinstall.js"], { cwd: folder }).status).toBe(3);
  expect(existsSync(join(folder, "dist"))).toBe(false);
});
