import type { SettingName } from "../core/failure-facts";

/** Who reads a message: which front shows it, and what that front knows. */
export interface Reader {
  readonly front: FrontNames;
  readonly memory: Memory;
  /** Messages are then kept and shown in plain text: they name a URL by its place (`urls[3]`). */
  readonly urlsAreSecret: boolean;
}

/** What a front calls things; the same in every language. */
export interface FrontNames {
  readonly family: "pulumi" | "commandLine" | "code";
  /** Where its settings are configured: the stack's config, or the provider's, as a native plugin has one. */
  readonly config?: "stack" | "provider";
  readonly settings: Readonly<Record<SettingName, string>>;
}

/**
 * What the next run knows of this one, by which what a message advises is true:
 * - `state`: all of it, since the front keeps the state by itself;
 * - `stateFile`: all of it, with the same `--state`;
 * - `nothing`: it submits every URL again;
 * - `watching`: nothing that matters, since this run submits nothing.
 */
export type Memory =
  | { readonly kind: "state" | "stateFile" | "watching" }
  | {
      readonly kind: "nothing";
      /** The tasks that are known by now. */
      readonly taskIds: readonly string[];
      /** Whether anything was submitted, or may have been. */
      readonly hasSubmitted: boolean;
      /** Whether the service may have accepted a submission of which no task is known. */
      readonly isInDoubt: boolean;
    };
