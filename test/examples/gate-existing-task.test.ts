import { callService } from "../emulator/call-service";
import { ExampleStack } from "./example-stack";

let stack: ExampleStack;
beforeEach(async () => {
  stack = await ExampleStack.create("gate-existing-task");
});
afterEach(() => stack.close());

/** What a script of one's own does: a plain HTTP call, no code of the provider's. */
async function startElsewhere(...urls: readonly string[]): Promise<string> {
  const answer = await callService(
    stack.emulator,
    { operation: "PushObjectCache", parameters: { ObjectPath: urls.join("\n") } },
    { nowMs: Date.now(), asForm: true },
  );
  return answer.json.PushTaskId;
}

test("the gate waits for a task that something else started, and submits nothing", async () => {
  const taskId = await startElsewhere("https://cdn.example.com/app.js", "https://cdn.example.com/app.css");
  await stack.configure({ taskIds: { value: taskId } });
  expect(await stack.up()).toMatchObject({
    failed: false,
    outputs: {
      lastAccepted: {
        verdict: "passed",
        tasks: [{ taskId, domain: "cdn.example.com", status: "Complete" }],
      },
    },
  });
  expect(stack.emulator.calls.filter((call) => call.operation === "PushObjectCache")).toHaveLength(1);
}, 60_000);

test("a failed task fails the deployment", async () => {
  const url = "https://cdn.example.com/emulate-retcode-500/app.js";
  const taskId = await startElsewhere(url);
  await stack.configure({ taskIds: { value: taskId } });
  const run = await stack.up();
  expect(run.failed).toBe(true);
  expect(run.output).toContain(`task ${taskId}`);
  expect(run.output).toContain("emulate-retcode-500");
}, 60_000);
