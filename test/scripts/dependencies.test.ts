import { mkdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runModule } from "./run-module";
import { temporaryFolder, writeFile, writeProgram } from "./temporary-folder";

const locked = {
  "": { version: "1.0.0" },
  "node_modules/wanted": { version: "2.0.0" },
  "node_modules/for-another-platform": { version: "3.0.0", optional: true },
  "node_modules/itself": { link: true },
};

function checkout(installed?: object): string {
  const root = temporaryFolder();
  writeFile(root, "package-lock.json", JSON.stringify({ packages: locked }));
  if (installed !== undefined) {
    writeFile(root, "node_modules/.package-lock.json", JSON.stringify({ packages: installed }));
    mkdirSync(join(root, "node_modules", "wanted"));
  }
  return root;
}

function areCurrent(...roots: string[]): unknown {
  return runModule(
    "dependencies.mjs",
    "return Promise.all(args.map((root) => it.dependenciesAreCurrent(root)));",
    ...roots,
  );
}

test("npm ci runs after a clone, and if an installed version is not the locked one", () => {
  const fresh = checkout();
  const outdated = checkout({ "node_modules/wanted": { version: "1.9.0" } });
  const incomplete = checkout({});
  expect(areCurrent(fresh, outdated, incomplete)).toEqual([false, false, false]);
});

test("a manual installation is kept if it matches the lockfile", () => {
  const byHand = checkout({ "node_modules/wanted": { version: "2.0.0" } });
  expect(areCurrent(byHand)).toEqual([true]);
});

test("npm ci runs again after the lockfile has changed", () => {
  const root = checkout({ "node_modules/wanted": { version: "2.0.0" } });
  expect(areCurrent(root)).toEqual([true]);
  const changed = { ...locked, "node_modules/wanted": { version: "2.1.0" } };
  writeFile(root, "package-lock.json", JSON.stringify({ packages: changed }));
  expect(areCurrent(root)).toEqual([false]);
});

test("an npm that cannot reach its registry is distinguished from other failures", () => {
  const [offline, other] = runModule(
    "dependencies.mjs",
    "return args.map((output) => it.explainNpmFailure('exit code 1', output));",
    "npm error code ENOTFOUND\nnpm error network request failed",
    "npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync",
  ) as string[];
  expect(offline).toMatch(/registry cannot be reached.*run the same command again/);
  expect(other).toContain("are in sync");
  expect(other).not.toContain("cannot be reached");
});

test("the Node in node_modules does not run the npm ci that removes it", () => {
  const path = ["/project/node_modules/.bin", "/project/node_modules/node/bin", "/project/bin", "/usr/bin"];
  expect(
    runModule(
      "dependencies.mjs",
      "return it.pathWithoutOwnModules(...args);",
      path.join(delimiter),
      "/project",
    ),
  ).toBe(["/project/bin", "/usr/bin"].join(delimiter));
});

describe("npm ci", () => {
  /** Installs on a machine whose npm does as told, and gives what npm was asked. */
  function install(lines: readonly string[]) {
    const root = checkout();
    const bin = temporaryFolder();
    const asked = join(bin, "asked");
    writeProgram(bin, "npm", [`echo "$*" >> '${asked}'`, ...lines]);
    const body = `
      const progress = { say: () => {}, step: (text, work) => work() };
      return it.installDependencies({ ...args[0], progress }).then(() => "done", (error) => error.message);
    `;
    const ended = runModule("dependencies.mjs", body, { root, env: { PATH: bin } });
    return { ended, asked: readFileSync(asked, "utf8").trim().split("\n") };
  }
  const usual = "ci --include=dev --no-fund --no-audit --loglevel=error";

  test("runs again without install scripts on a platform that the devDependency `node` has no build for", () => {
    const { ended, asked } = install([
      'case "$*" in *--ignore-scripts*) exit 0 ;; esac',
      "echo 'npm error command sh -c node installArchSpecificPackage' >&2",
      "exit 1",
    ]);
    expect(ended).toBe("done");
    expect(asked).toEqual([usual, `${usual} --ignore-scripts`]);
  });

  test("does not run again after another failure", () => {
    const { ended, asked } = install(["echo 'npm error code ENOTFOUND' >&2", "exit 1"]);
    expect(ended).toContain("npm ci failed (exit code 1).");
    expect(asked).toEqual([usual]);
  });
});

describe("the Node of the tests", () => {
  /** A checkout whose dependencies bring Node 24, on a machine with another. */
  function findNode(env: Readonly<Record<string, string>>, ownVersion = "22.19.0") {
    const root = temporaryFolder();
    const bin = temporaryFolder();
    writeFile(root, "package.json", JSON.stringify({ engines: { node: ">=22.19.0" } }));
    writeProgram(join(root, "node_modules/node/bin"), "node", ["echo v24.0.0"]);
    const own = writeProgram(bin, "node", [`echo v${ownVersion}`]);
    const body = `
      const progress = { say: () => {}, step: (text, work) => work() };
      return it.findProjectNode({ ...args[0], progress }).catch((error) => error.message);
    `;
    const path = [join(root, "node_modules/node/bin"), bin].join(delimiter);
    const found = runModule("dependencies.mjs", body, { root, env: { PATH: path, ...env } });
    return { found, own };
  }

  test("is the one that the dependencies bring", () => {
    expect(findNode({}).found).toMatchObject({ nodeVersion: "24.0.0" });
  });

  test("is the machine's own with CDN_PRELOAD_GATE_NODE=path", () => {
    const { found, own } = findNode({ CDN_PRELOAD_GATE_NODE: "path" });
    expect(found).toEqual({ node: own, nodeVersion: "22.19.0" });
  });

  test("is not one that is too old", () => {
    expect(findNode({ CDN_PRELOAD_GATE_NODE: "path" }, "22.18.0").found).toBe(
      "There is no Node that can run the tests: put Node 22.19.0 or newer on PATH. Then run the same command again.",
    );
  });
});
