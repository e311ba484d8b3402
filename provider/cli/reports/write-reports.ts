import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { ReportWords } from "../../wording/report-words";
import type { GateDocument } from "../document/schema";
import type { ReportKind, ReportRequest } from "../options/report-option";

/** Each kind's renderer, loaded when it is asked for. */
const RENDERERS: Record<ReportKind, () => (document: GateDocument, words: ReportWords) => string> = {
  junit: () => (require("./junit-report") as typeof import("./junit-report")).junitReport,
  markdown: () => (require("./markdown-report") as typeof import("./markdown-report")).markdownReport,
  html: () => (require("./html-report") as typeof import("./html-report")).htmlReport,
  json: () => (document) => `${JSON.stringify(document)}\n`,
  "gitlab-annotations": () =>
    (require("./gitlab-annotations") as typeof import("./gitlab-annotations")).gitlabAnnotations,
  dotenv: () => (require("./dotenv-report") as typeof import("./dotenv-report")).dotenvReport,
};

/**
 * Writes the reports, and the folders that they need.
 *
 * @returns what could not be written: a verdict is not lost for a full disk.
 */
export function writeReports(
  document: GateDocument,
  requests: readonly ReportRequest[],
  words: ReportWords,
): string[] {
  return requests.flatMap(({ kind, file }) => {
    const text = RENDERERS[kind]()(document, words);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return [];
    } catch (error) {
      return [words.reportNotWritten(kind, file, error instanceof Error ? error.message : String(error))];
    }
  });
}
