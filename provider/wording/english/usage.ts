import type { StateFileCause } from "../../core/failure-facts";
import type { UrlPlace } from "../../core/url-place";
import type { Catalogue } from "../catalogue";
import { quote } from "../quotes";
import type { ArgumentFault, SourceFault, UrlSource, UsageFault, ValueFault } from "../usage-faults";
import type { ByKind, Words } from "../words";
import { configFileFaults } from "./config-file";
import { leftOutOf } from "./left-out";
import { allOf } from "./lists";

/** Faults of the arguments; they read as the parser of the command line writes them. */
const argumentFaults: ByKind<ArgumentFault> = {
  unknownOption: ({ name, similar }) => `unknown option '${name}'${didYouMean(similar)}`,
  unknownCommand: ({ name, similar }) => `unknown command '${name}'${didYouMean(similar)}`,
  argumentMissing: ({ name }) => `missing required argument '${name}'`,
  valueMissing: ({ option }) => `option '${option}' argument missing`,
  givenTwice: ({ option }) => `option '${option}' is given twice; it takes one value`,
  withoutCalls: ({ option, command }) =>
    `option '${option}' means nothing to '${command}', which makes no call to the service`,
  givenBoth: ({ options }) =>
    `${allOf(options.map((option) => `'${option}'`))} contradict each other; give one of them`,
  tooManyArguments: ({ command, most, given }) =>
    `too many arguments${command === "" ? "" : ` for '${command}'`}. Expected ${most} argument${most === 1 ? "" : "s"} but got ${given}.`,
  valueNotValid: ({ of, name, value, variable, why }, words) => {
    const what =
      of === "argument"
        ? `command-argument value '${value}' is invalid for argument '${name}'`
        : variable === undefined
          ? `option '${name}' argument '${value}' is invalid`
          : `option '${name}' value '${value}' from env '${variable}' is invalid`;
    return `${what}. ${valueFault(why, words)}`;
  },
};

function didYouMean(similar: readonly string[]): string {
  if (similar.length === 0) return "";
  return `\n(Did you mean ${similar.length === 1 ? "" : "one of "}${similar.join(", ")}?)`;
}

function valueFault(why: ValueFault, words: Words): string {
  switch (why.kind) {
    case "problem":
      return `It ${words.problem(why.problem)}.`;
    case "notAllowed":
      return `Allowed choices are ${why.choices}.`;
    case "said":
      return why.words;
  }
}

const sourceFaults: ByKind<SourceFault> = {
  noUrls: () =>
    "There is no URL to preload: name URLs as arguments, with --urls-file, --sitemap, or --dir and --base.",
  folderMissing: ({ options }) =>
    `${allOf(options.map((name) => `--${name}`))} ${options.length === 1 ? "goes" : "go"} with --dir, which is missing.`,
  notAFileName: ({ option, found }) =>
    `--${option} takes the name of a file, such as index.html, not ${quote(found)}.`,
  baseMissing: () => "--dir needs --base, what the folder is on the CDN: --base https://cdn.example.com/",
  basesDiffer: ({ folders, bases }) =>
    `Each --dir needs its own --base, in the same order: there are ${folders} of --dir and ${bases} of --base.`,
  notAUrlButAFile: ({ place, argument, is, meant }) =>
    `argument ${place}: ${argument} is a ${is}; did you mean ${meant}?`,
  urlsNotValid: ({ urls, more }, words) =>
    [
      ...urls.map(({ from, url, problem }) => `${placeText(from)}: ${url} ${words.problem(problem)}`),
      ...(more > 0 ? [`… and ${more} more`] : []),
    ].join("\n"),
  sourceNotReadable: ({ source, why }) => `${sourceText(source)} cannot be read: ${why}.`,
  folderEmpty: ({ folder, leftOut }) =>
    `The folder ${folder} holds no file that --include and --exclude leave.${leftOutOf(leftOut) === "" ? "" : ` Also left out: ${leftOutOf(leftOut)}.`}`,
};

function placeText(from: UrlPlace): string {
  switch (from.kind) {
    case "argument":
      return `argument ${from.place}`;
    case "line":
      return `${from.file ?? "standard input"} line ${from.line}`;
    case "sitemap":
      return `${from.file} URL ${from.place}`;
    case "file":
      return from.file;
  }
}

