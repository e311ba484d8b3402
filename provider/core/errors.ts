/**
 * The error table: every way in which this product can fail, what it does about it, and what the user
 * should do. `docs/errors.md` is this table for readers; a test compares the two.
 */

/** How the command line and the release pipeline around it tell the causes apart. */
export type ExitCode = 1 | 2 | 3 | 4 | 5 | 7 | 130;

interface ErrorFamily {
  /** What happened, in one sentence without a full stop. */
  readonly what: string;
  /** What we do about it before the user hears of it. */
  readonly handling: "not retried" | "retried" | "retried within the deadline" | "corrected and sent again";
  /** The command line's exit code for it. */
  readonly exitCode: ExitCode;
  /** What the user should do. */
  readonly advice: string;
}

export const ERROR_FAMILIES = {
  usage: {
    what: "An input is not valid",
    handling: "not retried",
    exitCode: 2,
    advice: "Correct the input that the message names; nothing was sent.",
  },
  credentials: {
    what: "No credentials were found, or the service does not accept them",
    handling: "not retried",
    exitCode: 4,
    advice:
      "Set alicloud:accessKey and alicloud:secretKey (with --secret) in the stack's config, or ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment.",
  },
  permission: {
    what: "The account or its RAM policy does not allow the operation",
    handling: "not retried",
    exitCode: 4,
    advice: "Grant the RAM action that the message names (the README has the least-privilege policy).",
  },
  otherAccount: {
    what: "The saved state was made with another account's access key",
    handling: "not retried",
    exitCode: 4,
    advice:
      "Use the access key that submitted it, or another one of the same account. To start again with this account, change `triggers`: all URLs are then submitted again.",
  },
  notOnAllowList: {
    what: "The account is not on the allow-list of DescribePreloadDetailById",
    handling: "not retried",
    exitCode: 4,
    advice: "Ask the vendor's account manager to allow DescribePreloadDetailById for this account.",
  },
  quota: {
    what: "Today's preload quota is used up",
    handling: "not retried",
    exitCode: 5,
    advice: "Wait until the quota resets (00:00 UTC+8), preload fewer URLs, or ask for a larger quota.",
  },
  queueFull: {
    what: "The account's preload queue is full",
    handling: "retried within the deadline",
    exitCode: 5,
    advice: "Run again once running preloads have ended; what was accepted is kept.",
  },
  throttled: {
    what: "Too many calls were made with this account",
    handling: "retried within the deadline",
    exitCode: 3,
    advice: "Lower alicdn:callsPerSecond, or run fewer pipelines on this account at once.",
  },
  transient: {
    what: "The service or the network failed for a moment",
    handling: "retried within the deadline",
    exitCode: 7,
    advice: "Run again; tasks that are known are resumed, not submitted again.",
  },
  unreachable: {
    what: "The service cannot be reached",
    handling: "retried",
    exitCode: 7,
    advice: "Check the network, the proxy settings (HTTPS_PROXY, NO_PROXY) and alicdn:endpoint.",
  },
  skew: {
    what: "The local clock is more than 15 minutes off",
    handling: "corrected and sent again",
    exitCode: 7,
    advice: "Correct this machine's clock.",
  },
  taskUnknown: {
    what: "The service does not know the task",
    handling: "retried within the deadline",
    exitCode: 3,
    advice: "Check the task id and that it belongs to this account.",
  },
  taskTooOld: {
    what: "The task is older than the three days that the service can look back",
    handling: "not retried",
    exitCode: 3,
    advice: "Its result can no longer be asked for; preload again (change `triggers`).",
  },
  rejected: {
    what: "The service refused the request",
    handling: "not retried",
    exitCode: 2,
    advice:
      "Correct what the service's message names (a domain that is not accelerated by this account, a malformed URL).",
  },
  outcomeUnknown: {
    what: "It is not known yet whether a submission was accepted",
    handling: "retried within the deadline",
    exitCode: 3,
    advice: "Run again later: its tasks are looked for before anything is submitted again.",
  },
  purgeFailed: {
    what: "The purge (refresh) before the preload failed",
    handling: "not retried",
    exitCode: 1,
    advice: "Run again: the purge is repeated for the URLs that the message names, then they are preloaded.",
  },
  malformedAnswer: {
    what: "The service's answer could not be understood",
    handling: "retried within the deadline",
    exitCode: 3,
    advice:
      "If it stays, something between here and the service may be changing answers; report it with the request id.",
  },
  unknownServiceCode: {
    what: "The service answered with an error code that is not known",
    handling: "not retried",
    exitCode: 3,
    advice: "Look the code up in the vendor's error centre with the request id.",
  },
  stateUnsaved: {
    what: "The state could not be saved after URLs were submitted",
    handling: "not retried",
    exitCode: 3,
    advice:
      "Keep the task ids: wait for them with `cdn-preload-gate wait <task ids>`. Another run without this state submits the URLs again.",
  },
  internal: {
    what: "Something failed inside this program, or in a listener that it was given",
    handling: "not retried",
    exitCode: 3,
    advice:
      "Please report it with the stack, which --verbose or the variable DEBUG=cdn-preload-gate prints. Tasks that were submitted go on.",
  },
  timeout: {
    what: "The deadline passed",
    handling: "not retried",
    exitCode: 3,
    advice: "Run again to go on waiting for the same tasks, or raise `timeout`.",
  },
  interrupted: {
    what: "The wait was interrupted",
    handling: "not retried",
    exitCode: 130,
    advice: "Run again to go on waiting; the preload itself goes on.",
  },
} as const satisfies Record<string, ErrorFamily>;

/** The literal code of a {@link GateError}: the name of its family in {@link ERROR_FAMILIES}. */
export type ErrorCode = keyof typeof ERROR_FAMILIES;

/** What is known about a failure; whatever is known is shown. */
export interface ErrorDetails {
  /** The service's operation that failed. */
  readonly operation?: string | undefined;
  /** The service's own error code, as received. */
  readonly serviceCode?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly requestId?: string | undefined;
  /** The server's `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The tasks that the failure is about; named where the message cannot be shown. */
  readonly taskIds?: readonly string[] | undefined;
  /** The cause, where there is one. */
  readonly cause?: unknown;
  /**
   * For a submission: `false` only when the service certainly did not accept it. Anything else (a timeout,
   * a reset, a 5xx, a proxy's page) leaves the outcome unknown.
   */
  readonly mayHaveBeenAccepted?: boolean | undefined;
}

/** The one error of this product: a code from the table, a message for people, and what was observed. */
export class GateError extends Error {
  override readonly name = "GateError";
  readonly code: ErrorCode;
  readonly operation: string | undefined;
  readonly serviceCode: string | undefined;
  readonly httpStatus: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly taskIds: readonly string[] | undefined;
  readonly mayHaveBeenAccepted: boolean;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.operation = details.operation;
    this.serviceCode = details.serviceCode;
    this.httpStatus = details.httpStatus;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.taskIds = details.taskIds;
    this.mayHaveBeenAccepted = details.mayHaveBeenAccepted ?? false;
  }

  /** Whether the same question may be asked again later with hope of another answer. */
  get retryable(): boolean {
    return ERROR_FAMILIES[this.code].handling !== "not retried";
  }

  /** The command line's exit code. */
  get exitCode(): ExitCode {
    return ERROR_FAMILIES[this.code].exitCode;
  }

  /** What the user should do. */
  get advice(): string {
    return ERROR_FAMILIES[this.code].advice;
  }
}
