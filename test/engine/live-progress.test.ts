import { EngineStack } from "./engine-stack";
import { HOSTS } from "./hosts";

describe.each(HOSTS)("$name", (host) => {
  const { Preload } = host;

  let stack: EngineStack;
  afterEach(() => stack.close());

  test("while it waits, the resource's own row tells what was submitted and how far it is, and the diagnostics keep none of it", async () => {
    stack = await EngineStack.create({
      host,
      emulator: { scenario: { defaultScript: { endsAfterMs: 12_000 } } },
    });
    stack.program = () => new Preload("warm", { urls: ["https://cdn.example.com/app.js"] });
    const { output, exitCode } = await stack.up();
    expect(exitCode).toBe(0);

    const row = /^ \+ +\S+:Preload warm creating \(\d+s\) (.*)$/gm;
    const told = [...output.matchAll(row)].map(([, text]) => text?.trim());
    const [submitting, submitted, ...progress] = told.filter((text) => text !== "");
    expect(submitting).toBe("submitting 1 URL in 1 call");
    expect(submitted).toMatch(/^submitted 1 URL: task \d+$/);
    expect(progress[0]).toMatch(/^\d\d% of POPs, 0 of 1 URL preloaded, about \d+s left$/);
    expect(progress.at(-1)).toBe("100% of POPs, 1 of 1 URL preloaded");
    expect(progress.length).toBeLessThanOrEqual(11);
    expect(output).not.toContain("Diagnostics:");
  });
});
