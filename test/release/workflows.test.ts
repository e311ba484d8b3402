import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import manifest from "../../package.json";

const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, ".github/workflows");
const FILES = readdirSync(FOLDER).toSorted();

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly "runs-on"?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const textOf = (file: string) => readFileSync(join(FOLDER, file), "utf8");
const read = (file: string): Workflow => parse(textOf(file), { strict: true });
const workflows = FILES.map((file) => ({ file, ...read(file) }));
const jobs = workflows.flatMap(({ file, jobs: all }) =>
  Object.entries(all).map(([name, job]) => ({ where: `${file}: ${name}`, name, job })),
);
const runs = jobs.flatMap(({ where, job }) =>
  (job.steps ?? []).flatMap(({ run }) => (run === undefined ? [] : [{ where, run }])),
);

test("there is a workflow for each change, one that tags, and one that releases", () => {
  expect(FILES).toEqual(expect.arrayContaining(["ci.yml", "release.yml", "tag.yml"]));
});

test("CI runs on Linux, macOS and Windows, with each Node that is supported", () => {
  const { test: tests, windows } = read("ci.yml").jobs;
  const runners = [...(tests?.strategy?.matrix.os ?? []), windows?.["runs-on"]].map(String);
  expect(runners.map((runner) => runner.replace(/-.*/, ""))).toEqual(["ubuntu", "macos", "windows"]);
  for (const job of [tests, windows]) expect(job?.strategy?.matrix.node).toEqual([22, 24]);
  const oldest = Number(/^>=(\d+)\./.exec(manifest.engines.node)?.[1]);
  expect(oldest).toBe(22);
});

test("every npm script that a workflow runs is one of package.json", () => {
  const named = runs.flatMap(({ run }) => [...run.matchAll(/\bnpm (?:run ([\w:-]+)|(test)\b)/g)]);
  const scripts = new Set(named.map(([, name, short]) => name ?? short));
  expect(scripts.size).toBeGreaterThan(5);
  expect([...scripts].filter((name) => !Object.hasOwn(manifest.scripts, name!))).toEqual([]);
});

/** What a workflow runs besides npm's scripts: tools that the runners have. */
const TOOLS = [
  "command -v skopeo || sudo apt-get install",
  "cp",
  "docker",
  "gh",
  "git",
  "go",
  "mkdir",
  "npm publish",
  "skopeo",
];

