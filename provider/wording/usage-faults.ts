import type { Failure, StateFileFault } from "../core/failure-facts";
import type { Problem } from "../core/problems";
import type { UrlPlace } from "../core/url-place";

/** Why the command line cannot run a command as it was asked to. */
export type UsageFault =
  | ArgumentFault
  | SourceFault
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
