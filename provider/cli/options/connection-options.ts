import { type Command, Option } from "commander";
import type { SessionOptions } from "../../gate";
import { asNumberAboveZero, asPollIntervalFactor } from "./argument-parsers";

/** How to reach the account: options that stand before or after any command. */
export interface ConnectionOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly callsPerSecond?: number;
  readonly pollIntervalFactor?: number;
}

export function addConnectionOptions(program: Command): void {
  program
    .addOption(
      new Option("--profile <name>", "a profile of the Alibaba Cloud CLI; nothing else is tried then"),
    )
    .addOption(
      new Option("--region <id>", "a region; it chooses the endpoint").env("ALIBABA_CLOUD_REGION_ID"),
    )
    .addOption(
      new Option("--endpoint <url>", "https://…, or http://… on this machine").env("ALICDN_ENDPOINT"),
    )
    .addOption(
      new Option("--calls-per-second <n>", "most calls per second, for each operation (default: 20)")
        .argParser(asNumberAboveZero)
        .env("ALICDN_CALLS_PER_SECOND"),
    )
    .addOption(
      new Option(
        "--poll-interval-factor <n>",
        "how far to stretch the time between polls, 0.5 to 12 (default: 0.5)",
      )
        .argParser(asPollIntervalFactor)
        .env("ALICDN_POLL_INTERVAL_FACTOR"),
    );
}

export function sessionOptionsOf(options: ConnectionOptions): SessionOptions {
  // A variable that is set and empty is one that a pipeline has not filled.
  return {
    profile: options.profile || undefined,
    region: options.region || undefined,
    endpoint: options.endpoint || undefined,
    callsPerSecond: options.callsPerSecond,
    pollIntervalFactor: options.pollIntervalFactor,
  };
}

/** Those options again, for a command that goes on from this one. */
export function connectionArguments(options: ConnectionOptions): string[] {
  return [
    ...(options.profile ? ["--profile", options.profile] : []),
    ...(options.region ? ["--region", options.region] : []),
    ...(options.endpoint ? ["--endpoint", options.endpoint] : []),
  ];
}
