import type { PreloadArgs } from "../../provider";
import { EngineStack } from "./engine-stack";
import { HOSTS } from "./hosts";

describe.each(HOSTS)("$name", (host) => {
  const { Preload } = host;

  const A = "https://cdn.example.com/a.js";
  const B = "https://cdn.example.com/b.js";
  const C = "https://cdn.example.com/c.js";

  let stack: EngineStack;
  beforeAll(async () => {
    stack = await EngineStack.create({ host });
  });
  afterAll(() => stack.close());

  const program = (args: PreloadArgs) => () => {
    new Preload("warm", args);
    new Preload("other", { urls: ["https://other.example.com/x.js"] });
  };
  const counts = () => [A, B, C].map((url) => stack.emulator.submissionCount(url));

  // One story: each test goes on from the state that the one before it has left.

  test("a preview of a create says on the resource's row what it would submit, and submits nothing", async () => {
    stack.program = program({ urls: [A, B], timeout: "5m" });
    const preview = await stack.preview();
    expect(preview.output).toMatch(/\+ +\S+:Preload warm create .*would submit 2 URLs in 1 call, then wait/);
    expect(preview.output).toMatch(
      /Preload \(warm\):\n(?: +.*\n)* +would submit 2 URLs in 1 call, then wait/,
    );
    expect(stack.emulator.submissionCount()).toBe(0);
  });

  test("another order of the URLs, another spelling of one, and another timeout are no change", async () => {
    expect((await stack.up()).exitCode).toBe(0);
    const calls = stack.emulator.calls.length;
    stack.program = program({
      urls: [B, "CDN.example.com/a.js"],
      timeout: "6m",
      wait: true,
      gate: { minSuccessPercent: 0 },
    });
    const up = await stack.up();
    expect(up.output).toMatch(/Resources:\n +3 unchanged/);
    expect(stack.emulator.calls).toHaveLength(calls);
  });

  test("an added URL is the only one that is submitted", async () => {
    stack.program = program({ urls: [A, B, C] });
    const preview = await stack.preview();
    expect(preview.output).toMatch(
      /~ +\S+:Preload warm .*would submit 1 URL in 1 call: only what failed or was never accepted/,
    );
    expect((await stack.up()).exitCode).toBe(0);
    expect(counts()).toEqual([1, 1, 1]);
    expect(stack.resource("warm").outputs).toMatchObject({
      verdict: "passed",
      summary: { urls: 3, preloaded: 3 },
    });
  });

  test("a URL that is removed and added again is not submitted again", async () => {
    stack.program = program({ urls: [A, C] });
    expect((await stack.up()).exitCode).toBe(0);
    expect(stack.resource("warm").outputs).toMatchObject({ results: [{ url: A }, { url: C }] });
    stack.program = program({ urls: [A, B, C] });
    expect((await stack.up()).exitCode).toBe(0);
    expect(stack.resource("warm").outputs).toMatchObject({
      verdict: "passed",
      results: [
        { url: A, state: "preloaded" },
        { url: B, state: "preloaded" },
        { url: C, state: "preloaded" },
      ],
    });
    expect(counts()).toEqual([1, 1, 1]);
  });

  test("a change of triggers replaces the resource and submits every URL again", async () => {
    stack.program = program({ urls: [A, B, C], triggers: ["release 2"] });
    const preview = await stack.preview();
    expect(preview.output).toMatch(/\+- +\S+:Preload warm /);
    expect(preview.output).toContain("would submit 3 URLs in 1 call, then wait");
    const before = stack.resource("warm").id;
    expect((await stack.up()).exitCode).toBe(0);
    expect(counts()).toEqual([2, 2, 2]);
    expect(stack.resource("warm").id).not.toBe(before);
    expect(stack.resources().filter(({ urn }) => urn.endsWith("::warm"))).toHaveLength(1);
  });

  test("a destroy says once that a preload cannot be undone, and calls nothing", async () => {
    const calls = stack.emulator.calls.length;
    const destroy = await stack.destroy();
    expect(destroy.exitCode).toBe(0);
    const diagnostics = destroy.output.slice(destroy.output.indexOf("Diagnostics:"));
    expect(diagnostics.match(/Forgotten here\. A preload cannot be undone/g)).toHaveLength(1);
    expect(stack.resources()).toEqual([]);
    expect(stack.emulator.calls).toHaveLength(calls);
  });
});