function sourceText(source: UrlSource): string {
  if (source.kind === "standardInput") return "Standard input";
  const names = { list: "file", sitemap: "sitemap", folder: "folder" } as const;
  return `The ${names[source.kind]} ${source.path}`;
}

export const usage: ByKind<UsageFault> = {
  ...argumentFaults,
  ...sourceFaults,
  ...configFileFaults,
  manifestNotReadable: ({ file, why }) => `The manifest ${file} cannot be read: ${why}.`,
  noManifest: ({ file }) =>
    `The file ${file} is no manifest, or is damaged. Nothing was submitted. Remove it, and the next run preloads every file.`,
  manifestNewer: ({ file }) =>
    `The manifest ${file} was written by a newer release of cdn-preload-gate. Nothing was submitted. Update cdn-preload-gate, or name another file.`,
  headerNotValid: ({ place }) => `--header number ${place} is not of the form "Name: value".`,
  reportNotValid: ({ text, kinds }) =>
    `--report ${text} is not of the form kind=file, with kind one of ${kinds.join(", ")}.`,
  taskIdsNotValid: ({ problem }, words) => `The list of task ids ${words.problem(problem)}.`,
  triggerWithoutState: () => "--trigger goes with --state, which is missing.",
  stateFile: ({ fault, submitted }, words) => {
    const known = { nothing: " Nothing was submitted.", unclear: " A submission may be under way." };
    return `${words.stateFile(fault)}${submitted === undefined ? "" : known[submitted]}`;
  },
  documentNotReadable: ({ file, why }) =>
    `The document ${file} cannot be read: ${why.replace(/\.$/, "")}. Nothing was merged. The shard that writes it may have ended before it could.`,
  documentNotOfAGate: ({ file }) =>
    `${file} is no document of a gate. Nothing was merged. Name files that run, submit, wait or status wrote with --report json=FILE or --json.`,
  documentTwice: ({ file }) => `The document ${file} is named twice. Nothing was merged.`,
  mergedNameNotKnown: ({ file, endings }) =>
    `--out ${file} does not say which kind of report to write: its name must end with ${endings.join(", ")}.`,
  reportMissing: ({ file }) =>
    `There is no report ${file}. Write one with --report html=${file}, or name another file.`,
  reportNotHtml: ({ file }) => `${file} is no HTML report: its name must end with .html.`,
  severalLines: ({ input }) => `The input ${input} takes one value, and has several lines.`,
  inputNotAFlag: ({ input, found }) =>
    `The input ${input} must be true or false, not ${JSON.stringify(found)}.`,
  failure: ({ failure }, words) => words.failure(failure),
  said: ({ words }) => words,
};

export const stateFiles: Catalogue["stateFiles"] = {
  otherEndpoint: ({ file, savedEndpoint, endpoint }) =>
    notUsable(file, `it belongs to ${savedEndpoint}, and this run asks ${endpoint}`),
  noStateFile: ({ file }) => notUsable(file, "it is no state file of this program"),
  notUsable: ({ file, why }, words) => notUsable(file, causeText(why, words)),
  newer: ({ file }) =>
    `The state file ${file} was written by a newer release of cdn-preload-gate, and was left as it is. Nothing was submitted. Update cdn-preload-gate, then run again.`,
  notReadable: ({ file, why }, words) => `The state file ${file} cannot be read: ${causeText(why, words)}.`,
  notWritable: ({ file, why }, words) =>
    `The state file ${file} cannot be written: ${causeText(why, words)}.`,
  notLockable: ({ file, why }, words) => `The state file ${file} cannot be locked: ${causeText(why, words)}.`,
  locked: ({ file, lock }) =>
    `Another process works with the state file ${file}: it renews ${lock}. Wait for it, or name another file.`,
  lost: ({ file, lock, how }) => {
    const why = how === "lockRemoved" ? `its lock ${lock} was removed` : "another process has taken it over";
    return `The state file ${file} is this process's no more: ${why}. It writes and submits nothing more. Wait until the other process has ended, then run again.`;
  },
};

function notUsable(file: string, why: string): string {
  return `The state file ${file} cannot be used: ${why}. Nothing was submitted. Name another file, or remove it if its preloads do not matter any more.`;
}

/** A cause that a sentence goes on after. */
function causeText(why: StateFileCause, words: Words): string {
  return (why.kind === "failure" ? words.failure(why.failure) : why.words).replace(/\.$/, "");
}
