import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Bench, openBench } from "./cli-on-emulator";

const A = "https://cdn.example.com/a.js";
const B = "https://img.example.com/b.js";
const SLOW = { endsAfterMs: 60_000 };

let bench: Bench;

beforeEach(async () => {
  bench = await openBench({ scenario: { defaultScript: SLOW } });
});
afterEach(() => bench.end());

const stateOf = () => JSON.parse(readFileSync(join(bench.folder, "s.json"), "utf8"));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("killed while it waits, the next attempt resumes and submits nothing again", async () => {
  const first = bench.start(["run", A, B, "--state", "s.json"]);
  await until(() => first.stderrSoFar().includes("% of POPs"));
  first.child.kill("SIGKILL");
  expect((await first.ended).exitCode).toBeNull();
  const resumed = await bench.json(["run", A, B, "--state", "s.json"]);
  expect(resumed).toMatchObject({ verdict: "passed", exitCode: 0, stateFile: "s.json" });
  expect([bench.emulator.submissionCount(A), bench.emulator.submissionCount(B)]).toEqual([1, 1]);
});

test("killed between a submission and its answer, the next attempt looks it up and submits only the rest", async () => {
  bench.emulator.setFaults([
    { kind: "delay", operation: "PushObjectCache", delayMs: 60_000, afterWork: true },
  ]);
  const urls = Array.from({ length: 150 }, (_, index) => `https://cdn.example.com/${index}.js`);
  writeFileSync(join(bench.folder, "urls.txt"), urls.join("\n"));
  const first = bench.start(["run", "-f", "urls.txt", "--state", "s.json"]);
  await until(() => bench.emulator.submissionCount() === 100);
  first.child.kill("SIGKILL");
  await first.ended;
  expect(stateOf().state.saved).toMatchObject({ submissions: [], openAttempts: [{ purpose: "preload" }] });
  bench.emulator.setFaults([]);
  const resumed = await bench.json(["run", "-f", "urls.txt", "--state", "s.json"]);
  expect(resumed).toMatchObject({ verdict: "passed", summary: { urls: 150, preloaded: 150 } });
  expect(bench.emulator.submissionCount()).toBe(150);
});

test("the file is written before each submission and after it", async () => {
  bench.emulator.setFaults([{ kind: "delay", operation: "PushObjectCache", delayMs: 700, afterWork: true }]);
  const cli = bench.start(["submit", A, "--state", "s.json"]);
  await until(() => bench.emulator.submissionCount() === 1);
  expect(stateOf().state.saved).toMatchObject({ submissions: [], openAttempts: [{ urls: [A] }] });
  await cli.ended;
  expect(stateOf().state.saved).toMatchObject({
    submissions: [{ taskIds: [expect.any(String)] }],
    openAttempts: [],
  });
  expect(existsSync(join(bench.folder, "s.json.lock"))).toBe(false);
});

test("what failed is submitted again by the next attempt, and only that", async () => {
  const once = "https://cdn.example.com/emulate-retcode-500-once/c.js";
  bench.emulator.setScenario({});
  expect(await bench.json(["run", A, once, "--state", "s.json"])).toMatchObject({ exitCode: 1 });
  expect(await bench.json(["run", A, once, "--state", "s.json"])).toMatchObject({ exitCode: 0 });
  expect([bench.emulator.submissionCount(A), bench.emulator.submissionCount(once)]).toEqual([1, 2]);
});

test("a file whose URLs have all passed submits nothing and warns; another trigger preloads all again", async () => {
  bench.emulator.setScenario({});
  const args = ["run", A, "--state", "s.json", "--trigger"];
  await bench.json([...args, "v1"]);
  const again = await bench.run([...args, "v1"]);
  expect(again.exitCode).toBe(0);
  expect(again.stderr).toContain(
    "warning: Nothing was submitted: the state file says that an earlier run preloaded these URLs",
  );
  expect(bench.emulator.submissionCount(A)).toBe(1);
  expect((await bench.run([...args, "v2"])).stderr).toContain("all URLs are preloaded again");
  expect(bench.emulator.submissionCount(A)).toBe(2);
});

