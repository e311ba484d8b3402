import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { version } from "../../package.json";
import { findPulumi } from "../engine/find-pulumi";
import { InstalledPackage } from "./installed-package";

const ROOT = join(__dirname, "../..");
const EXAMPLE = readFileSync(join(ROOT, "examples/smallest-gate/index.ts"), "utf8");

let installed: InstalledPackage;
beforeAll(() => {
  installed = new InstalledPackage();
}, 180_000);
afterAll(() => installed?.remove());

test("the tarball holds only the built code, the licence and the documents for users", () => {
  const others = installed.files.filter(
    (path) => !/^dist\/(provider|emulator)\/.+\.(js|js\.map|d\.ts)$/.test(path),
  );
  expect(others.sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "package.json",
    "schema/cli-output-v1.json",
    "schema/emulator-scenario-v1.json",
  ]);
});

test("each source map of the tarball holds its source", () => {
  const maps = installed.files.filter((path) => path.endsWith(".map"));
  const withoutSource = maps.filter((path) => {
    const file = join(installed.project, "node_modules/cdn-preload-gate", path);
    const { sourcesContent }: { sourcesContent?: (string | null)[] } = JSON.parse(readFileSync(file, "utf8"));
    return !sourcesContent?.every((text) => typeof text === "string");
  });
  expect(withoutSource).toEqual([]);
});

test("the command line runs under its name", () => {
  const run = installed.run(join(installed.project, "node_modules/.bin/cdn-preload-gate"), ["--version"]);
  expect(run).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

test("an ES module can import every named export of each entry", () => {
  installed.write(
    "imports.mjs",
    `import { hashFiles, Preload, PreloadGate } from "cdn-preload-gate";
     import { startEmulator } from "cdn-preload-gate/emulator";
     import { runPreload } from "cdn-preload-gate/gate";
     import { handler } from "cdn-preload-gate/provider";
     const all = { hashFiles, Preload, PreloadGate, startEmulator, runPreload, handler };
     console.log(Object.values(all).map((value) => typeof value).join());`,
  );
  const run = installed.run(process.execPath, ["imports.mjs"]);
  expect(run.stderr).toBe("");
  expect(run.stdout).toBe("function,function,function,function,function,function\n");
});

test.each([
  ["cdn-preload-gate/gate", "Pulumi", /@pulumi|@grpc/],
  ["cdn-preload-gate/emulator", "Pulumi", /@pulumi|@grpc/],
  ["cdn-preload-gate/provider", "package that is slow to load", /node_modules.(zod|undici|@alicloud)/],
])("%s loads no %s", (entry, _what, unwanted) => {
  const code = `require(${JSON.stringify(entry)});
    console.log(Object.keys(require.cache).filter((path) => ${unwanted}.test(path)).length);`;
  expect(installed.run(process.execPath, ["-e", code])).toEqual({ exitCode: 0, stdout: "0\n", stderr: "" });
});

test("the reduced zod still says what is wrong", () => {
  const code = `const { string } = require("./node_modules/cdn-preload-gate/dist/provider/core/zod.js");
    console.log(string().safeParse(1).error.issues[0].message);`;
  const run = installed.run(process.execPath, ["-e", code]);
  expect(run).toEqual({
    exitCode: 0,
    stdout: "Invalid input: expected string, received number\n",
    stderr: "",
  });
});

test("the types work in a CommonJS program and in an ES module", () => {
  installed.write("uses.cts", EXAMPLE);
  installed.write("uses.mts", EXAMPLE.replace("export =", "export default"));
  const run = installed.run(process.execPath, [
    join(ROOT, "node_modules/typescript/bin/tsc"),
    ...["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--pretty", "false"],
    ...["--typeRoots", join(ROOT, "node_modules/@types"), "--types", "node"],
    "uses.cts",
    "uses.mts",
  ]);
  expect(run).toMatchObject({ exitCode: 0, stdout: "" });
}, 120_000);

test("the smallest example runs with the installed package and the real engine", () => {
  findPulumi();
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  installed.write("program.js", transpileModule(EXAMPLE, { compilerOptions }).outputText);
  installed.write("deploy.mjs", DEPLOY);
  mkdirSync(join(installed.project, "state"));
  const run = installed.run(process.execPath, ["deploy.mjs"], {
    env: {
      PULUMI_BACKEND_URL: `file://${join(installed.project, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "test",
    },
  });
  expect(run.stderr).toBe("");
  expect(JSON.parse(run.stdout)).toMatchObject({ verdict: "passed", preloaded: 2, submissions: 2 });
}, 120_000);

/** What a user's own deployment script would be. */
const DEPLOY = `
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { startEmulator } from "cdn-preload-gate/emulator";
import program from "./program.js";

const emulator = await startEmulator({ speed: 10, visibilityDelayMs: 200 });
const stack = await LocalWorkspace.createOrSelectStack(
  { stackName: "test", projectName: "smallest-gate", program },
  { workDir: process.cwd() },
);
await stack.setAllConfig({
  "alicdn:endpoint": { value: emulator.endpoint },
  "alicloud:accessKey": { value: emulator.accessKeyId },
  "alicloud:secretKey": { value: emulator.accessKeySecret, secret: true },
});
const { outputs } = await stack.up();
console.log(JSON.stringify({
  verdict: outputs.lastAccepted.value.verdict,
  preloaded: outputs.lastAccepted.value.summary.preloaded,
  submissions: emulator.submissionCount(),
}));
await emulator.close();
`;
