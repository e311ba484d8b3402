import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { engines } from "../../package.json";
import { explainOldNode, OLDEST_NODE } from "../../provider/wording/node-version";

const ROOT = join(__dirname, "../..");
let folder: string;
let bundle: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-old-node-"));
  bundle = join(folder, "main.js");
  execFileSync(process.execPath, [join(ROOT, "scripts/bundles.mjs"), "action", bundle]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface OldNode {
  readonly version: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** Nodes that are too old: this one under another version, and those of the machine. */
function oldNodes(): OldNode[] {
  const fakes = ["22.14.0", "20.19.0", "16.20.2"].map((version): OldNode => {
    const file = join(folder, `node-${version}.cjs`);
    const versions = `{ value: { ...process.versions, node: "${version}" } }`;
    writeFileSync(file, `Object.defineProperty(process, "versions", ${versions});`);
    return { version, command: process.execPath, args: ["--require", file] };
  });
  const found = (process.env.PATH ?? "").split(delimiter).flatMap((path): OldNode[] => {
    const command = join(path, "node");
    const { stdout } = spawnSync(command, ["-p", "process.versions.node"], { encoding: "utf8" });
    const version = stdout?.trim();
    return version && explainOldNode(version, "en") ? [{ version, command, args: [] }] : [];
  });
  return [...fakes, ...found];
}

test("the oldest Node is the one that package.json names", () => {
  expect(engines.node).toBe(`>=${OLDEST_NODE}`);
  expect(explainOldNode(OLDEST_NODE, "en")).toBeUndefined();
  expect(explainOldNode("24.0.0", "en")).toBeUndefined();
  expect(explainOldNode("22.18.9", "en")).toBe(
    "cdn-preload-gate needs Node 22.19 or later; this is Node 22.18.9.",
  );
});

test("an old Node gets one sentence with both versions and exit code 2, from the command line and the action", () => {
  for (const { version, command, args } of oldNodes()) {
    const sentence = `cdn-preload-gate needs Node 22.19 or later; this is Node ${version}.`;
    const main = join(ROOT, "dist/provider/cli/main.js");
    const cli = spawnSync(command, [...args, main, "--version"], { encoding: "utf8" });
    expect(cli).toMatchObject({ status: 2, stdout: "", stderr: `error: ${sentence}\n` });
    const action = spawnSync(command, [...args, bundle], { encoding: "utf8" });
    const annotation = `::error title=CDN preload::${sentence}\n`;
    expect(action).toMatchObject({ status: 2, stdout: annotation, stderr: "" });
  }
});

test("an old Node gets the sentence from the resource, so that a preview tells it", () => {
  const program = `
    const pulumi = require("@pulumi/pulumi");
    pulumi.runtime.setMocks({ newResource: (a) => ({ id: a.name, state: a.inputs }), call: (a) => a.inputs });
    const { Preload } = require(${JSON.stringify(join(ROOT, "dist/provider/index.js"))});
    try { new Preload("warm", { urls: ["cdn.example.com/a.js"] }); } catch (error) { console.log(error.message); }
    process.exit(0);
  `;
  const { command, args } = oldNodes()[0]!;
  const run = spawnSync(command, [...args, "-e", program], { encoding: "utf8", cwd: ROOT });
  expect(run.stdout).toBe("cdn-preload-gate needs Node 22.19 or later; this is Node 22.14.0.\n");
});
