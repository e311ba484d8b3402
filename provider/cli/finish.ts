import type { GateError } from "../core/errors";
import { type Language, MACHINE_LANGUAGE } from "../core/language";
import type { ArgumentFault } from "../wording/usage-faults";
import { cliLanguage } from "./cli-language";
import { cliWording, machineWording } from "./cli-wording";
import { documentHead, faultOf } from "./document/gate-document";
import type { CliDocument, ErrorDocument, GateDocument } from "./document/schema";
import type { ReportRequest } from "./options/report-option";
import { displayWidth } from "./output/display-width";
import { gateText } from "./output/gate-text";
import { printable } from "./output/printable";
import { shownUrls } from "./output/shown-urls";
import { styleOf } from "./output/style";
import type { UsageError } from "./usage-error";

/** Makes a document in a language. */
export type DocumentIn<Document extends CliDocument> = (language: Language) => Document;

/**
 * Prints a document: as JSON and nothing else on standard output, always in English, or in the reader's words. Sets
 * the exit code.
 */
export function finish<Document extends CliDocument>(
  documentIn: DocumentIn<Document>,
  options: { readonly json: boolean; readonly text: (document: Document) => string },
): void {
  const document = documentIn(options.json ? MACHINE_LANGUAGE : cliLanguage());
  process.stdout.write(options.json ? `${JSON.stringify(document)}\n` : `${options.text(document)}\n`);
  process.exitCode = document.exitCode;
}

/**
 * Writes the reports of a gate and what the CI system reads, then prints the result.
 *
 * @returns what could not be written, as it was told.
 */
export function finishGate(
  documentIn: DocumentIn<GateDocument>,
  options: {
    readonly json: boolean;
    /** Whether people are shown query strings as they are. */
    readonly showQueries: boolean;
    readonly reports: readonly ReportRequest[];
    readonly env: NodeJS.ProcessEnv;
    /** What ended the work, for its stack. */
    readonly failure?: GateError | undefined;
  },
): readonly string[] {
  printStack(options.failure);
  const { writeReports } = require("./reports/write-reports") as typeof import("./reports/write-reports");
  const { writeCiOutputs } = require("./reports/ci-outputs") as typeof import("./reports/ci-outputs");
  const words = cliWording().reports;
  const shown = documentIn(cliLanguage());
  const faults = [
    ...writeReports(
      shown,
      options.reports.filter(({ kind }) => kind !== "json"),
      words,
    ),
    // What programs read is the same in every language.
    ...writeReports(
      documentIn(MACHINE_LANGUAGE),
      options.reports.filter(({ kind }) => kind === "json"),
      words,
    ),
    ...writeCiOutputs(shown, { ...options, words }),
  ];
  for (const fault of faults) process.stderr.write(`${words.text.warning} ${printable(fault)}\n`);
  finish(documentIn, {
    json: options.json,
    text: (document) => {
      const { isTTY, columns } = process.stdout;
      const urls = shownUrls(
        document.results.map(({ url }) => url),
        options.showQueries,
      );
      return gateText(document, {
        words,
        style: styleOf(process.stdout),
        ...(isTTY && { columns }),
        urls,
      });
    },
  });
  return faults;
}

/** Faults of the arguments, which the help explains. */
const PARSER_FAULTS: ReadonlySet<string> = new Set<ArgumentFault["kind"]>([
  "unknownOption",
  "unknownCommand",
  "argumentMissing",
  "valueMissing",
  "givenTwice",
  "givenBoth",
  "withoutCalls",
  "tooManyArguments",
  "valueNotValid",
]);

export interface ErrorContext {
  readonly json: boolean;
  readonly command: string;
  readonly startedAtMs: number;
}

/**
 * What a command that could not do its work says: words on standard error, and the JSON document.
 *
 * @returns its exit code.
 */
export function finishWithError(error: GateError | UsageError, context: ErrorContext): number {
  const words = cliWording();
  const { message, advice } = faultOf(error, words);
  const style = styleOf(process.stderr);
  const label = words.reports.text.error;
  const isOfParser = error.name === "UsageError" && PARSER_FAULTS.has(error.fault.kind);
  const lines = message.split("\n").map(printable);
  const indent = isOfParser ? "" : " ".repeat(displayWidth(label) + 1);
  process.stderr.write(`${style.red(label)} ${lines.join(`\n${indent}`)}\n`);
  if (isOfParser) process.stderr.write(`${words.commandLine.helpHint}\n`);
  // What a usage error says of itself is enough.
  if (error.code !== "usage") process.stderr.write(`    ${style.dim("→")} ${printable(advice)}\n`);
  printStack(error);
  if (context.json) printErrorDocument(error, context);
  return error.exitCode;
}

/** The stack of an unexpected error, if it is asked for: it does not help others. */
function printStack(error: GateError | UsageError | undefined): void {
  const isAskedFor = process.argv.includes("--verbose") || (process.env.DEBUG ?? "") !== "";
  if (error?.code !== "internal" || !isAskedFor) return;
  const { redactWords } = require("../transport/redact") as typeof import("../transport/redact");
  const { cause = error } = error;
  const stack = cause instanceof Error ? (cause.stack ?? String(cause)) : String(cause);
  process.stderr.write(`${redactWords(stack).split("\n").map(printable).join("\n")}\n`);
}

/** The JSON document of a command that could not do its work. */
export function printErrorDocument(error: GateError | UsageError, context: ErrorContext): void {
  const document: ErrorDocument = {
    kind: "error",
    ...documentHead(context.command, context.startedAtMs),
    exitCode: error.exitCode,
    error: faultOf(error, machineWording()),
  };
  process.stdout.write(`${JSON.stringify(document)}\n`);
}
