import { type Bench, openBench } from "./cli-on-emulator";

const A = "https://cdn.example.com/a.js";
let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

const SUBMITS_AGAIN = "Without --state another run knows nothing of this one and submits";

test("without a state file a wait that ran out of time says how to go on without submitting again", async () => {
  bench.emulator.setScenario({ defaultScript: "never-ends" });
  const run = await bench.run(["run", A, "--timeout", "3s"]);
  const { taskId } = bench.emulator.submissions()[0]!;
  expect(run.exitCode).toBe(3);
  expect(run.stdout).toContain(`cdn-preload-gate wait ${taskId}`);
  expect(`${run.stdout}${run.stderr}`).not.toMatch(
    /same --state file|[Rr]un again to go on|looked for first/,
  );
});

test("without a state file a submission of unknown outcome says how to find out, and what a second run does", async () => {
  bench.emulator.setFaults([
    { kind: "resetAfter", operation: "PushObjectCache" },
    { kind: "error", operation: "DescribeRefreshTasks", httpStatus: 403, code: "Forbidden.RAM", toCall: 100 },
  ]);
  const document = await bench.json(["run", A, "--timeout", "3s"]);
  const words = JSON.stringify(document);
  expect(words).toContain("the preload records of the CDN console");
  expect(words).toContain(SUBMITS_AGAIN);
  expect(words).not.toMatch(/looked for (first|before)|same --state file|looks it up again/);
});

test("with a state file the advice is to run again with it", async () => {
  const url = "https://cdn.example.com/emulate-retcode-500/a.js";
  const run = await bench.run(["run", url, "--state", "s.json"]);
  expect(run.stdout).toContain("run again with the same --state file: it submits only what failed");
});

test.each([
  ["run", "run again with only these URLs: without --state, a run submits every URL that you give it"],
  ["wait", "submit these URLs again with `cdn-preload-gate run`"],
])("the advice on a failed URL of %s is true for what it remembers", async (command, advice) => {
  const url = "https://cdn.example.com/emulate-retcode-500/a.js";
  let run = await bench.run(["run", url]);
  const { taskId } = bench.emulator.submissions()[0]!;
  if (command === "wait") run = await bench.run(["wait", taskId]);
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain(advice);
  expect(run.stdout).not.toContain("same --state");
});
