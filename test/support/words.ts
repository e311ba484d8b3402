import { UsageError } from "../../provider/cli/usage-error";
import { type ErrorCode, type ErrorDetails, GateError } from "../../provider/core/errors";
import type { Language } from "../../provider/core/language";
import type { Outcome } from "../../provider/gate/outcome";
import { CODE_NAMES, COMMAND_LINE_NAMES, PULUMI_NAMES } from "../../provider/wording/front-names";
import { catalogueOf } from "../../provider/wording/languages";
import type { Memory } from "../../provider/wording/reader";
import { Wording } from "../../provider/wording/wording";

/** What users of each front read. */
export function wordingFor(
  family: "pulumi" | "commandLine" | "code" = "pulumi",
  options: { readonly memory?: Memory; readonly urlsAreSecret?: boolean; readonly language?: Language } = {},
): Wording {
  const names = { pulumi: PULUMI_NAMES, commandLine: COMMAND_LINE_NAMES, code: CODE_NAMES };
  const { memory = { kind: "state" }, urlsAreSecret = false, language = "en" } = options;
  return new Wording(catalogueOf(language), { front: names[family], memory, urlsAreSecret });
}

/** The error with the message that a user reads: of Pulumi, or of the command line where only that one throws it. */
export function inWords<E>(error: E, wording: Wording = wordingFor()): E {
  if (error instanceof GateError) error.message = wording.failure(error);
  if (error instanceof UsageError) error.message = wording.usage(error.fault);
  return error;
}

/** For a rejection that is expected in words. */
export function rethrowInWords(error: unknown): never {
  throw inWords(error);
}

/** What a call throws, in words. */
export function throwsInWords<T>(call: () => T, wording?: Wording): () => T {
  return () => {
    try {
      return call();
    } catch (error) {
      throw inWords(error, wording);
    }
  };
}

/** An outcome as users read it. */
export interface ToldOutcome extends Omit<Outcome, "reasons"> {
  readonly reasons: readonly string[];
}

export function outcomeInWords(
  outcome: Outcome,
  options: { readonly urlsAreSecret?: boolean } = {},
): ToldOutcome {
  const wording = wordingFor("pulumi", options);
  return {
    ...outcome,
    reasons: wording.reasons(outcome.reasons),
    failure: inWords(outcome.failure, wording),
  };
}

/** A failure of a family, as the service would refuse a call. */
export function failed(code: ErrorCode, words?: string, details?: ErrorDetails): GateError {
  return new GateError({ kind: "refused", code, words, from: { kind: "named", name: "a test" } }, details);
}
