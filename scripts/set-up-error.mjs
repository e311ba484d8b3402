/** The set-up cannot go on for a reason that the user can mend: the message says what and how. */
export class SetUpError extends Error {
  /** @override */
  name = "SetUpError";
}
