import { Preload } from "../../provider";
import { callService } from "../emulator/call-service";
import { EngineStack } from "./engine-stack";
import { until } from "./until";

const RUNNING = "https://cdn.example.com/emulate-stalls-at-99/app.1a2b.js";
const ENDED = "https://cdn.example.com/emulate-completes-at-once/app.3c4d.css";
const NEW = "https://cdn.example.com/app.5e6f.png";

let stack: EngineStack;
beforeEach(async () => {
  stack = await EngineStack.create({ emulator: { visibilityDelayMs: 0 } });
});
afterEach(() => stack.close());

test("adoptInFlight takes over what someone else's task still preloads, and submits only the rest", async () => {
  const foreign = await pushAsSomeoneElse([RUNNING, ENDED]);
  stack.program = () => new Preload("warm", { urls: [RUNNING, ENDED, NEW], adoptInFlight: true });
  const run = stack.up();
  await until(() => stack.emulator.submissionCount(NEW) === 1);
  stack.emulator.changeScript(RUNNING, "completes-at-once");
  const { exitCode, output } = await run;

  expect(exitCode).toBe(0);
  expect(output).toContain(`Took over task ${foreign}, which someone else started, for 1 URL.`);
  expect(stack.emulator.submissionCount(RUNNING)).toBe(1);
  // It had ended: what it fetched may be older than what is released now.
  expect(stack.emulator.submissionCount(ENDED)).toBe(2);
  expect(stack.resource("warm").outputs).toMatchObject({
    verdict: "passed",
    results: [
      { url: RUNNING, taskId: foreign, state: "preloaded" },
      { url: ENDED, state: "preloaded" },
      { url: NEW, state: "preloaded" },
    ],
  });
});

test("without adoptInFlight a running task of someone else's is left alone", async () => {
  await pushAsSomeoneElse([RUNNING]);
  stack.program = () => new Preload("warm", { urls: [RUNNING], wait: false });
  expect((await stack.up()).exitCode).toBe(0);
  expect(stack.emulator.submissionCount(RUNNING)).toBe(2);
  expect(stack.emulator.calls.map(({ operation }) => operation)).not.toContain("DescribeRefreshTasks");
});

async function pushAsSomeoneElse(urls: readonly string[]): Promise<string> {
  const request = { operation: "PushObjectCache", parameters: { ObjectPath: urls.join("\n") } };
  const answer = await callService(stack.emulator, request, { asForm: true });
  // A task of the same domain and second would share the id.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return answer.json.PushTaskId;
}