test("every other command is a tool that the runners have", () => {
  const commands = runs.flatMap(({ run }) =>
    run
      .replaceAll(/\\\n\s*/g, " ")
      .split("\n")
      .filter((line) => line !== "" && !/^\w+="/.test(line))
      .map((line) => line.trim()),
  );
  const others = commands.filter(
    (line) =>
      !/^npm (run|test)\b/.test(line) && !TOOLS.some((tool) => line === tool || line.startsWith(`${tool} `)),
  );
  expect(others).toEqual([]);
});

test("every action is pinned to a commit, and the line says which version that is", () => {
  const lines = FILES.flatMap((file) => textOf(file).split("\n")).filter((line) =>
    /^\s*(- )?uses:/.test(line),
  );
  expect(lines.length).toBeGreaterThan(10);
  const loose = lines.filter(
    (line) =>
      !/uses: ([\w.-]+\/)+[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$|uses: \.\/\.github\/workflows\//.test(line),
  );
  expect(loose).toEqual([]);
  const pins = new Map<string, Set<string>>();
  for (const [, name = "", pin = ""] of lines.join("\n").matchAll(/uses: ([^@\s]+)@(.+)$/gm))
    pins.set(name, (pins.get(name) ?? new Set()).add(pin));
  for (const [name, versions] of pins)
    expect({ name, versions: [...versions] }).toEqual({ name, versions: [expect.any(String)] });
});

/** The jobs that may do more than read the repository, and what each may do. */
const MAY_DO_MORE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "release.yml: github": { contents: "write" },
  "release.yml: image": { packages: "write" },
  "release.yml: npm": { contents: "read", "id-token": "write" },
  "release.yml: package-managers": { contents: "write", "pull-requests": "write" },
  "tag.yml: tag": { actions: "write", contents: "write" },
};

test("a job may do no more than it needs", () => {
  for (const { permissions } of workflows) expect([{}, { contents: "read" }]).toContainEqual(permissions);
  const permitted = jobs.filter(({ job }) => job.permissions !== undefined);
  expect(Object.fromEntries(permitted.map(({ where, job }) => [where, job.permissions]))).toEqual(
    MAY_DO_MORE,
  );
});

test("an identity token is only for the job that publishes with a provenance", () => {
  const withToken = jobs.filter(({ job }) => job.permissions?.["id-token"] !== undefined);
  expect(withToken.map(({ where }) => where)).toEqual(["release.yml: npm"]);
  const publishing = runs.filter(({ run }) => run.includes("npm publish"));
  expect(publishing).toEqual([
    { where: "release.yml: npm", run: expect.stringMatching(/ --provenance --access public$/) },
  ]);
});

test("only a job that pushes keeps the repository's token on disk", () => {
  const keeping = jobs.filter(({ job }) =>
    (job.steps ?? []).some(
      ({ uses = "", with: inputs }) =>
        uses.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false,
    ),
  );
  const pushing = runs.filter(({ run }) => run.includes("git push")).map(({ where }) => where);
  expect(keeping.map(({ where }) => where)).toEqual([...new Set(pushing)]);
});

test("no text from outside becomes part of a command", () => {
  expect(runs.filter(({ run }) => run.includes("${{"))).toEqual([]);
  expect(workflows.flatMap(({ on }) => Object.keys(on))).not.toContain("pull_request_target");
});

test("a release starts by a version's tag, and nothing is published that was not tested and tried", () => {
  const { on, jobs: all } = read("release.yml");
  expect(on.push).toEqual({ tags: ["v[0-9]+.[0-9]+.[0-9]+"] });
  const before = (name: string): string[] => {
    const direct = [all[name]?.needs ?? []].flat();
    return [...direct, ...direct.flatMap(before)];
  };
  for (const name of ["npm", "image", "github", "package-managers"])
    expect(before(name)).toEqual(expect.arrayContaining(["test", "try", "build"]));
  expect(all.test).toEqual({ uses: "./.github/workflows/ci.yml" });
});

test("a release is tried on each platform that it has an executable for", () => {
  const { try: job } = read("release.yml").jobs;
  expect(job?.strategy?.matrix.os).toHaveLength(6);
});

test("a release is made of the tag's own version, on a base, and with bundles that are up to date", () => {
  const steps = read("release.yml").jobs.build?.steps?.map(({ run }) => run) ?? [];
  const check = steps.indexOf("npm run release:commit -- --check");
  const make = steps.indexOf('npm run release -- --tag "$GITHUB_REF_NAME" --base base');
  expect(check).toBeGreaterThan(0);
  expect(make).toBeGreaterThan(check);
});

test("the branch and the tag with the action's bundle are pushed as the script has made them", () => {
  const steps = read("tag.yml").jobs.tag?.steps?.map(({ run }) => run) ?? [];
  const commit = steps.indexOf("npm run release:commit");
  expect(commit).toBeGreaterThan(0);
  expect(steps[commit + 1]).toBe("git push --atomic --follow-tags origin release");
});

test("the tag that people use in their workflows is the one that moves", () => {
  const moved = runs.flatMap(({ run }) => [...run.matchAll(/refs\/tags\/(\S+)"/g)].map(([, tag]) => tag));
  expect(moved).toHaveLength(1);
  const example = readFileSync(join(ROOT, "examples/pipelines/github-workflow.yml"), "utf8");
  const docs = ["docs/install.md", "docs/cli.md"]
    .map((file) => readFileSync(join(ROOT, file), "utf8"))
    .join("");
  expect(example).toMatch(new RegExp(`/cdn-preload-gate@${moved[0]}\\n`));
  expect(docs).toContain(`/cdn-preload-gate@${moved[0]}\``);
  expect(docs).toContain(`The tag \`${moved[0]}\``);
});

// CI runs it by Go; here it runs where it is on PATH.
const hasLinter = spawnSync("actionlint", ["--version"]).status === 0;
(hasLinter ? test : test.skip)("actionlint has nothing to say", () => {
  const { status, stdout } = spawnSync("actionlint", ["-no-color"], { cwd: ROOT, encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});
