/** @jest-environment ./test/engine/rejection-environment.ts */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { version } from "../../package.json";
import { hostNodeIsInCache, makeHostExecutable } from "../release/host-executable";
import { runModule } from "../scripts/run-module";
import { temporaryFolder } from "../scripts/temporary-folder";
import { Dependent } from "./dependent";
import { EngineStack, type EngineStackOptions } from "./engine-stack";
import { findPulumi } from "./find-pulumi";
import { PLUGIN } from "./hosts";

const { Preload } = PLUGIN;
const PASSES = "https://cdn.example.com/app.js";
const FAILS = "https://cdn.example.com/emulate-zero-pops/app.js";

let stack: EngineStack;
afterEach(() => stack.close());

/** Installs the plugin as a user does. @returns the folder that the engine keeps its plugins in. */
function installPlugin(file: string): string {
  const home = temporaryFolder();
  execFileSync(findPulumi(), ["plugin", "install", "resource", "alicdn", `v${version}`, "--file", file], {
    env: { ...process.env, PULUMI_HOME: home },
    stdio: "ignore",
  });
  return home;
}

function stackWith(home: string, env: EngineStackOptions["env"] = {}): Promise<EngineStack> {
  return EngineStack.create({ host: PLUGIN, pluginIsInstalled: true, env: { PULUMI_HOME: home, ...env } });
}

describe("the archive that needs a Node", () => {
  let archive: string;
  let home: string;

  beforeAll(() => {
    const release = temporaryFolder();
    const script = join(__dirname, "../../scripts/plugin.mjs");
    execFileSync(process.execPath, [script, "node", "--out", release], { stdio: "ignore" });
    archive = join(release, `pulumi-resource-alicdn-v${version}-node.tar.gz`);
    home = installPlugin(archive);
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

  test("is downloaded by the engine from a program's `pluginDownloadURL`, under the name of this platform's archive", async () => {
    const asked: string[] = [];
    const server = createServer(({ url = "" }, response) => {
      asked.push(url);
      response.end(readFileSync(archive));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    try {
      const { port } = server.address() as AddressInfo;
      const pluginDownloadURL = `http://127.0.0.1:${port}/releases`;
      stack = await stackWith(temporaryFolder());
      stack.program = () => void new Preload("warm", { urls: [PASSES] }, { version, pluginDownloadURL });
      const { output, exitCode } = await stack.up();
      expect(output).not.toContain("error:");
      expect(exitCode).toBe(0);
    } finally {
      server.close();
    }
    const ofThisPlatform = runModule(
      "plugin/platforms.mjs",
      "return it.executableArchiveName(args[0], it.hostPlatform().name);",
      version,
    );
    expect(asked).toEqual([`/releases/${ofThisPlatform}`]);
  });
});

(hostNodeIsInCache() ? describe : describe.skip)("the executable that needs no Node", () => {
  test("serves gates on a machine without Node: one passes, one fails, and a refresh says why again", async () => {
    const home = installPlugin(makeHostExecutable(temporaryFolder()));
    stack = await stackWith(home, { PATH: temporaryFolder() });
    stack.program = () => {
      new Preload("good", { urls: [PASSES] });
      new Preload("bad", { urls: [FAILS] });
    };
    expect((await stack.up()).failed).toBe(true);
    expect(stack.resource("good").outputs.verdict).toBe("passed");
    expect(stack.resource("bad").outputs.verdict).toBe("failed");
    // The answer to a refresh of a failed gate is packed as the SDK packs it.
    expect((await stack.refresh()).output).toContain("0% of POPs hold it");
  });
});
