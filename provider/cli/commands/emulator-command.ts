import type { Command } from "commander";
import { asNumberAboveZero, asPort } from "../options/argument-parsers";
import { addHelpEnd } from "../output/help-end";
import { UsageError } from "../usage-error";

/** `emulator`: the CDN service on loopback, until a signal ends it. */
export function addEmulatorCommand(program: Command): void {
  const command = program
    .command("emulator")
    .summary("run the CDN service on this machine, for trials and tests")
    .description(
      "Runs the CDN preload service on this machine until it gets SIGINT or SIGTERM. When it is ready it prints one " +
        'line of JSON: {"endpoint","accessKeyId","accessKeySecret"}. Then it writes a line for each call to standard ' +
        "error. Open the endpoint in a browser to see tasks and calls as they come.",
    )
    .option("-p, --port <number>", "TCP port; 0 takes any that is free", asPort, 0)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("-s, --scenario <file>", "JSON file that says which URL behaves how, with which faults")
    .option("--speed <factor>", "divides the duration of tasks", asNumberAboveZero)
    .option("-q, --quiet", "no line for each call");
  addHelpEnd(command, [
    "",
    "A URL can choose its own fate: /emulate-retcode-500/app.js fails, /emulate-retcode-500-once/app.js fails",
    "the first time. GET <endpoint>/_emulator/scripts lists the names, GET <endpoint>/_emulator what else there is.",
    "",
    "Examples:",
    "  $ cdn-preload-gate emulator --port 8080",
    "  $ cdn-preload-gate emulator --scenario scenario.json --speed 10",
    "  $ pulumi config set alicdn:endpoint http://127.0.0.1:8080",
  ]).action(runEmulator);
}

async function runEmulator(options: {
  port: number;
  host: string;
  scenario?: string;
  speed?: number;
  quiet?: boolean;
}): Promise<void> {
  // Loaded here, so that the other commands start without it.
  const emulator = require("../../../emulator/main") as typeof import("../../../emulator/main");
  try {
    await emulator.runEmulator(options);
  } catch (error) {
    if (!(error instanceof emulator.EmulatorStartError)) throw error;
    throw new UsageError({ kind: "said", words: error.message }, { cause: error });
  }
}
