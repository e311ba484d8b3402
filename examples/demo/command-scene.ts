import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "cdn-preload-gate/emulator";
import { runCommand } from "./demo-command.ts";
import type { Stage } from "./stage.ts";

const APP_URL = "https://www.example.com/app.js";
const CSS_URL = "https://www.example.com/emulate-retcode-500/app.css";

/** The gate as a command, which any pipeline can run with or without Pulumi. */
export async function theCommandLine(stage: Stage, signal: AbortSignal): Promise<void> {
  stage.scene(1, "The command line: one release passes, one fails and says why");
  const emulator = await startEmulator({ domains: { "www.example.com": "online" } });
  const folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-demo-"));
  try {
    const passed = await runCommand(stage, ["run", APP_URL], { emulator, cwd: folder, signal });
    stage.claim(passed.exitCode === 0, "exit code 0: a pipeline continues");

    const args = ["run", APP_URL, CSS_URL, "--report", "html=report.html"];
    const failed = await runCommand(stage, args, { emulator, cwd: folder, signal });
    stage.claim(failed.exitCode === 1, "exit code 1: a pipeline stops here");
    stage.claim(
      failed.stdout.includes(CSS_URL) && failed.stdout.includes("RetCode 500"),
      "the result names the URL, its task and RetCode 500",
    );
    stage.claim(
      readFileSync(join(folder, "report.html"), "utf8").includes(CSS_URL),
      "report.html names it too, with the progress of its task (the demo deletes the file afterwards)",
    );
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
