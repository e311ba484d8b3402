/** @jest-environment ./test/engine/rejection-environment.ts */
import * as pulumi from "@pulumi/pulumi";
import { Preload, PreloadGate } from "../../provider";
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";

const FIRST_URL = "https://cdn.example.com/first.js";
const SECOND_URL = "https://cdn.example.com/second.js";

let stack: EngineStack;
beforeEach(async () => {
  stack = await EngineStack.create();
});
afterEach(() => stack.close());

test("URLs that a transform puts in place of the program's are preloaded, and passed does not speak for others", async () => {
  const programWith = (url: string) => () => {
    const transforms: pulumi.ResourceTransform[] = [
      ({ props, opts }) => ({ props: { ...props, urls: [url] }, opts }),
    ];
    new Preload("warm", { urls: ["https://cdn.example.com/program.js"] }, { transforms });
  };
  stack.program = programWith(FIRST_URL);
  expect((await stack.up()).exitCode).toBe(0);
  stack.program = programWith(SECOND_URL);
  expect((await stack.up()).exitCode).toBe(0);
  expect(stack.emulator.submissions().map(({ url }) => url)).toEqual([FIRST_URL, SECOND_URL]);
});

test("with ignoreChanges the saved URLs stay, and passed is refused to a program that names others", async () => {
  const programWith = (url: string) => () => {
    const warm = new Preload("warm", { urls: [url] }, { ignoreChanges: ["urls"] });
    new Dependent("live", { passed: warm.passed });
  };
  stack.program = programWith(FIRST_URL);
  expect((await stack.up()).exitCode).toBe(0);
  stack.program = programWith(SECOND_URL);
  const run = await stack.up();
  expect(run.failed).toBe(true);
  expect(run.output).toContain("its saved verdict is about other inputs than this program's");
  expect(stack.emulator.submissionCount(SECOND_URL)).toBe(0);
});

test("a gate on the tasks of secret URLs keeps them secret", async () => {
  const url = "https://hiddenhost.example.com/app.js?token=hiddentoken";
  stack.program = () => {
    const warm = new Preload("warm", { urls: pulumi.secret([url]), wait: false });
    new PreloadGate("gate", { taskIds: warm.taskIds });
  };
  const run = await stack.up();
  expect(run.exitCode).toBe(0);
  expect(stack.resource("gate").outputs.verdict).toBe("passed");
  const saved = JSON.stringify([stack.resource("warm"), stack.resource("gate")]);
  expect(saved + run.output).not.toMatch(/hiddenhost|hiddentoken/);
});
