/** @jest-environment ./test/engine/rejection-environment.ts */
import * as pulumi from "@pulumi/pulumi";
import { Preload, PreloadGate } from "../../provider";
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";

const URL = "https://cdn.example.com/app.js";
const FAILING_ONCE = "https://cdn.example.com/emulate-retcode-500-once/app.js";

type Warm = Preload | PreloadGate;
type AddDependent = (name: string, warm: Warm, parent: pulumi.Resource) => unknown;

let stack: EngineStack;
beforeEach(async () => {
  stack = await EngineStack.create();
});
afterEach(() => stack.close());

/** A component that holds what its caller makes, in any order of creation. */
class Holder extends pulumi.ComponentResource {
  constructor(name: string, fill: (parent: Holder) => void, opts: pulumi.ComponentResourceOptions = {}) {
    super("test:index:Holder", name, {}, opts);
    fill(this);
    this.registerOutputs({});
  }
}

const byDependsOn: AddDependent = (name, warm, parent) =>
  new Dependent(name, {}, { parent, dependsOn: warm });
const byPassed: AddDependent = (name, warm, parent) =>
  new Dependent(name, { passed: warm.passed }, { parent });
const byAnyOutput: AddDependent = (name, warm, parent) =>
  new Dependent(name, { passed: warm.summary.apply(({ urls }) => urls > 0) }, { parent });

describe.each([
  ["dependsOn", byDependsOn],
  ["passed", byPassed],
  ["any output", byAnyOutput],
])("siblings of one component that depend on a gate by %s", (_how, addDependent) => {
  test("are planned by a preview and created by an up, after both kinds of gate", async () => {
    stack.program = () => {
      new Holder("holder", (parent) => {
        const submitted = new Preload("submitted", { urls: [URL], wait: false }, { parent });
        const gate = new PreloadGate("gate", { taskIds: submitted.taskIds, urls: [URL] }, { parent });
        const warm = new Preload("warm", { urls: ["https://cdn.example.com/other.js"] }, { parent });
        addDependent("after-gate", gate, parent);
        addDependent("after-warm", warm, parent);
      });
    };
    const preview = await stack.preview();
    expect(preview.output).toMatch(/Resources:\n +\+ 7 to create/);
    const up = await stack.up();
    expect(up).toMatchObject({ exitCode: 0 });
    expect(stack.find("after-gate")).toBeDefined();
    expect(stack.find("after-warm")).toBeDefined();
    expect((await stack.up()).output).toContain("unchanged");
  });
});

test("a gate in a nested component works on urls of a sibling, and on its own row says what it does", async () => {
  const program = (opts: pulumi.ComponentResourceOptions, name: string) => () => {
    const outer = new Holder(
      name,
      (parent) => {
        new Holder(
          "inner",
          (inner) => {
            const first = new Preload("first", { urls: [URL], wait: false }, { parent: inner });
            const urls = first.taskIds.apply(([id]) => [`https://cdn.example.com/${id ? "app" : ""}.css`]);
            const warm = new Preload("warm", { urls }, { parent: inner });
            new Dependent("live", { passed: warm.passed }, { parent: inner, dependsOn: warm });
          },
          { parent },
        );
      },
      opts,
    );
    new Dependent("outside", {}, { dependsOn: outer });
  };
  stack.program = program({}, "outer");
  expect((await stack.preview()).output).toMatch(/Resources:\n +\+ 7 to create/);
  const up = await stack.up();
  expect(up.output).toMatch(/alicdn:Preload +warm creating .*submitted 1 URL/);
  expect(up.exitCode).toBe(0);
  const { urn } = stack.resource("warm");
  expect(urn).toContain("::test:index:Holder$test:index:Holder$pulumi-nodejs:dynamic/alicdn:Preload::warm");
  expect(stack.resource("warm").inputs.__context).toMatchObject({ urn });

  // What an alias renames keeps its verdict.
  const calls = stack.emulator.calls.length;
  stack.program = program({ aliases: [{ name: "outer" }] }, "renamed");
  await stack.up();
  const renamed = await stack.up();
  expect(renamed.output).toMatch(/Resources:\n +7 unchanged/);
  expect(stack.emulator.submissionCount()).toBe(2);
  expect(stack.emulator.calls.length).toBeLessThan(calls + 3);
});

test("a gate that fails in a component keeps its siblings away, and is repaired there", async () => {
  stack.program = () => {
    new Holder("holder", (parent) => {
      const warm = new Preload("warm", { urls: [FAILING_ONCE] }, { parent });
      byDependsOn("by-dependsOn", warm, parent);
      byPassed("by-passed", warm, parent);
    });
  };
  const failing = await stack.up();
  expect(failing.exitCode).toBeGreaterThan(0);
  expect(failing.output).toContain("RetCode 500");
  expect(stack.find("by-dependsOn")).toBeUndefined();
  expect(stack.find("by-passed")).toBeUndefined();
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  expect(stack.find("by-dependsOn")).toBeDefined();
  expect(stack.find("by-passed")).toBeDefined();
  expect(stack.emulator.submissionCount()).toBe(2);
});

test("a gate below another resource than a component works as well", async () => {
  stack.program = () => {
    const parent = new Dependent("parent");
    const warm = new Preload("warm", { urls: [URL] }, { parent });
    byPassed("child-of-the-gate", warm, warm);
  };
  expect((await stack.preview()).output).toMatch(/Resources:\n +\+ 4 to create/);
  expect(await stack.up()).toMatchObject({ exitCode: 0 });
  expect(stack.find("child-of-the-gate")).toBeDefined();
});
