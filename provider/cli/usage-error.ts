import { ERROR_FAMILIES } from "../core/error-families";

/** The command cannot run as it was asked to: the message says what is wrong with which option. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
  readonly exitCode = ERROR_FAMILIES.usage.exitCode;
}
