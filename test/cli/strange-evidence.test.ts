import type { SettingsInput } from "../../emulator";
import { type Bench, openBench } from "./cli-on-emulator";

const A = "https://cdn.example.com/a.js";
const FAILS = "https://cdn.example.com/emulate-retcode-500/b.js";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

test.each<[string, SettingsInput]>([
  ["details", { shownOfTask: "allButLast", entriesPerDomain: "onePerUrl" }],
  [
    "details, as a text",
    { shownOfTask: "allButLast", entriesPerDomain: "onePerUrl", taskTotalCountAsText: true },
  ],
  ["status-only rows", { shownOfTask: "allButLast", allowListed: false }],
])("no command passes while the service counts more than it shows: %s", async (_, settings) => {
  bench.emulator.setScenario({ defaultScript: "completes-at-once", settings });
  const run = await bench.run(["run", A, "https://cdn.example.com/b.js", "--timeout", "5s"]);
  expect(run.exitCode).toBe(3);
  const { taskId } = bench.emulator.submissions()[0]!;
  for (const args of [
    ["wait", taskId, "--timeout", "3s"],
    ["status", taskId],
  ]) {
    expect((await bench.run(args)).exitCode).toBe(3);
  }
});

test("a URL that fails in its own entry fails, whatever the other entries of its domain say", async () => {
  bench.emulator.setScenario({ settings: { entriesPerDomain: "onePerUrl" } });
  const document = await bench.json(["run", A, FAILS, "--min-success-percent", "95"]);
  expect(document).toMatchObject({
    exitCode: 1,
    results: [{ state: "preloaded" }, { state: "failed" }],
  });
});

test("each task of a submission is asked about, and all of them stay in the task ids", async () => {
  bench.emulator.setScenario({ defaultScript: "completes-at-once", settings: { tasksPerSubmission: 2 } });
  const document = await bench.json(["run", A]);
  const { taskIds } = document as { taskIds: string[] };
  expect(document).toMatchObject({ exitCode: 0 });
  expect(taskIds).toHaveLength(2);
  const asked = bench.emulator.calls.map(({ parameters }) => parameters.TaskId);
  for (const taskId of taskIds) expect(asked).toContain(taskId);
});

test("entries that are older than the submission prove nothing, and the reason says so", async () => {
  bench.emulator.setScenario({
    defaultScript: "completes-at-once",
    settings: { entryTimeOffsetMs: -3_600_000 },
  });
  const run = await bench.run(["run", A, "--timeout", "4s"]);
  expect(run.exitCode).toBe(3);
  expect(run.stdout).toContain("the service shows a task that is older than this submission (created ");
});
