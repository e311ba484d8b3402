/** @jest-environment ./test/engine/rejection-environment.ts */
import { EngineStack } from "./engine-stack";
import { HOSTS } from "./hosts";

const BAD_URL = "https://cdn.example.com/emulate-retcode-500/app.js";

describe.each(HOSTS)("$name", (host) => {
  let stack: EngineStack;
  beforeAll(async () => {
    stack = await EngineStack.create({ host, env: { ALICDN_LANG: "zh_CN.UTF-8", LANG: "C.UTF-8" } });
    stack.program = () => new host.Preload("warm", { urls: [BAD_URL] });
  });
  afterAll(() => stack.close());

  test("with ALICDN_LANG the plan, the reasons and the next step are in Chinese, and outputs for programs stay", async () => {
    const preview = await stack.preview();
    expect(preview.output).toContain("将提交 1 个 URL，分 1 次调用，然后等待");
    const up = await stack.up();
    expect(up.exitCode).toBeGreaterThan(0);
    const { initErrors = [], outputs } = stack.resource("warm");
    expect(initErrors[0]).toBe("CDN 预热未通过，共 1 个 URL：1 个失败。");
    expect(initErrors.at(-1)).toMatch(/^下一步：解决问题，然后再次运行 `pulumi up`。/);
    expect(up.output).toContain(`${BAD_URL}: 预热失败，0% 的节点已缓存（任务 `);
    expect(outputs).toMatchObject({ verdict: "failed", accepted: false });
  });
});
