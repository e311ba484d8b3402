import { callService } from "../emulator/call-service";
import { Dependent } from "../engine/dependent";
import { EngineStack } from "../engine/engine-stack";
import { PLUGIN } from "../engine/hosts";

const { Preload, PreloadGate } = PLUGIN;
const URLS = ["https://cdn.example.com/a.js", "https://cdn.example.com/b.js?v=1"];
/** As the service's answers name them. */
const HELD = ["cdn.example.com/a.js", "cdn.example.com/b.js?v=1"];

let stack: EngineStack;
beforeEach(async () => {
  stack = await EngineStack.create({ host: PLUGIN });
});
afterEach(() => stack.close());

/** Submits as a script would, and returns the task's id. */
async function push(urls: readonly string[]): Promise<string> {
  const request = { operation: "PushObjectCache", parameters: { ObjectPath: urls.join("\n") } };
  const answer = await callService(stack.emulator, request, { asForm: true });
  return answer.json.PushTaskId;
}

const UNTIL_VISIBLE_MS = 2_500;
const untilVisible = () => new Promise((resolve) => setTimeout(resolve, UNTIL_VISIBLE_MS));

test("an import takes a task's URLs up as a Preload; what has passed is neither waited for nor submitted", async () => {
  stack.emulator.setScenario({ rules: [{ path: "/*", script: "completes-at-once" }] });
  const id = await push(URLS);
  await untilVisible();
  const program = (urls: string[]) => () => {
    const gate = new Preload("warm", { urls }, { import: id });
    new Dependent("live", { passed: gate.passed });
  };
  stack.program = program(URLS);
  const preview = await stack.preview();
  expect(preview.output).toMatch(/= +alicdn:index:Preload warm import/);
  const imported = await stack.up();
  expect(imported.output).toMatch(/Resources:\n +\+ 2 created\n += 1 imported/);
  const warm = stack.resource("warm");
  expect(warm.id).toBe(id);
  expect(warm.outputs).toMatchObject({
    verdict: "passed",
    accepted: true,
    taskIds: [id],
    results: HELD.map((url) => ({ url, state: "preloaded" })),
  });
  expect(stack.find("live")).toBeDefined();

  // What is wanted besides is the only thing that is submitted.
  stack.program = program([...URLS, "https://cdn.example.com/c.js"]);
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  expect(stack.emulator.submissions().map(({ url }) => url)).toEqual([
    ...URLS,
    "https://cdn.example.com/c.js",
  ]);
});

test("the option import takes up a task that still runs, waits for it and submits nothing", async () => {
  const id = await push(URLS);
  await untilVisible();
  stack.program = () => {
    const warm = new Preload("warm", { urls: URLS }, { import: id });
    const gate = new PreloadGate("gate", { taskIds: [id] }, { import: id });
    new Dependent("live", { passed: warm.passed }, { dependsOn: [warm, gate] });
  };
  const up = await stack.up();
  expect(up).toMatchObject({ exitCode: 0 });
  for (const name of ["warm", "gate"]) {
    expect(stack.resource(name)).toMatchObject({ id, outputs: { verdict: "passed", taskIds: [id] } });
  }
  expect(stack.find("live")).toBeDefined();
  expect(stack.emulator.submissionCount()).toBe(URLS.length);
});

test.each([
  ["14286878547", "There is nothing to import: the service does not know the task 14286878547."],
  [
    "warm",
    "A Preload is imported by the id of a preload task, as PushObjectCache and the console tell it, or by several with commas; this id holds something that is not a task id",
  ],
])("an import of %s says why there is nothing to import", async (id, told) => {
  stack.program = () => void new Preload("warm", { urls: URLS }, { import: id });
  const run = await stack.preview();
  expect(run.failed).toBe(true);
  expect(run.output).toContain(told);
  expect(stack.emulator.submissionCount()).toBe(0);
});
