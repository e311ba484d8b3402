/** An error without a stack: a host would print it on the stack's row, where it does not help. */
export function plainError(message: string): Error {
  const error = new Error(message);
  error.stack = "";
  return error;
}

/**
 * A create or an update that was not accepted, with all that is known: a plain error would lose the task ids. The
 * dynamic host knows it by its properties.
 */
export class NotAcceptedError extends Error {
  readonly id: string;
  readonly properties: Record<string, unknown>;
  /** At least one. */
  readonly reasons: readonly string[];

  constructor(failed: { id: string; properties: Record<string, unknown>; reasons: readonly string[] }) {
    super(failed.reasons[0]);
    this.stack = "";
    this.id = failed.id;
    this.properties = failed.properties;
    this.reasons = failed.reasons;
  }
}
