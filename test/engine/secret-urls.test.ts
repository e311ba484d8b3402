/** @jest-environment ./test/engine/rejection-environment.ts */
import * as pulumi from "@pulumi/pulumi";
import { EngineStack } from "./engine-stack";
import { HOSTS } from "./hosts";

describe.each(HOSTS)("$name", (host) => {
  const { Preload } = host;

  const HIDDEN = "unreleased-product";

  let stack: EngineStack;
  afterEach(() => stack.close());

  test("secret urls show in no output and no saved file; reasons say urls[1], and a repair still submits only it", async () => {
    stack = await EngineStack.create({ host });
    const urls = [
      `https://${HIDDEN}.example.com/app.css`,
      `https://${HIDDEN}.example.com/emulate-retcode-500-once/app.js`,
    ];
    stack.program = () => {
      new Preload("warm", { urls: pulumi.secret(urls) });
      new Preload("headers", {
        urls: ["https://cdn.example.com/app.js"],
        headers: pulumi.secret({ Authorization: [HIDDEN] }),
      });
    };
    const preview = await stack.preview();
    const failed = await stack.up({ continueOnError: true });
    expect(failed.exitCode).toBeGreaterThan(0);
    expect(failed.output).toMatch(
      /\* urls\[1\]: preload failed, 0% of POPs hold it \(task \d+, RetCode 500, status Complete, request [0-9A-F-]+\)\.\n/,
    );
    const refreshed = await stack.refresh();
    const repaired = await stack.up();
    expect(repaired.exitCode).toBe(0);
    expect(stack.resource("warm").outputs.verdict).toBe("passed");
    expect(urls.map((url) => stack.emulator.submissionCount(url))).toEqual([1, 2]);
    expect(
      stack.emulator.calls.find(({ parameters }) => parameters.WithHeader)?.parameters.WithHeader,
    ).toContain(HIDDEN);
    for (const { output } of [preview, failed, refreshed, repaired]) expect(output).not.toContain(HIDDEN);
    expect(stack.savedTexts()).not.toContain(HIDDEN);
  });
});