test("a dry run tells what the file leaves to submit, and changes nothing", async () => {
  await bench.json(["submit", A, "--state", "s.json"]);
  const before = readFileSync(join(bench.folder, "s.json"), "utf8");
  expect(await bench.json(["run", A, B, "--state", "s.json", "--dry-run"])).toMatchObject({ submits: [B] });
  expect(readFileSync(join(bench.folder, "s.json"), "utf8")).toBe(before);
});

test("Ctrl-C names the command that resumes, and says that the preload goes on", async () => {
  bench.emulator.setScenario({ defaultScript: "never-ends" });
  const cli = bench.start(["run", A, "--state", "s.json", "--timeout", "10m"]);
  await until(() => cli.stderrSoFar().includes("% of POPs"));
  cli.child.kill("SIGINT");
  const run = await cli.ended;
  expect(run.exitCode).toBe(130);
  expect(run.stdout).toContain(
    `The preload itself goes on. To go on waiting for it:\n  $ cdn-preload-gate run ${A} --state s.json --timeout 10m\n`,
  );
});

test("a command whose URLs or headers may hold a token is not repeated in any output", async () => {
  bench.emulator.setScenario({ defaultScript: "never-ends" });
  const document = await bench.json([
    "run",
    `${A}?token=hush`,
    "-H",
    "X-Token: hushHush",
    "--state",
    "s.json",
    "--timeout",
    "2s",
  ]);
  expect(document).toMatchObject({
    exitCode: 3,
    resumeCommand: "the same command again, with the same --state file",
  });
  expect(readFileSync(join(bench.folder, "s.json"), "utf8")).not.toContain("hushHush");
});

test("two processes do not work with one file at the same time; a dead one's claim is void", async () => {
  const first = bench.start(["run", A, "--state", "s.json"]);
  await until(() => existsSync(join(bench.folder, "s.json.lock")));
  const second = await bench.run(["run", A, "--state", "s.json"]);
  expect(second).toMatchObject({ exitCode: 2, stdout: "" });
  expect(second.stderr).toContain("Another process works with the state file s.json: it renews ");
  // Killed in the middle of its submission, it would leave one to be looked up for a quarter of an hour.
  await until(() => readFileSync(join(bench.folder, "s.json"), "utf8").includes("submittedAt"));
  first.child.kill("SIGKILL");
  await first.ended;
  expect(existsSync(join(bench.folder, "s.json.lock"))).toBe(true);
  bench.emulator.changeScript(A, "completes-at-once");
  expect((await bench.run(["run", A, "--state", "s.json"])).exitCode).toBe(0);
});

test.each([
  ["is no JSON", "{"],
  ["is another program's", '{"version":4}'],
  [
    "is of another endpoint",
    '{"stateFileVersion":1,"endpoint":"https://cdn.aliyuncs.com","generation":"x","savedAt":"x","state":{}}',
  ],
])("a state file that %s is refused, and nothing is submitted", async (_name, text) => {
  writeFileSync(join(bench.folder, "s.json"), text);
  const run = await bench.run(["run", A, "--state", "s.json"]);
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toContain("The state file s.json cannot be used: ");
  expect(bench.emulator.submissionCount()).toBe(0);
  expect(readFileSync(join(bench.folder, "s.json"), "utf8")).toBe(text);
});

test("a state file that cannot be written is refused before anything is submitted", async () => {
  const run = await bench.run(["run", A, "--state", "no/such/folder/s.json"]);
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(bench.emulator.submissionCount()).toBe(0);
});

test("a state file that cannot be written any more leaves the task ids in the JSON document", async () => {
  mkdirSync(join(bench.folder, "kept"));
  bench.emulator.setFaults([
    { kind: "delay", operation: "PushObjectCache", delayMs: 1_000, afterWork: true },
  ]);
  const cli = bench.start(["run", A, "--state", "kept/s.json", "--json"]);
  await until(() => bench.emulator.submissionCount() === 1);
  rmSync(join(bench.folder, "kept"), { recursive: true });
  const run = await cli.ended;
  expect(JSON.parse(run.stdout)).toMatchObject({
    kind: "gate",
    exitCode: 3,
    verdict: "inconclusive",
    taskIds: [bench.emulator.submissions()[0]!.taskId],
    error: { code: "stateUnsaved" },
  });
});

