/**
 * The error table: every way in which this product can fail, and what it does about it. What each family means and
 * what the user should do is said by `wording/`; `docs/errors.md` is both for readers, and a test compares them.
 */

/** How the command line and the release pipeline around it tell the causes apart. */
export type ExitCode = 1 | 2 | 3 | 4 | 5 | 7 | 130;

/** What we do about a failure before the user hears of it. */
export type Handling = "notRetried" | "retried" | "retriedWithinDeadline" | "correctedAndSentAgain";

interface ErrorFamily {
  readonly handling: Handling;
  /** The command line's exit code for it. */
  readonly exitCode: ExitCode;
}

export const ERROR_FAMILIES = {
  usage: { handling: "notRetried", exitCode: 2 },
  credentials: { handling: "notRetried", exitCode: 4 },
  permission: { handling: "notRetried", exitCode: 4 },
  otherAccount: { handling: "notRetried", exitCode: 4 },
  notOnAllowList: { handling: "notRetried", exitCode: 4 },
  quota: { handling: "notRetried", exitCode: 5 },
  queueFull: { handling: "retriedWithinDeadline", exitCode: 5 },
  throttled: { handling: "retriedWithinDeadline", exitCode: 3 },
  transient: { handling: "retriedWithinDeadline", exitCode: 7 },
  unreachable: { handling: "retried", exitCode: 7 },
  skew: { handling: "correctedAndSentAgain", exitCode: 7 },
  taskUnknown: { handling: "retriedWithinDeadline", exitCode: 3 },
  taskTooOld: { handling: "notRetried", exitCode: 3 },
  rejected: { handling: "notRetried", exitCode: 2 },
  outcomeUnknown: { handling: "retriedWithinDeadline", exitCode: 3 },
  purgeFailed: { handling: "notRetried", exitCode: 1 },
  malformedAnswer: { handling: "retriedWithinDeadline", exitCode: 3 },
  unknownServiceCode: { handling: "notRetried", exitCode: 3 },
  stateUnsaved: { handling: "notRetried", exitCode: 3 },
  internal: { handling: "notRetried", exitCode: 3 },
  timeout: { handling: "notRetried", exitCode: 3 },
  interrupted: { handling: "notRetried", exitCode: 130 },
} as const satisfies Record<string, ErrorFamily>;

/** The literal code of a failure: the name of its family in {@link ERROR_FAMILIES}. */
export type ErrorCode = keyof typeof ERROR_FAMILIES;
