/** @jest-environment ./test/engine/rejection-environment.ts */
import { Preload, PreloadGate } from "../../provider";
import { Dependent } from "./dependent";
import { EngineStack, type SavedResource } from "./engine-stack";

const URL = "https://cdn.example.com/app.js";
const FAILING = "https://cdn.example.com/emulate-retcode-500-once/app.js";

/** What states hold that releases before the present string have saved. */
const OLDER_PROVIDER = 'exports.handler = () => require("cdn-preload-gate/provider").handler();';

const MISSING =
  "Cannot find module 'cdn-preload-gate/provider'. Add \"cdn-preload-gate\" to the dependencies of the package.json there and install it, also where only a library that you use depends on it.";

let stack: EngineStack;
beforeEach(async () => {
  stack = await EngineStack.create({ ownModules: true });
});
afterEach(() => stack.close());

const gates = (urls: string[] = [URL]) => {
  const warm = new Preload("warm", { urls });
  new PreloadGate("gate", { taskIds: warm.taskIds });
};

/** What the state holds of both gates. */
const saved = () =>
  ["warm", "gate"].map((name) => {
    const { id, inputs, outputs } = stack.resource(name);
    return { id, inputs, outputs };
  });

test("a resource and the package that are removed together are deleted by an up", async () => {
  stack.installPackage();
  stack.program = () => gates();
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  stack.uninstallPackage();
  stack.program = () => void new Dependent("other");
  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  const diagnostics = up.output.slice(up.output.indexOf("Diagnostics:"));
  expect(diagnostics.match(/Forgotten; a preload cannot be undone\. cdn-preload-gate cannot/g)).toHaveLength(
    1,
  );
  expect(stack.find("warm")).toBeUndefined();
  expect(stack.find("gate")).toBeUndefined();
  expect(stack.find("other")).toBeDefined();
});

test("without the package a refresh keeps the state, a destroy empties it", async () => {
  stack.installPackage();
  stack.program = () => gates();
  await stack.up();
  const before = saved();
  stack.uninstallPackage();
  const refresh = await stack.refresh();
  expect(refresh.exitCode).toBe(0);
  expect(refresh.output).toContain("Kept as it is. cdn-preload-gate cannot be loaded in ");
  expect(saved()).toEqual(before);
  expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
  expect(stack.resources()).toEqual([]);
});

test("without the package a preview and an up say which dependency to add, and change nothing", async () => {
  stack.program = () => gates();
  for (const run of [await stack.preview(), await stack.up()]) {
    expect(run.exitCode).toBeGreaterThan(0);
    expect(run.output).toContain("'warm' has a problem: cdn-preload-gate cannot be loaded in ");
    expect(run.output).toContain(stack.folder);
    expect(run.output).toContain(MISSING);
  }
  expect(stack.emulator.calls).toHaveLength(0);
  stack.installPackage();
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
});

test("a failed gate that was refreshed without the package is still repaired, and not passed by", async () => {
  stack.installPackage();
  stack.program = () => gates([FAILING]);
  expect((await stack.up()).exitCode).toBeGreaterThan(0);
  stack.uninstallPackage();
  expect(await stack.refresh()).toMatchObject({ exitCode: 0 });
  expect(stack.resource("warm").outputs).toMatchObject({ verdict: "failed", accepted: false });
  stack.installPackage();
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  expect(stack.emulator.submissionCount(FAILING)).toBe(2);
});

test("a state with the older string changes nothing, is refreshed and deleted, and gets the present one by an update", async () => {
  stack.installPackage();
  stack.program = () => gates();
  await stack.up();
  const present = stack.resource("warm").outputs.__provider;
  await stack.changeResources(withOlderProvider);
  const calls = stack.emulator.calls.length;
  const preview = await stack.preview();
  expect(preview.output).toMatch(/Resources:\n +3 unchanged/);
  const up = await stack.up();
  expect(up.output).toMatch(/Resources:\n +3 unchanged/);
  expect(await stack.refresh()).toMatchObject({ exitCode: 0 });
  expect(stack.emulator.calls).toHaveLength(calls);
  stack.program = () => gates([URL, "https://cdn.example.com/app.css"]);
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  expect(stack.resource("warm").outputs.__provider).toBe(present);
  await stack.changeResources(withOlderProvider);
  expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
  expect(stack.resources()).toEqual([]);
});

function withOlderProvider(resource: SavedResource): object {
  if (!resource.type.includes("alicdn:")) return resource;
  const __provider = OLDER_PROVIDER;
  return {
    ...resource,
    inputs: { ...resource.inputs, __provider },
    outputs: { ...resource.outputs, __provider },
  };
}
