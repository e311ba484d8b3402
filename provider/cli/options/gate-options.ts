import { type Command, Option } from "commander";
import { UsageError } from "../usage-error";
import { asCount, asDuration, asPercent, collect } from "./argument-parsers";

/** When a gate passes, and how long it waits. */
export interface PolicyOptions {
  readonly minSuccessPercent: number;
  readonly maxFailedUrls: number;
  readonly requireDetail?: boolean;
  readonly onInconclusive: "fail" | "warn";
}

export interface TimeoutOption {
  readonly timeout: string;
}

/** What is submitted, and how. */
export interface PreloadOptions {
  readonly area?: "domestic" | "overseas";
  readonly l2Preload?: boolean;
  readonly queryHashKey?: boolean;
  readonly header?: readonly string[];
  readonly purgeFirst?: boolean;
  readonly adoptInFlight?: boolean;
  readonly quotaCheck: "fail" | "warn" | "off";
  readonly trigger?: readonly string[];
  readonly state?: string;
}

export function addPolicyOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--min-success-percent <percent>", "share of POPs that must hold each URL")
        .argParser(asPercent)
        .default(0),
    )
    .addOption(new Option("--max-failed-urls <n>", "URLs that may fail").argParser(asCount).default(0))
    .option("--require-detail", "never judge by status-only evidence")
    .addOption(
      new Option("--on-inconclusive <what>", "what to do if the deadline passes without a verdict")
        .choices(["fail", "warn"])
        .default("fail"),
    );
}

export function addTimeoutOption(command: Command): Command {
  return command.addOption(
    new Option("--timeout <duration>", "how long to wait, such as 90s, 45m, 2h")
      .argParser(asDuration)
      .default("45m"),
  );
}

export function addPreloadOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--area <area>", "where (default: the domain's own)").choices(["domestic", "overseas"]),
    )
    .option("--l2-preload", "only to the L2 POPs")
    .option("--query-hash-key", "the service's QueryHashkey")
    .option("-H, --header <name: value>", "request header of the preload; may be repeated", collect)
    .option("--purge-first", "refresh the URLs and wait for that, then preload")
    .option("--adopt-in-flight", "take over running preloads of the same URLs (content that never changes)")
    .addOption(
      new Option("--quota-check <what>", "when today's quota is too small")
        .choices(["fail", "warn", "off"])
        .default("fail"),
    )
    .option(
      "--state <file>",
      "keep what is known in this file, so that a killed job's next attempt resumes and submits nothing twice",
    )
    .option(
      "--trigger <value>",
      "with --state: what is released (a commit); another value preloads all again; may be repeated",
      collect,
    );
}

/** The policy as the gate takes it. */
export function policyOf(options: PolicyOptions) {
  return {
    minSuccessPercent: options.minSuccessPercent,
    maxFailedUrls: options.maxFailedUrls,
    requireDetail: options.requireDetail ?? false,
    onInconclusive: options.onInconclusive,
  };
}

/** Those options again, for a command that goes on from this one. */
export function policyArguments(options: PolicyOptions): string[] {
  return [
    ...(options.minSuccessPercent > 0 ? ["--min-success-percent", String(options.minSuccessPercent)] : []),
    ...(options.maxFailedUrls > 0 ? ["--max-failed-urls", String(options.maxFailedUrls)] : []),
    ...(options.requireDetail ? ["--require-detail"] : []),
    ...(options.onInconclusive === "warn" ? ["--on-inconclusive", "warn"] : []),
  ];
}

/**
 * The headers as the gate takes them.
 *
 * @throws UsageError, without the header's value: it may be a token.
 */
export function headersOf(texts: readonly string[] | undefined): Record<string, string[]> | undefined {
  if (texts === undefined) return undefined;
  const headers: Record<string, string[]> = {};
  for (const [index, text] of texts.entries()) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*([^\r\n\0]*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(`--header number ${index + 1} is not of the form "Name: value".`);
    }
    headers[name] = [...(headers[name] ?? []), value];
  }
  return headers;
}
