/** @jest-environment ./test/engine/rejection-environment.ts */
import { Dependent } from "./dependent";
import { EngineStack } from "./engine-stack";
import { DYNAMIC_HOST } from "./hosts";

// The plugin shares this with the dynamic host; `lifecycle.test.ts` shows a replacement by both.
describe.each([DYNAMIC_HOST])("$name", (host) => {
  const { Preload } = host;

  const URLS = ["https://cdn.example.com/app.js", "https://cdn.example.com/app.css"];

  let stack: EngineStack;
  beforeAll(async () => {
    stack = await EngineStack.create({ host });
  });
  afterAll(() => stack.close());

  const release = (version: string) => () => {
    const warm = new Preload("warm", { urls: URLS, triggers: [version] });
    new Dependent("live", { passed: warm.passed }, { dependsOn: warm });
  };
  const counts = () => URLS.map((url) => stack.emulator.submissionCount(url));
  const warms = () => stack.resources().filter(({ urn }) => urn.endsWith("::warm"));

  // One story: each test goes on from the state that the one before it has left.

  test("a new generation that fails is saved beside the old one, which passed", async () => {
    stack.program = release("1");
    expect((await stack.up()).exitCode).toBe(0);

    stack.emulator.setScenario({ rules: [{ url: URLS[1], script: "zero-pops" }] });
    stack.program = release("2");
    const up = await stack.up();
    expect(up.exitCode).toBeGreaterThan(0);
    expect(up.output).toContain(`${URLS[1]}: 0% of POPs hold it, at least one POP must`);
    expect(
      warms()
        .map(({ outputs }) => outputs.verdict)
        .toSorted(),
    ).toEqual(["failed", "passed"]);
    expect(counts()).toEqual([2, 2]);
  });

  test("a dependent that takes passed is refused the old generation's verdict", async () => {
    const live = stack.resource("live").urn;
    const up = await stack.up({ target: [live] });
    expect(up.failed).toBe(true);
    expect(up.output).toContain("warm has not passed:");
    expect(counts()).toEqual([2, 2]);
  });

  test("its repair submits only what failed, and then the old generation is forgotten", async () => {
    stack.emulator.setScenario({});
    const up = await stack.up();
    expect(up.exitCode).toBe(0);
    expect(counts()).toEqual([2, 3]);
    expect(warms().map(({ outputs }) => outputs.verdict)).toEqual(["passed"]);
  });

  test("a verdict about other inputs than the program's is refused too", async () => {
    stack.program = release("3");
    const up = await stack.up({ target: [stack.resource("live").urn] });
    expect(up.failed).toBe(true);
    expect(up.output).toContain(
      "warm has not passed: its saved verdict is about other inputs than this program's; run `pulumi up` without --target, and give it no ignoreChanges or transform of its inputs.",
    );
    expect(counts()).toEqual([2, 3]);
  });
});
