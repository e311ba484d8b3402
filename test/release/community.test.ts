import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import manifest from "../../package.json";

const ROOT = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const yamlOf = (file: string) => parse(read(file), { strict: true });
const TEMPLATES = readdirSync(join(ROOT, ".github/ISSUE_TEMPLATE")).filter((name) => name !== "config.yml");

test.each(TEMPLATES)("the issue template %s asks for what GitHub can show", (name) => {
  const template = yamlOf(`.github/ISSUE_TEMPLATE/${name}`);
  expect(Object.keys(template)).toEqual(["name", "description", "labels", "body"]);
  const fields: { type: string; id?: string; attributes: Record<string, unknown> }[] = template.body;
  for (const { type, attributes } of fields) {
    expect(["markdown", "dropdown", "input", "textarea"]).toContain(type);
    expect(typeof (type === "markdown" ? attributes.value : attributes.label)).toBe("string");
    if (type === "dropdown") expect((attributes.options as string[]).length).toBeGreaterThan(1);
  }
  const ids = fields.flatMap(({ type, id }) => (type === "markdown" ? [] : [id]));
  expect(ids).not.toContain(undefined);
  expect(new Set(ids).size).toBe(ids.length);
});

test("who wants to report a vulnerability is led away from the issues", () => {
  const { blank_issues_enabled, contact_links } = yamlOf(".github/ISSUE_TEMPLATE/config.yml");
  expect(blank_issues_enabled).toBe(false);
  expect(read("SECURITY.md")).toContain(`(${contact_links[0].url})`);
});

test("Dependabot looks after what the project has, in groups", () => {
  const { version, updates } = yamlOf(".github/dependabot.yml");
  expect(version).toBe(2);
  const manifests: Record<string, string> = {
    npm: "package-lock.json",
    "github-actions": ".github/workflows",
    docker: "base.Dockerfile",
    gomod: "go.mod",
  };
  expect(updates.map((update: Record<string, unknown>) => update["package-ecosystem"])).toEqual(
    Object.keys(manifests),
  );
  for (const update of updates) {
    expect(existsSync(join(ROOT, update.directory, manifests[update["package-ecosystem"]]!))).toBe(true);
    expect(update.schedule.interval).toMatch(/^(weekly|monthly)$/);
    if (update["package-ecosystem"] !== "docker") expect(update.groups).toBeDefined();
  }
});

test("the code's owners are named once the repository has an address", () => {
  const lines = read(".github/CODEOWNERS")
    .split("\n")
    .filter((line) => /^[^#\s]/.test(line));
  const [owner] = new URL(manifest.bugs).pathname.split("/").slice(1);
  for (const line of lines) {
    const [pattern, ...owners] = line.split(/\s+/);
    expect(existsSync(join(ROOT, pattern === "*" ? "" : pattern!))).toBe(true);
    expect(owners.length).toBeGreaterThan(0);
    expect(owners.includes("@OWNER")).toBe(owner === "OWNER");
  }
});

test("the code of conduct is the Contributor Covenant 2.1, with a way to report", () => {
  const text = read("CODE_OF_CONDUCT.md");
  expect(text).toContain("version 2.1");
  expect(text).toContain("/security/advisories/new>");
  expect(text).not.toContain("[INSERT CONTACT METHOD]");
});

test("the page about releases has each job of the workflow", () => {
  const table = read("docs/releasing.md").split("## What the workflow does")[1]!.split("\n## ")[0]!;
  const named = [...table.matchAll(/^\| `([\w-]+)` /gm)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(yamlOf(".github/workflows/release.yml").jobs));
});

test("the commands that contributors are told to run are npm scripts", () => {
  const documents = ["CONTRIBUTING.md", "docs/releasing.md", ".github/pull_request_template.md"].map(read);
  const named = documents.flatMap((text) =>
    [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name!),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
});
