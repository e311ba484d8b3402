import type { OPTIONS } from "../../core/options/table";
import type { OptionsIn, Part, WrittenValue } from "../../core/options/values";
import type { AppliedConfig } from "../config/apply-config";

type Rows = typeof OPTIONS;

/** The values of these parts' options as the command line hands them over; a list holds the texts as given. */
type CommandLineValues<Of extends Part> = {
  readonly [Name in keyof OptionsIn<Of> as FlagOf<Name>]?: Given<OptionsIn<Of>[Name]> | undefined;
};

/** The name under which commander hands an option over; none where the command line does not take it. */
type FlagOf<Name extends keyof Rows> = Rows[Name]["setBy"] extends { readonly commandLine: infer Flag }
  ? Flag extends { readonly name: infer Other extends string }
    ? Other
    : Name
  : never;

type Given<Row extends Rows[keyof Rows]> = Row["type"]["kind"] extends "headers" | "values"
  ? readonly string[]
  : WrittenValue<Row>;

/** How to reach the account: options that stand before or after any command. */
export type ConnectionOptions = CommandLineValues<"identity" | "connection"> & {
  /** Whose settings are among the options. */
  readonly appliedConfig?: AppliedConfig | undefined;
};
/** Where the URLs come from. In `dir` and `base`, a folder goes with the base at its place. */
export type SourceOptions = CommandLineValues<"sources">;
/** What a passed run leaves for later ones. */
export type ManifestOptions = CommandLineValues<"manifest">;
/** What is written, and where. */
export type OutputOptions = CommandLineValues<"json" | "output">;
/** What is submitted, and how. */
export type PreloadOptions = CommandLineValues<"request" | "submission" | "memory">;

/** The options of `wait`, and of `status`, which knows no timeout. */
export type TasksOptions = CommandLineValues<"gate" | "wait"> & OutputOptions & ConnectionOptions;

/** All options of `run`; `submit` has those of them that make sense without a wait. */
export type RunOptions = SourceOptions &
  PreloadOptions &
  TasksOptions &
  ManifestOptions &
  CommandLineValues<"plan"> & {
    readonly verbose?: boolean;
    /** URLs of the config file. */
    readonly urls?: readonly string[];
  };

/** The options of `quota`. */
export type QuotaOptions = ConnectionOptions & CommandLineValues<"json">;

/** The options of `doctor`. */
export type DoctorOptions = QuotaOptions & {
  readonly requireDetail?: boolean;
  readonly purgeFirst?: boolean;
};
