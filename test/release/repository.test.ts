import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json";
import { schemaOf } from "../../provider/plugin/schema";
import { runModule } from "../scripts/run-module";

const ROOT = join(__dirname, "../..");

interface Repository {
  readonly url: string;
  readonly path: string;
  readonly image: string;
  readonly isPlaceholder: boolean;
}

function repositoryOf(url: string | undefined): Repository | string {
  const body = `try { return it.repositoryOf(args[0]); } catch (error) { return error.message; }`;
  return runModule("release/repository.mjs", body, { repository: { url } }) as Repository | string;
}

const repository = repositoryOf(manifest.repository.url) as Repository;

/** What people read, what pipelines run and what is published. Tests and the changelog speak of other addresses too. */
const NAMED_IN = [
  ".github",
  "action.yml",
  "CODE_OF_CONDUCT.md",
  "CONTRIBUTING.md",
  "README.md",
  "README.zh-CN.md",
  "SECURITY.md",
  "docs",
  "examples",
  "package.json",
  "plugin",
  "provider",
  "schema",
  "scripts",
  "sdk",
];
const IGNORED = /(^|\/)(node_modules|dist|\.cache)(\/|$)/;

function filesUnder(name: string): string[] {
  const found = statSync(join(ROOT, name), { throwIfNoEntry: false });
  if (found === undefined || !found.isDirectory()) return found === undefined ? [] : [name];
  return readdirSync(join(ROOT, name), { withFileTypes: true })
    .map((entry) => `${name}/${entry.name}`)
    .filter((path) => !IGNORED.test(path))
    .flatMap(filesUnder);
}

/** An owner and this project's name, as an address, an action, a container or a tap has them. */
const NAMES_REPOSITORY =
  /((?:github\.com|api\.github\.com\/repos|ghcr\.io)[/:]|github:\/\/api\.github\.com\/|\buses: |\btap )([\w.-]+)\/cdn-preload-gate\b/g;

/** The text with this repository in place of each that it names. */
function withRepository(text: string): string {
  const [owner = ""] = repository.path.split("/");
  return text.replace(NAMES_REPOSITORY, (_all, before: string) => {
    const named = before.startsWith("ghcr.io") ? owner.toLowerCase() : owner;
    return `${before}${named}/cdn-preload-gate`;
  });
}

test("every file names the repository of package.json; UPDATE_DOCS=1 writes it", () => {
  const files = NAMED_IN.flatMap(filesUnder);
  expect(files.length).toBeGreaterThan(200);
  const wrong = files.filter((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    const right = withRepository(text);
    if (right !== text && process.env.UPDATE_DOCS === "1") writeFileSync(join(ROOT, file), right);
    return right !== text;
  });
  expect(process.env.UPDATE_DOCS === "1" ? [] : wrong).toEqual([]);
});

test.each([
  ["an address", "https://github.com/SOMEONE/cdn-preload-gate/releases"],
  ["an action", "uses: SOMEONE/cdn-preload-gate@v1"],
  ["a download of the engine", "github://api.github.com/SOMEONE/cdn-preload-gate"],
  ["a container", "docker run ghcr.io/someone/cdn-preload-gate:0.1.0"],
  ["a tap", "brew tap SOMEONE/cdn-preload-gate"],
  ["a clone", "git@github.com:SOMEONE/cdn-preload-gate.git"],
])("another repository is found in %s", (_what, text) => {
  expect(withRepository(text)).not.toBe(text);
  expect(withRepository(text)).not.toMatch(/someone/i);
});

test("package.json names it in each field that npm has for it", () => {
  expect(manifest.homepage).toBe(`${repository.url}#readme`);
  expect(manifest.bugs).toBe(`${repository.url}/issues`);
  expect(manifest.author).toContain(`(${repository.url}/`);
  expect(repository.path.split("/")[1]).toBe(manifest.name);
});

test("the plugin's code names it too", () => {
  const code = readFileSync(join(ROOT, "provider/plugin/repository.ts"), "utf8");
  expect(code).toContain(`REPOSITORY = "${repository.url}"`);
});

test("the engine downloads the plugin from the releases of the repository", () => {
  expect(schemaOf("https://github.com/acme/cdn-preload-gate")).toMatchObject({
    homepage: "https://github.com/acme/cdn-preload-gate",
    repository: "https://github.com/acme/cdn-preload-gate",
    pluginDownloadURL: "github://api.github.com/acme/cdn-preload-gate",
  });
});

test("while the owner is a placeholder, the engine downloads nothing from an account of that name", () => {
  const keys = Object.keys(schemaOf("https://github.com/OWNER/cdn-preload-gate"));
  expect(keys).not.toContain("pluginDownloadURL");
});

test("the placeholder is told from an owner", () => {
  expect(repositoryOf("git+https://github.com/OWNER/cdn-preload-gate.git")).toEqual({
    url: "https://github.com/OWNER/cdn-preload-gate",
    path: "OWNER/cdn-preload-gate",
    image: "ghcr.io/owner/cdn-preload-gate",
    isPlaceholder: true,
  });
  expect(repositoryOf("git+https://github.com/Acme/cdn-preload-gate.git")).toMatchObject({
    image: "ghcr.io/acme/cdn-preload-gate",
    isPlaceholder: false,
  });
});

test.each([undefined, "https://github.com/acme/cdn-preload-gate", "git+https://git.example.com/a/b.git"])(
  "an address that releases cannot be made for is refused: %s",
  (url) => {
    expect(repositoryOf(url)).toBe(
      `package.json has the repository ${JSON.stringify(url)}. It must have the form ` +
        '"git+https://github.com/<owner>/<name>.git".',
    );
  },
);
