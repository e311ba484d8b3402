/** @jest-environment ./test/engine/rejection-environment.ts */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { callService } from "../emulator/call-service";
import { EngineStack } from "../engine/engine-stack";
import { DYNAMIC_HOST, type Host, PLUGIN } from "../engine/hosts";

const URLS = ["https://cdn.example.com/a.js", "https://cdn.example.com/b.js"];
const FAILING_ONCE = "https://other.example.com/emulate-retcode-500-once/app.js";

let stack: EngineStack;
beforeEach(async () => {
  stack = await EngineStack.create({
    host: PLUGIN,
    config: { "alicloud:accessKey": { value: "emulatorAccessKeyId" } },
  });
  const secret = { value: stack.emulator.accessKeySecret, secret: true };
  await stack.setConfig({ "alicloud:secretKey": secret });
});
afterEach(() => stack.close());

const declare = (host: Host, from: Host) => () => {
  const aliases = (kind: string) => [{ type: `${from.types}:${kind}` }];
  const warm = new host.Preload("warm", { urls: URLS, triggers: ["1"] }, { aliases: aliases("Preload") });
  new host.Preload("failing", { urls: [FAILING_ONCE] }, { aliases: aliases("Preload") });
  new host.PreloadGate("gate", { taskIds: warm.taskIds }, { aliases: aliases("PreloadGate") });
};
const idsOf = () => ["warm", "failing", "gate"].map((name) => stack.resource(name).id);

test("a state of the dynamic host goes on in the plugin and back, with no submission of what had passed", async () => {
  stack.program = declare(DYNAMIC_HOST, PLUGIN);
  expect((await stack.up({ continueOnError: true })).failed).toBe(true);
  const ids = idsOf();
  expect(stack.emulator.submissionCount()).toBe(3);

  stack.program = declare(PLUGIN, DYNAMIC_HOST);
  const refreshed = await stack.refresh();
  expect(refreshed.exitCode).toBe(0);
  // It repairs what had failed, and nothing else.
  const moved = await stack.up();
  expect(moved.output).toMatch(/Resources:\n +~ 1 updated\n +3 unchanged/);
  expect(idsOf()).toEqual(ids);
  expect(stack.resource("failing")).toMatchObject({
    type: "alicdn:index:Preload",
    outputs: { verdict: "passed" },
  });
  expect(stack.resource("failing").outputs).not.toHaveProperty("__provider");
  expect(stack.resource("failing").outputs).not.toHaveProperty("context");
  expect(stack.emulator.submissionCount()).toBe(4);

  stack.program = declare(DYNAMIC_HOST, PLUGIN);
  const back = await stack.up();
  expect(back).toMatchObject({ exitCode: 0 });
  expect(idsOf()).toEqual(ids);
  expect(stack.emulator.submissionCount()).toBe(4);
  expect((await stack.refresh()).exitCode).toBe(0);
  expect((await stack.up()).output).toMatch(/Resources:\n +4 unchanged/);
  expect((await stack.destroy()).exitCode).toBe(0);
  expect(stack.emulator.submissionCount()).toBe(4);
});

test("a state that version 1 has saved goes on in the plugin, by the ids that it holds", async () => {
  const running = "https://cdn.example.com/running.js";
  const request = { operation: "PushObjectCache", parameters: { ObjectPath: running } };
  await callService(stack.emulator, request, { asForm: true });
  const [task] = stack.emulator.tasks();
  const saved = readFileSync(join(__dirname, "../fixtures/state-version-1.json"), "utf8")
    .replaceAll("RUNNING_TASK_ID", task!.taskId)
    .replaceAll("RUNNING_TASK_CREATION_TIME", task!.creationTime);
  await stack.importResources(JSON.parse(saved));
  stack.emulator.changeScript(running, "completes-at-once");
  stack.program = () => {
    const aliases = [{ type: `${DYNAMIC_HOST.types}:Preload` }];
    new PLUGIN.Preload("passed", { urls: ["https://cdn.example.com/passed.js"] }, { aliases });
    new PLUGIN.Preload("running", { urls: [running] }, { aliases });
  };
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  for (const name of ["passed", "running"]) {
    const { type, outputs } = stack.resource(name);
    expect(type).toBe("alicdn:index:Preload");
    expect(outputs).toMatchObject({ stateVersion: 3, verdict: "passed" });
  }
  expect(stack.emulator.submissionCount()).toBe(1);
});
