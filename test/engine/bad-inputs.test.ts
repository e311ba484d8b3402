/** @jest-environment ./test/engine/rejection-environment.ts */
import type { PreloadArgs, PreloadGateArgs } from "../../provider";
import { EngineStack } from "./engine-stack";
import { HOSTS } from "./hosts";

describe.each(HOSTS)("$name", (host) => {
  const { Preload, PreloadGate } = host;

  let stack: EngineStack;
  beforeAll(async () => {
    stack = await EngineStack.create({ host });
  });
  afterAll(() => stack.close());
  afterEach(() => {
    // A preview of valid inputs asks for the quota, and nothing else.
    expect(
      stack.emulator.calls
        .map(({ operation }) => operation)
        .filter((name) => name !== "DescribeRefreshQuota"),
    ).toEqual([]);
  });

  /** What a program without a type checker may pass. */
  const unchecked = <T>(args: Record<string, unknown>) => args as unknown as T;

  test("a preview names every bad input of a Preload with its path, shows no value of it, and sends nothing", async () => {
    stack.program = () =>
      new Preload(
        "warm",
        unchecked<PreloadArgs>({
          urls: [
            "https://cdn.example.com/app.js",
            "ftp://cdn.example.com/secret-1",
            "https://user:secret-2@cdn.example.com/",
            "https://cdn.example.com/a\nhttps://cdn.example.com/secret-3",
            "/secret-4",
            17,
          ],
          triggers: "secret-5",
          area: "secret-6",
          l2Preload: "secret-7",
          queryHashKey: 1,
          headers: { "Accept-Encoding": "secret-8", "bad name": ["x"], Good: ["a", "secret\n9"] },
          wait: "no",
          timeout: "secret-10",
          gate: {
            minSuccessPercent: 101,
            maxFailedUrls: -1,
            requireDetail: "yes",
            onInconclusive: "secret-11",
            override: " ",
          },
        }),
      );
    const preview = await stack.preview();
    expect(preview.exitCode).toBeGreaterThan(0);
    const problems = problemsIn(preview.output);
    expect(problems).toEqual(
      expect.arrayContaining([
        "urls[1]: has the scheme ftp; only http and https are served",
        "urls[2]: holds a user name or password, which would be sent and logged; remove it",
        "urls[3]: holds a line feed, tab or other control character; give each URL an item of its own",
        "urls[4]: has no host; write http(s)://host/path or host/path",
        "urls[5]: must be a string",
        "triggers: must be a list",
        'area: must be "domestic" or "overseas"',
        "l2Preload: must be true or false",
        "queryHashKey: must be true or false",
        "headers.Accept-Encoding: must be a list of values",
        "headers.bad name: is not a header name",
        "headers.Good[1]: must be one line",
        "wait: must be true or false",
        'timeout: must be a duration such as "90s", "45m" or "2h"',
        "gate.minSuccessPercent: must be a number from 0 to 100",
        "gate.maxFailedUrls: must not be negative",
        "gate.requireDetail: must be true or false",
        'gate.onInconclusive: must be "fail" or "warn"',
        "gate.override: must be a reason, in words",
      ]),
    );
    expect(problems).toHaveLength(19);
    expect(preview.output).not.toContain("secret");
  });

  test("a preview names every bad input of a PreloadGate with its path", async () => {
    stack.program = () =>
      new PreloadGate(
        "gate",
        unchecked<PreloadGateArgs>({
          taskIds: ["15423123921", "not an id"],
          urls: ["localhost/x"],
          timeout: 5,
        }),
      );
    expect(problemsIn((await stack.preview()).output)).toEqual([
      'timeout: must be a duration such as "90s", "45m" or "2h"',
      "taskIds: holds something that is not a task id (digits, as PushObjectCache returns them)",
      "urls[0]: has a host that is not a full domain name (like cdn.example.com)",
    ]);
  });

  test.each<[string, () => unknown, string]>([
    ["no URL", () => new Preload("warm", { urls: [] }), "urls: must hold at least one URL"],
    [
      "more URLs than a resource takes",
      () => new Preload("warm", { urls: Array.from({ length: 10_001 }, (_, n) => `cdn.example.com/${n}`) }),
      "urls: must hold at most 10000 URLs; use several resources",
    ],
    ["no task", () => new PreloadGate("gate", { taskIds: " , " }), "taskIds: must hold at least one task id"],
  ])("a preview refuses %s", async (_case, program, problem) => {
    stack.program = program;
    const preview = await stack.preview();
    expect(preview.exitCode).toBeGreaterThan(0);
    expect(problemsIn(preview.output)).toEqual([problem]);
  });

  test("a preview takes values that are not known yet, also inside a list", async () => {
    stack.program = () => {
      const first = new Preload("first", { urls: ["cdn.example.com/first.js"], wait: false });
      const id = first.taskIds.apply(([taskId]) => taskId ?? "");
      new Preload("second", {
        urls: ["cdn.example.com/second.js", id.apply((taskId) => `cdn.example.com/${taskId}`)],
        triggers: [id],
        timeout: id.apply(() => "5m"),
        gate: { minSuccessPercent: id.apply(() => 50) } as unknown as { minSuccessPercent: number },
      });
      new PreloadGate("gate", { taskIds: first.taskIds });
    };
    const preview = await stack.preview();
    expect(preview.output).toMatch(/Resources:\n +\+ 4 to create/);
  });

  /** The problems that the engine shows under its diagnostics. */
  function problemsIn(output: string): string[] {
    const diagnostics = output.slice(output.indexOf("Diagnostics:"));
    return [...diagnostics.matchAll(/has a problem: (.*)/g)].flatMap(([, problem]) => problem ?? []);
  }
});
