/** The set-up cannot continue for a reason that the user can fix. The message says what to do. */
export class SetUpError extends Error {
  /** @override */
  name = "SetUpError";
}
