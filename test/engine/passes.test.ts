/** @jest-environment ./test/engine/rejection-environment.ts */
import type { PreloadArgs } from "../../provider";
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";
import { HOSTS, PLUGIN } from "./hosts";

describe.each(HOSTS)("$name", (host) => {
  const { Preload } = host;

  const GATED = ["https://cdn.example.com/app.js", "http://CDN.example.com/app.css?v=2"];

  let stack: EngineStack;
  afterEach(() => stack.close());

  const gatedRelease = (args: PreloadArgs) => () => {
    const warm = new Preload("warm", args);
    new Dependent("live", { passed: warm.passed }, { dependsOn: warm });
  };

  test("a preload that passes lets its dependents be created, keeps each field of the answer, and a second up submits nothing", async () => {
    stack = await EngineStack.create({ host });
    stack.program = gatedRelease({ urls: GATED });

    const first = await stack.up();
    expect(first.exitCode).toBe(0);
    expect(stack.find("live")).toBeDefined();
    const [task] = stack.emulator.tasks();
    expect(stack.resource("warm").outputs).toMatchObject({
      verdict: "passed",
      accepted: true,
      reasons: [],
      stateVersion: 3,
      taskIds: [task?.taskId],
      summary: { urls: 2, preloaded: 2, failed: 0, unknown: 0, lowestSuccessPercent: 100 },
      tasks: [
        {
          taskId: task?.taskId,
          domain: "cdn.example.com",
          creationTime: task?.creationTime,
          endTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          retCode: "0",
          process: "100%",
          status: "Complete",
          requestId: stack.emulator.calls.at(-1)?.requestId,
          evidence: "detail",
        },
      ],
      results: GATED.map((url) => ({
        url,
        taskId: task?.taskId,
        domain: "cdn.example.com",
        state: "preloaded",
        successPercent: 100,
        description: "Successfully preloaded",
      })),
    });

    const calls = stack.emulator.calls.length;
    const second = await stack.up();
    expect(second.exitCode).toBe(0);
    expect(second.output).toMatch(/Resources:\n +3 unchanged/);
    expect(stack.emulator.calls).toHaveLength(calls);
    expect(stack.emulator.submissionCount()).toBe(2);
  });

  // What follows is the same code in both hosts.
  if (host === PLUGIN) return;

  test("the API reference's own example passes by default, and fails when 48 % of the POPs are asked for", async () => {
    stack = await EngineStack.create({ host });
    // As if it were of today: what is older than its submission proves nothing of it.
    const now = new Date(Date.now() + 60_000).toISOString().replace(/\.\d+/, "");
    const ofToday = JSON.parse(JSON.stringify(REFERENCE_ANSWER).replace(/2022-11-23T02:2\d:\d\dZ/g, now));
    stack.emulator.answerAlways("DescribePreloadDetailById", { body: ofToday });
    // One for each resource, should they not submit within the same second.
    stack.emulator.presetTaskId("14286878547");
    stack.emulator.presetTaskId("14286878547");
    const urls = ["https://example.com/abc.jpg"];
    stack.program = () => {
      const warm = new Preload("warm", { urls });
      new Dependent("live", { passed: warm.passed }, { dependsOn: warm });
      const strict = new Preload("strict", { urls, gate: { minSuccessPercent: 48 } });
      new Dependent("after-strict", {}, { dependsOn: strict });
    };

    const up = await stack.up({ continueOnError: true });
    expect(up.failed).toBe(true);
    expect(stack.find("live")).toBeDefined();
    expect(stack.find("after-strict")).toBeUndefined();
    expect(up.output).toContain(
      "https://example.com/abc.jpg: 47% of POPs hold it, at least 48% must (task 14286878547, domain example.com, RetCode 0, status Complete, request E9D3257A-1B7C-414C-90C1-8D07AC47BCAC).",
    );
    expect(stack.resource("strict").outputs.verdict).toBe("failed");
    expect(stack.resource("warm").outputs).toMatchObject({
      verdict: "passed",
      taskIds: ["14286878547"],
      tasks: [
        {
          taskId: "14286878547",
          domain: "example.com",
          creationTime: now,
          endTime: now,
          retCode: "0",
          process: "100%",
          status: "Complete",
          requestId: "E9D3257A-1B7C-414C-90C1-8D07AC47BCAC",
        },
      ],
      results: [
        {
          url: "https://example.com/abc.jpg",
          taskId: "14286878547",
          domain: "example.com",
          successPercent: 47,
          description: "Successfully preloaded",
        },
      ],
    });
  });

  test("a looser gate lets what is saved pass, with no call to the service", async () => {
    stack = await EngineStack.create({ host });
    const urls = ["https://cdn.example.com/emulate-forty-seven-percent/app.js"];
    stack.program = gatedRelease({ urls, gate: { minSuccessPercent: 48 } });
    expect((await stack.up()).failed).toBe(true);
    const calls = stack.emulator.calls.length;

    stack.program = gatedRelease({ urls, gate: { minSuccessPercent: 47 } });
    const up = await stack.up();
    expect(up.exitCode).toBe(0);
    expect(stack.resource("warm").outputs).toMatchObject({ verdict: "passed", reasons: [] });
    expect(stack.find("live")).toBeDefined();
    expect(stack.emulator.calls).toHaveLength(calls);
  });

  /** As it stands on the reference page of DescribePreloadDetailById, line feed and all. */
  const REFERENCE_ANSWER = `{ "TotalCount": 1, "RequestId": "E9D3257A-1B7C-414C-90C1-8D07AC47BCAC",
  "UrlDetails": [ { "TaskId": "14286878547", "Domain": "example.com",
    "CreationTime": "2022-11-23T02:26:56Z", "EndTime": "2022-11-23T02:27:00Z",
    "RetCode": "0", "Process": "100%", "Status": "Complete",
    "Urls": [ { "Url": "/abc.jpg\\n", "Success": "47%", "Description": "Successfully preloaded" } ] } ] }`;
});
