import type { Command } from "commander";
import { UsageError } from "../usage-error";
import { collect } from "./argument-parsers";

/** What is written, and where. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly report?: readonly string[];
}

/** The kinds of reports. */
export const REPORT_KINDS = ["junit", "markdown", "html", "gitlab-annotations", "dotenv"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export interface ReportRequest {
  readonly kind: ReportKind;
  readonly file: string;
}

export function addJsonOption(command: Command): Command {
  return command.option("--json", "print one JSON document on standard output, and nothing else there");
}

export function addOutputOptions(command: Command): Command {
  return addJsonOption(command)
    .option("-q, --quiet", "no progress; only the result, and what is wrong")
    .option(
      "--report <kind=file>",
      `write a report: ${REPORT_KINDS.join(", ")}; may be repeated, or hold several with commas`,
      collect,
    );
}

/**
 * The reports that are asked for.
 *
 * @throws UsageError where a kind is not known or a file is missing.
 */
export function reportsOf(texts: readonly string[] | undefined): ReportRequest[] {
  // A comma starts another report only where a kind follows: it may stand in a file's name.
  const separator = new RegExp(`,(?=(?:${REPORT_KINDS.join("|")})=)`);
  return (texts ?? [])
    .flatMap((text) => text.split(separator))
    .map((text) => {
      const [, kind, file] = /^([a-z-]+)=(.+)$/s.exec(text) ?? [];
      const known = REPORT_KINDS.find((candidate) => candidate === kind);
      if (known !== undefined && file !== undefined) return { kind: known, file };
      throw new UsageError(
        `--report ${text} is not of the form kind=file, with kind one of ${REPORT_KINDS.join(", ")}.`,
      );
    });
}
