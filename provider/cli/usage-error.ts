/** The command cannot run as it was asked to: the message says what is wrong with which option. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