test("a state file that cannot be written any more ends the run, which does not call an accepted submission refused", async () => {
  mkdirSync(join(bench.folder, "kept"));
  bench.emulator.setFaults([
    { kind: "delay", operation: "PushObjectCache", delayMs: 1_000, afterWork: true },
  ]);
  const cli = bench.start(["run", A, "--state", "kept/s.json"]);
  await until(() => bench.emulator.submissionCount() === 1);
  rmSync(join(bench.folder, "kept"), { recursive: true });
  const run = await cli.ended;
  const { taskId } = bench.emulator.submissions()[0]!;
  expect(run.exitCode).toBe(3);
  expect(run.stderr).toContain("The state file kept/s.json cannot be written");
  expect(run.stderr).toContain(`Task ids: ${taskId}. Wait for them with: cdn-preload-gate wait ${taskId}\n`);
  expect(run.stdout).toContain(`task ${taskId}`);
  expect(bench.emulator.submissionCount(A)).toBe(1);
});

test("a lock is a live process's as long as its time is renewed, wherever that process runs", async () => {
  // As another container on the same volume does it: no process id of it means anything here.
  const lock = join(bench.folder, "s.json.lock");
  mkdirSync(lock);
  // Its clock is a minute behind ours.
  const renew = () => utimesSync(lock, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
  renew();
  const heartbeat = setInterval(renew, 500);
  try {
    const run = await bench.run(["run", A, "--state", "s.json"]);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr).toContain("Another process works with the state file s.json");
    expect(existsSync(lock)).toBe(true);
    expect(bench.emulator.submissionCount()).toBe(0);
  } finally {
    clearInterval(heartbeat);
  }
});

test("a lock that is not renewed any more is taken over", async () => {
  const lock = join(bench.folder, "s.json.lock");
  mkdirSync(lock);
  bench.emulator.setScenario({ defaultScript: "completes-at-once" });
  expect((await bench.run(["run", A, "--state", "s.json"])).exitCode).toBe(0);
  expect(existsSync(lock)).toBe(false);
});

test("a process whose lock was taken over submits nothing more, and says so", async () => {
  bench.emulator.setScenario({ defaultScript: "never-ends" });
  const cli = bench.start(["run", A, "--state", "s.json", "--timeout", "60s"]);
  await until(() => bench.emulator.submissionCount() === 1);
  // Another process replaces it by its own. At once: between two steps the first one may see that there is no lock.
  const lock = join(bench.folder, "s.json.lock");
  const other = join(bench.folder, "other.lock");
  mkdirSync(other);
  renameSync(other, lock);
  const run = await cli.ended;
  expect(run.exitCode).toBe(3);
  expect(run.stderr).toContain(
    "The state file s.json is this process's no more: another process has taken it over",
  );
  expect(run.stderr).toContain("Task ids: ");
  expect(existsSync(lock)).toBe(true);
});

test("through a link the file itself is locked and replaced, also where it is not there yet", async () => {
  mkdirSync(join(bench.folder, "real"));
  symlinkSync("real/s.json", join(bench.folder, "link.json"));
  bench.emulator.setScenario({ defaultScript: "never-ends" });
  const cli = bench.start(["run", A, "--state", "link.json"]);
  await until(() => bench.emulator.submissionCount() === 1);
  expect(existsSync(join(bench.folder, "real/s.json.lock"))).toBe(true);
  cli.child.kill("SIGINT");
  await cli.ended;
  expect(lstatSync(join(bench.folder, "link.json")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(bench.folder, "real/s.json"), "utf8")).toContain("submittedAt");
  expect(existsSync(join(bench.folder, "real/s.json.lock"))).toBe(false);
});

test.each([
  ["file", { stateFileVersion: 99 }],
  [
    "state",
    { stateFileVersion: 1, endpoint: "x", generation: "x", savedAt: "x", state: { stateVersion: 99 } },
  ],
])("a %s of a newer release is told as that, and left as it is", async (_, content) => {
  const text = JSON.stringify(content);
  writeFileSync(join(bench.folder, "s.json"), text);
  const run = await bench.run(["run", A, "--state", "s.json"]);
  expect(run).toMatchObject({ exitCode: 2, stdout: "" });
  expect(run.stderr).toContain("The state file s.json was written by a newer release of cdn-preload-gate");
  expect(run.stderr).not.toContain("remove it");
  expect(readFileSync(join(bench.folder, "s.json"), "utf8")).toBe(text);
  expect(bench.emulator.submissionCount()).toBe(0);
});
