import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { exports as entries, peerDependencies, repository, version } from "../../package.json";
import { OLDEST_PULUMI_SDK, UNKNOWN_PULUMI_SDK } from "../../provider/pulumi/sdk-version";
import { findPulumi } from "../engine/find-pulumi";
import { InstalledPackage } from "./installed-package";

const ROOT = join(__dirname, "../..");
const EXAMPLE = readFileSync(join(ROOT, "examples/smallest-gate/index.ts"), "utf8");

/** What programs can import. */
const MODULES = Object.keys(entries)
  .filter((entry) => !entry.endsWith(".json"))
  .map((entry) => `cdn-preload-gate${entry.slice(1)}`);

let installed: InstalledPackage;
beforeAll(() => {
  installed = new InstalledPackage();
}, 180_000);
afterAll(() => installed?.remove());

test("the tarball holds only the built code, the licence and the documents for users", () => {
  const others = installed.files.filter((path) => !/^dist\/(provider|emulator)\/.+\.(js|d\.ts)$/.test(path));
  expect(others.sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "package.json",
    "schema/cdn-preload-gate-config-v1.json",
    "schema/cli-output-v1.json",
    "schema/emulator-scenario-v1.json",
  ]);
});

const PACKAGE = () => join(installed.project, "node_modules/cdn-preload-gate");

/** Maps would double the package's size: what runs reads as its source does, comments included. */
test("no file of the tarball names a source map", () => {
  const named = installed.files.filter(
    (path) =>
      path.endsWith(".js") && readFileSync(join(PACKAGE(), path), "utf8").includes("sourceMappingURL"),
  );
  expect(named).toEqual([]);
});

test("publint and @arethetypeswrong find no fault", () => {
  const script = join(__dirname, "published-faults.mjs");
  const run = installed.run(process.execPath, [script, installed.tarball, PACKAGE()]);
  expect(run.stderr).toBe("");
  expect(JSON.parse(run.stdout)).toEqual({ publint: [], types: [] });
});

test("npm can resolve the links of the README", () => {
  expect(repository).toMatchObject({ type: "git", url: expect.stringMatching(/^git\+https:.+\.git$/) });
});

test("a bundler leaves out an entry of which nothing is used", async () => {
  const contents = `${MODULES.map((entry) => `import ${JSON.stringify(entry)};`).join("\n")}\nconsole.log(1);`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: installed.project },
    bundle: true,
    platform: "node",
    write: false,
    logLevel: "silent",
  });
  expect(outputFiles.map(({ text }) => text.trim().split("\n").length)).toEqual([2]);
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

/** The old resolution knows no `exports`; Pulumi's templates had it for years. */
const NODE_10 = { options: { module: "commonjs", moduleResolution: "node" }, files: ["all.ts"] };
const NODE_16 = { options: { module: "node16", moduleResolution: "node16" }, files: ["all.cts", "all.mts"] };
const NODE_NEXT = {
  options: { module: "nodenext", moduleResolution: "nodenext", exactOptionalPropertyTypes: true },
  files: ["all.cts", "all.mts"],
};
const BUNDLER = { options: { module: "es2022", moduleResolution: "bundler" }, files: ["all.ts"] };

test.each([
  ["typescript-5.0", [NODE_16, BUNDLER, NODE_10]],
  ["typescript-5.9", [NODE_NEXT, BUNDLER, NODE_10]],
  ["typescript", [NODE_NEXT, BUNDLER]],
])("the types of every entry are right for %s, without skipLibCheck", (compiler, combinations) => {
  const names = MODULES.map((_, at) => `entry${at}`);
  const imports = MODULES.map((entry, at) => `import * as ${names[at]} from ${JSON.stringify(entry)};`);
  const text = `${imports.join("\n")}\nexport const all = [${names.join(", ")}];\n`;
  for (const file of ["all.ts", "all.cts", "all.mts"]) installed.write(file, text);
  const types = join(installed.project, "node_modules/@types/node");
  if (!existsSync(types)) throw new Error("Pulumi brings no types of Node any more: install them here.");
  const run = installed.run(process.execPath, [
    join(__dirname, "type-errors.mjs"),
    join(ROOT, "node_modules", compiler),
    installed.project,
    JSON.stringify(combinations),
  ]);
  expect(run.stderr).toBe("");
  expect(JSON.parse(run.stdout)).toEqual(combinations.map(() => []));
});

test("the types that users' compilers read need nothing but Pulumi's and Node's", () => {
  const needed = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, name = ""] of readFileSync(path, "utf8").matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
      if (!name.startsWith(".")) needed.add(name);
      else {
        const target = join(dirname(path), name);
        visit(existsSync(`${target}.d.ts`) ? `${target}.d.ts` : join(target, "index.d.ts"));
      }
    }
  };
  for (const entry of Object.values(entries))
    if (typeof entry === "object") visit(join(PACKAGE(), entry.types));
  expect(seen.size).toBeGreaterThan(50);
  expect([...needed].toSorted()).toEqual(["@pulumi/pulumi"]);
});

describe("without the Pulumi SDK that the resources need", () => {
  const NEEDED =
    "The resources of cdn-preload-gate need the Pulumi SDK (npm install @pulumi/pulumi); " +
    "cdn-preload-gate/gate, cdn-preload-gate/urls and cdn-preload-gate/emulator work without it.";
  const sdk = () => join(installed.project, "node_modules/@pulumi/pulumi");
  const load = (entry: string, how: "import" | "require") =>
    installed.run(process.execPath, [
      ...(how === "import" ? ["--input-type=module"] : []),
      "-e",
      how === "import" ? `import * as it from "${entry}"; void it;` : `require("${entry}");`,
    ]);

  beforeAll(() => renameSync(sdk(), `${sdk()}-away`));
  afterAll(() => renameSync(`${sdk()}-away`, sdk()));

  test.each(["import", "require"] as const)("%s of the resources says what to install", (how) => {
    const { exitCode, stderr } = load("cdn-preload-gate", how);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Error: ${NEEDED}\n`);
  });

  test.each(["gate", "urls", "emulator"])("cdn-preload-gate/%s loads, by import and by require", (entry) => {
    for (const how of ["import", "require"] as const)
      expect(load(`cdn-preload-gate/${entry}`, how)).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("a version that is too old is named", () => {
    mkdirSync(sdk());
    writeFileSync(
      join(sdk(), "package.json"),
      JSON.stringify({ name: "@pulumi/pulumi", version: "3.249.9" }),
    );
    try {
      expect(load("cdn-preload-gate", "require").stderr).toContain(
        "Error: The resources of cdn-preload-gate need @pulumi/pulumi 3.250.0 or later, before version 4; this is 3.249.9.\n",
      );
    } finally {
      rmSync(sdk(), { recursive: true });
    }
  });

  test("the versions that are asked for are those of the peer dependency", () => {
    expect(peerDependencies["@pulumi/pulumi"]).toBe(`>=${OLDEST_PULUMI_SDK} <${UNKNOWN_PULUMI_SDK}`);
  });
});

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
