import type { Failure, StateFileFault } from "../core/failure-facts";
import type { PlacedProblem, Problem } from "../core/problems";
import type { UrlPlace } from "../core/url-place";

/** Why the command line cannot run a command as it was asked to. */
export type UsageFault =
  | ArgumentFault
  | SourceFault
  | ConfigFileFault
  | ManifestFault
  | { readonly kind: "headerNotValid"; readonly place: number }
  | { readonly kind: "reportNotValid"; readonly text: string; readonly kinds: readonly string[] }
  | { readonly kind: "taskIdsNotValid"; readonly problem: Problem }
  | { readonly kind: "triggerWithoutState" }
  /** `submitted` says what is known of submissions, where the fault itself does not. */
  | {
      readonly kind: "stateFile";
      readonly fault: StateFileFault;
      readonly submitted?: "nothing" | "unclear" | undefined;
    }
  /** Documents to merge; the system's own words say why one cannot be read. */
  | { readonly kind: "documentNotReadable"; readonly file: string; readonly why: string }
  | { readonly kind: "documentNotOfAGate" | "documentTwice"; readonly file: string }
  | { readonly kind: "mergedNameNotKnown"; readonly file: string; readonly endings: readonly string[] }
  | { readonly kind: "reportMissing" | "reportNotHtml"; readonly file: string }
  /** Inputs of the GitHub Action. */
  | { readonly kind: "severalLines"; readonly input: string }
  | { readonly kind: "inputNotAFlag"; readonly input: string; readonly found: string }
  | { readonly kind: "failure"; readonly failure: Failure }
  /** In the words of a library, or of the emulator. */
  | { readonly kind: "said"; readonly words: string };

/** What is wrong with the arguments themselves. */
export type ArgumentFault =
  | {
      readonly kind: "unknownOption" | "unknownCommand";
      readonly name: string;
      readonly similar: readonly string[];
    }
  | { readonly kind: "argumentMissing"; readonly name: string }
  /** Options as the help has them: `-p, --port <number>`. */
  | { readonly kind: "valueMissing" | "givenTwice"; readonly option: string }
  /** An option of the connection, at a command that makes no call. */
  | { readonly kind: "withoutCalls"; readonly option: string; readonly command: string }
  /** Of a yes or no, both; options as the help has them. */
  | { readonly kind: "givenBoth"; readonly options: readonly string[] }
  | {
      readonly kind: "tooManyArguments";
      readonly command: string;
      readonly most: number;
      readonly given: number;
    }
  | {
      readonly kind: "valueNotValid";
      /** Which argument or option. */
      readonly of: "argument" | "option";
      readonly name: string;
      readonly value: string;
      /** The variable that gave the value, where it is no argument. */
      readonly variable: string | undefined;
      readonly why: ValueFault;
    };

export type ValueFault =
  | { readonly kind: "problem"; readonly problem: Problem }
  | { readonly kind: "notAllowed"; readonly choices: string }
  | { readonly kind: "said"; readonly words: string };

/** What is wrong with where the URLs come from. */
export type SourceFault =
  | { readonly kind: "noUrls" | "baseMissing" }
  /** Options of folders, without dashes, and no folder. */
  | { readonly kind: "folderMissing"; readonly options: readonly string[] }
  | { readonly kind: "notAFileName"; readonly option: string; readonly found: string }
  | { readonly kind: "basesDiffer"; readonly folders: number; readonly bases: number }
  /** An argument that is no URL and names a file or a folder. */
  | {
      readonly kind: "notAUrlButAFile";
      readonly place: number;
      readonly argument: string;
      readonly is: "file" | "folder";
      readonly meant: string;
    }
  | {
      readonly kind: "urlsNotValid";
      readonly urls: readonly { readonly from: UrlPlace; readonly url: string; readonly problem: Problem }[];
      /** How many more there are. */
      readonly more: number;
    }
  /** The system's own words say why. */
  | { readonly kind: "sourceNotReadable"; readonly source: UrlSource; readonly why: string }
  /** No file is left of a folder. */
  | { readonly kind: "folderEmpty"; readonly folder: string; readonly leftOut: LeftOutCounts };

/** Files of a folder that were left out though no option says so. */
export interface LeftOutCounts {
  /** The operating system's own. */
  readonly systemFiles: number;
  readonly dotFiles: number;
  readonly sourceMaps: number;
}

export type UrlSource =
  | { readonly kind: "standardInput" }
  | { readonly kind: "list" | "sitemap" | "folder"; readonly path: string };

/** Why a config file is not used. */
export type ConfigFileFault =
  | { readonly kind: "severalConfigs"; readonly folder: string; readonly names: readonly string[] }
  /** The system's own words say why. */
  | { readonly kind: "configNotReadable"; readonly file: string; readonly why: string }
  | {
      readonly kind: "configNotValid";
      readonly file: string;
      readonly faults: readonly PlacedConfigFault[];
      /** How many more there are. */
      readonly more: number;
    };

/** A fault of a config file, with its line where it is known. */
export interface PlacedConfigFault {
  readonly line: number | undefined;
  readonly fault: ConfigFault;
}

/** What is wrong in a config file. Keys are shown with those above them: `gate.timeout`. */
export type ConfigFault =
  | ConfigSyntaxFault
  | { readonly kind: "unknownKey"; readonly key: string; readonly similar: string | undefined }
  /** An option, without dashes, that is no setting of a file. */
  | { readonly kind: "ofOneRun"; readonly key: string; readonly option: string }
  | { readonly kind: "secret" | "keyTwice"; readonly key: string }
  | { readonly kind: "wrongValue"; readonly placed: PlacedProblem };

/** In the words of the parser. */
export interface ConfigSyntaxFault {
  readonly kind: "syntax";
  readonly line: number | undefined;
  readonly words: string;
}

/** Why the manifest of an earlier run is not used. */
export type ManifestFault =
  /** The system's own words say why. */
  | { readonly kind: "manifestNotReadable"; readonly file: string; readonly why: string }
  | { readonly kind: "noManifest" | "manifestNewer"; readonly file: string };
