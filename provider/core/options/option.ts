import type { OptionName } from "./settings";

/** The words in which the table of options is written. */

/** What values an option takes. */
export type OptionType =
  /** Yes or no. */
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly of: readonly string[] }
  | { readonly kind: "number"; readonly unit: string; readonly from: number; readonly to: number }
  /** A whole number, 0 or more. */
  | { readonly kind: "count"; readonly unit: string }
  /** A number above 0. */
  | { readonly kind: "rate"; readonly unit: string }
  /** Written as `"90s"`, `"45m"` or `"2h"`; milliseconds inside. */
  | { readonly kind: "duration" }
  | { readonly kind: "text" }
  /** A tag or a locale of a language that messages exist in. */
  | { readonly kind: "language" }
  /** A text that is shown nowhere, and kept encrypted. */
  | { readonly kind: "secret" }
  | { readonly kind: "texts" }
  /** Files to write, each as `kind=file`. */
  | { readonly kind: "filesByKind"; readonly of: readonly string[] }
  /** A text for people, which cannot be blank. */
  | { readonly kind: "reason" }
  /** Each name with a list of values. */
  | { readonly kind: "headers" }
  | { readonly kind: "urls" }
  | { readonly kind: "taskIds" }
  /** Values of any kind. */
  | { readonly kind: "values" }
  /** An object. */
  | { readonly kind: "fields"; readonly of: Readonly<Record<string, OptionField>> };

/** A field of an option that is an object. */
export interface OptionField {
  readonly type: { readonly kind: "text" } | { readonly kind: "count"; readonly unit: string };
  readonly isRequired?: true;
  readonly environment?: Environment;
  /** What it is, as a sentence without its first capital and its full stop. */
  readonly sentence: string;
}

/** The variables that stand for a setting where it is not given, at each front. */
export interface Environment {
  /** The one that the Alibaba Cloud provider reads. */
  readonly alicloud?: string;
  /** The one that the libraries of Alibaba Cloud read. */
  readonly vendor?: string;
}

/** Which resource takes an option as its input, and whether it can do without. */
export type ResourceUse = Readonly<Partial<Record<"Preload" | "PreloadGate", "required" | "optional">>>;

/** How an option is written at the command line. */
export interface Flag {
  /** In place of the option's own name. */
  readonly name?: string;
  readonly short?: string;
  /** What stands for its value in the help. A yes or no has none. */
  readonly value?: string;
}

/** Who may set an option. */
export interface SetBy {
  /** An input of the resources; those of the part `gate` stand in the input of that name. */
  readonly resource?: ResourceUse;
  readonly commandLine?: Flag;
  /**
   * A setting of the stack's config, in this namespace: `alicloud` where the Alibaba Cloud provider has a setting of
   * that name, so that its users need nothing new. The plugin has all of them in its own namespace.
   */
  readonly config?: "alicloud" | "alicdn";
  readonly environment?: Environment;
  /** The command line's variable. */
  readonly variable?: string;
  /**
   * An input of the GitHub Action, named as at the command line unless it has another name. One that is no option of
   * the command line is an argument of it, or, of the part `key`, sets its variable.
   */
  readonly action?: { readonly name?: string; readonly default?: string };
}

/** What is said of an option, in one language. `{name}` stands for another option, as its reader sets it. */
export interface OptionText {
  /** What it is, as a sentence without its first capital and its full stop. */
  readonly sentence: string;
  /** The same of a `PreloadGate`'s input, where it is another thing. */
  readonly ofPreloadGate?: string;
  /** The same for the command line and the action, where it is another thing. */
  readonly atCommandLine?: string;
  /** What only the action adds, as another sentence of that form. */
  readonly inAction?: string;
  /** What counts where it is not set and has no default. */
  readonly otherwise?: string;
  /** What only the documentation adds, in Markdown. */
  readonly more?: string;
}

/** One row of the table. */
export interface Option extends OptionText {
  /** What it is about: options of one part are set and handed on together. */
  readonly part: string;
  readonly type: OptionType;
  /** As a user would write it. */
  readonly default?: boolean | number | string;
  /** Whether a change of it starts the preload again for all URLs. */
  readonly startsAgain?: true;
  readonly setBy: SetBy;
}

/** What is said of each option in a language; one that lacks an option does not compile. */
export type OptionTexts = Readonly<Record<OptionName, OptionText>>;
