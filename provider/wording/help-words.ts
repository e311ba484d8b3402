import type { OptionText } from "../core/options/option";
import type { CommandLineOption } from "../core/options/settings";

/** What `--help` says. Lines are as wide as a terminal is; names of commands, options and values stay as they are. */
export interface HelpWords {
  /** The headings of the help's own parts. */
  readonly headings: {
    readonly [Name in "usage" | "arguments" | "options" | "globalOptions" | "commands"]: string;
  };
  /** What the help adds to an option or an argument. */
  readonly notes: { readonly [Name in "choices" | "default" | "variable"]: (value: string) => string };
  readonly program: string;
  readonly printVersion: string;
  readonly printHelp: string;
  readonly printHelpFor: string;
  readonly verbose: string;
  readonly credentials: readonly string[];
  readonly examples: string;
  readonly shell: string;
  readonly documentation: (address: string) => string;
  /** What the examples of the whole program show, by their commands. */
  readonly exampleNotes: { readonly [Name in "run" | "wait" | "doctor" | "emulator"]: string };
  readonly commands: { readonly [Name in HelpedCommand]: CommandHelp };
  readonly urls: string;
  readonly taskIds: string;
  /** Arguments and options of the commands for reports. */
  readonly reportFile: string;
  readonly documents: string;
  readonly mergedOut: string;
  readonly resuming: readonly string[];
  readonly exitCodes: readonly string[];
  readonly doctorOptions: { readonly [Name in "requireDetail" | "purgeFirst"]: string };
  readonly options: HelpTexts;
  /** In the schema of the config file. */
  readonly configFile: { readonly [Name in "title" | "description" | "schema" | "gate"]: string };
  /** What an option's sentence is followed by. */
  readonly optionNotes: {
    readonly kinds: (kinds: readonly string[]) => string;
    readonly repeated: string;
    readonly together: string;
    readonly otherwise: (value: string) => string;
  };
}

/** What the help says of each option that the command line takes. */
export type HelpTexts = Readonly<
  Record<CommandLineOption, Pick<OptionText, "sentence" | "atCommandLine" | "otherwise">>
>;

export type HelpedCommand =
  | "run"
  | "submit"
  | "wait"
  | "status"
  | "quota"
  | "doctor"
  | "showReport"
  | "completion"
  | "mergeReports";

export interface CommandHelp {
  /** In the list of commands. */
  readonly summary: string;
  readonly description: string;
}
