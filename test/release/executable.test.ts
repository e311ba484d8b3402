import { spawnSync } from "node:child_process";
import { existsSync, renameSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { version } from "../../package.json";
import { openBench } from "../cli/cli-on-emulator";
import { temporaryFolder } from "../scripts/temporary-folder";
import { hostNodeIsInCache, makeHostExecutable } from "./host-executable";

(hostNodeIsInCache() ? describe : describe.skip)("an executable that needs no Node", () => {
  let command: string;
  /** Nothing but the executable, and no Node on PATH. */
  let surroundings: { readonly command: [string]; readonly env: Readonly<Record<string, string>> };

  beforeAll(() => {
    const made = makeHostExecutable(temporaryFolder());
    // Away from all that it was made of.
    const elsewhere = temporaryFolder();
    command = join(elsewhere, "cdn-preload-gate");
    renameSync(made, join(elsewhere, "pulumi-resource-alicdn"));
    symlinkSync(join(elsewhere, "pulumi-resource-alicdn"), command);
    surroundings = { command: [command], env: { PATH: temporaryFolder() } };
  });

  test("is the command line where it is called by its name", () => {
    const run = spawnSync(command, ["--version"], { encoding: "utf8", env: surroundings.env });
    expect(run).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("is Pulumi's plugin where it is called by that name", () => {
    const plugin = join(dirname(command), "pulumi-resource-alicdn");
    const run = spawnSync(plugin, ["--version"], { encoding: "utf8", env: surroundings.env });
    expect(run).toMatchObject({ status: 0, stdout: `pulumi-resource-alicdn ${version}\n`, stderr: "" });
  });

  test("is the emulator where it is called by that name", () => {
    const emulator = join(dirname(command), "cdn-preload-gate-emulator");
    symlinkSync("pulumi-resource-alicdn", emulator);
    const run = spawnSync(emulator, ["--help"], { encoding: "utf8", env: surroundings.env });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toMatch(/^Usage: cdn-preload-gate emulator \[options\]\n/);
  });

  test("passes and fails a gate with the exit codes of the command line, and writes its report", async () => {
    const bench = await openBench();
    try {
      const passed = await bench.json(
        ["run", "https://cdn.example.com/a.js", "--report", "html=report.html"],
        surroundings,
      );
      expect(passed).toMatchObject({ verdict: "passed", exitCode: 0 });
      expect(existsSync(join(bench.folder, "report.html"))).toBe(true);
      const failed = await bench.json(
        ["run", "https://cdn.example.com/emulate-zero-pops/a.js"],
        surroundings,
      );
      expect(failed.verdict).toBe("failed");
    } finally {
      await bench.end();
    }
  });

  test("takes no options from NODE_OPTIONS, which are meant for another Node", () => {
    const run = spawnSync(command, ["--version"], {
      encoding: "utf8",
      env: { ...surroundings.env, NODE_OPTIONS: "--require /no/such/file.js" },
    });
    expect(run).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
  });
});
