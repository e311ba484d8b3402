/** @jest-environment ./test/engine/rejection-environment.ts */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { version } from "../../package.json";
import { hostNodeIsInCache, makeHostExecutable } from "../release/host-executable";
import { temporaryFolder } from "../scripts/temporary-folder";
import { Dependent } from "./dependent";
import { EngineStack, type EngineStackOptions } from "./engine-stack";
import { PLUGIN } from "./hosts";

const { Preload } = PLUGIN;
const PASSES = "https://cdn.example.com/app.js";
const FAILS = "https://cdn.example.com/emulate-zero-pops/app.js";

let stack: EngineStack;
afterEach(() => stack.close());

/** Installs the plugin as a user does. @returns the folder that the engine keeps its plugins in. */
function installPlugin(file: string): string {
  const home = temporaryFolder();
  execFileSync("pulumi", ["plugin", "install", "resource", "alicdn", `v${version}`, "--file", file], {
    env: { ...process.env, PULUMI_HOME: home },
    stdio: "ignore",
  });
  return home;
}

function stackWith(home: string, env: EngineStackOptions["env"] = {}): Promise<EngineStack> {
  return EngineStack.create({ host: PLUGIN, pluginIsInstalled: true, env: { PULUMI_HOME: home, ...env } });
}

describe("the archive that needs a Node", () => {
  let home: string;

  beforeAll(() => {
    const release = temporaryFolder();
    const script = join(__dirname, "../../scripts/plugin.mjs");
    execFileSync(process.execPath, [script, "node", "--out", release], { stdio: "ignore" });
    home = installPlugin(join(release, `pulumi-resource-alicdn-v${version}-node.tar.gz`));
  });

  test("serves a gate once `pulumi plugin install` has taken it: what fails blocks its dependent, what passes lets it be", async () => {
    stack = await stackWith(home);
    let url = FAILS;
    stack.program = () => {
      const warm = new Preload("warm", { urls: [url] });
      new Dependent("live", { passed: warm.passed }, { dependsOn: warm });
    };

    const failing = await stack.up();
    expect(failing.failed).toBe(true);
    expect(stack.resource("warm").outputs.verdict).toBe("failed");
    expect(stack.find("live")).toBeUndefined();

    url = PASSES;
    const passing = await stack.up();
    expect(passing.output).not.toContain("error:");
    expect(passing.exitCode).toBe(0);
    expect(stack.find("live")).toBeDefined();
  });

  test("without Node on PATH it fails an update with what to install", async () => {
    stack = await stackWith(home, { PATH: temporaryFolder() });
    stack.program = () => void new Preload("warm", { urls: [PASSES] });
    const { failed, output } = await stack.up();
    expect(failed).toBe(true);
    expect(output).toContain(
      "pulumi-resource-alicdn needs Node 22.19 or later, and there is no node on PATH. Install Node",
    );
    expect(stack.emulator.tasks()).toEqual([]);
  });
});

(hostNodeIsInCache() ? describe : describe.skip)("the executable that needs no Node", () => {
  test("serves a gate on a machine without Node, and a refresh of it", async () => {
    const home = installPlugin(makeHostExecutable(temporaryFolder()));
    stack = await stackWith(home, { PATH: temporaryFolder() });
    stack.program = () => void new Preload("warm", { urls: [FAILS] });
    expect((await stack.up()).failed).toBe(true);
    expect(stack.resource("warm").outputs.verdict).toBe("failed");
    // What a refresh of a failed gate answers is packed in the SDK's own way.
    const refreshed = await stack.refresh();
    expect(refreshed.output).toContain("0% of POPs hold it");

    stack.program = () => void new Preload("warm", { urls: [PASSES] });
    expect((await stack.up()).exitCode).toBe(0);
    expect((await stack.destroy()).exitCode).toBe(0);
  });
});
