import { OPTIONS } from "../../core/options/table";
import { UsageError } from "../usage-error";

/** The kinds of reports. */
export const REPORT_KINDS = OPTIONS.report.type.of;
export type ReportKind = (typeof REPORT_KINDS)[number];

export interface ReportRequest {
  readonly kind: ReportKind;
  readonly file: string;
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
      throw new UsageError({ kind: "reportNotValid", text, kinds: REPORT_KINDS });
    });
}
