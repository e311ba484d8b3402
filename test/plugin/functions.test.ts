/** @jest-environment ./test/engine/rejection-environment.ts */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { hashFiles } from "../../provider";
import { urlsFromFolder } from "../../provider/code/urls";
import { callService } from "../emulator/call-service";
import { EngineStack } from "../engine/engine-stack";
import { PLUGIN } from "../engine/hosts";

let stack: EngineStack;
beforeAll(async () => {
  stack = await EngineStack.create({ host: PLUGIN });
});
afterAll(() => stack.close());

const call = (name: string, args: Record<string, unknown>) =>
  pulumi.runtime.invoke(`alicdn:index:${name}`, args);

/** Runs a program that calls functions, and gives what they gave. */
async function results(program: () => Promise<Record<string, unknown>>): Promise<Record<string, unknown>> {
  let given: Record<string, unknown> = {};
  stack.program = async () => {
    given = await program();
  };
  expect(await stack.preview()).toMatchObject({ exitCode: 0 });
  return given;
}

async function problemOf(name: string, args: Record<string, unknown>): Promise<string> {
  stack.program = () => call(name, args);
  const preview = await stack.preview();
  expect(preview.failed).toBe(true);
  return preview.output;
}

test("urlsFromFolder, urlsFromSitemap and hashFiles give what Node programs import, by paths of the project's folder", async () => {
  const folder = join(stack.folder, "site/assets");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "app.js"), "1");
  writeFileSync(join(folder, "app.js.map"), "2");
  const sitemap = "<urlset><url><loc>https://cdn.example.com/a.js</loc></url></urlset>";
  writeFileSync(join(stack.folder, "sitemap.xml"), sitemap);
  const base = "https://cdn.example.com/";
  const given = await results(async () => ({
    folder: await call("urlsFromFolder", { folder: "site", base, exclude: ["*.map"] }),
    sitemap: await call("urlsFromSitemap", { file: "sitemap.xml" }),
    hash: await call("hashFiles", { folder: "site" }),
  }));
  const site = join(stack.folder, "site");
  expect(given).toEqual({
    folder: { urls: urlsFromFolder(site, { base, exclude: ["*.map"] }) },
    sitemap: { urls: ["https://cdn.example.com/a.js"] },
    hash: { hash: hashFiles(site) },
  });
  expect(await problemOf("hashFiles", { folder: "nothing-here" })).toMatch(/nothing-here/);
  expect(await problemOf("urlsFromFolder", { folder: "site" })).toContain("base: must be a URL");
});

test("getQuota tells what is left today, and getTask what tasks say now and how a gate would judge it", async () => {
  const urls = ["https://a.example.com/app.js", "https://b.example.com/emulate-zero-pops/app.js"];
  const request = { operation: "PushObjectCache", parameters: { ObjectPath: urls.join("\n") } };
  const { json } = await callService(stack.emulator, request, { asForm: true });
  const taskIds = json.PushTaskId.split(",") as string[];
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const given = await results(async () => ({
    quota: await call("getQuota", {}),
    task: await call("getTask", { taskIds }),
  }));
  expect(given).toMatchObject({
    quota: {
      preload: { total: 1000, remaining: 998 },
      resetsAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT16:00:00\.000Z$/),
    },
    task: {
      taskIds,
      verdict: "failed",
      accepted: false,
      reasons: expect.arrayContaining([
        expect.stringContaining("b.example.com/emulate-zero-pops/app.js: 0% of POPs hold it"),
      ]),
      summary: { urls: 2, preloaded: 1, failed: 1 },
      tasks: taskIds.map((taskId) => ({ taskId, status: "Complete", process: "100%" })),
    },
  });
  expect(stack.emulator.submissionCount()).toBe(2);
  expect(await problemOf("getTask", { taskIds: ["x"] })).toContain(
    "taskIds: holds something that is not a task id",
  );
});

test.each<[string, Record<string, unknown>, string]>([
  ["no inputs", {}, "Give the gate's inputs too (urls or taskIds"],
  [
    "other inputs than the verdict's",
    { urls: ["https://cdn.example.com/other.js"] },
    "warm has not passed: its saved verdict is about other inputs than this program's",
  ],
])("requirePassed with %s fails", async (_case, inputs, told) => {
  const saved = { name: "warm", verdict: "passed", accepted: true, inputsFingerprint: "of-others" };
  expect(await problemOf("requirePassed", { ...saved, ...inputs })).toContain(told);
});
