import { ERROR_FAMILIES, type ErrorCode, type ExitCode } from "./error-families";
import { codeOf, type Failure, type FailureFacts, type Observed } from "./failure-facts";

export { ERROR_FAMILIES, type ErrorCode, type ExitCode } from "./error-families";

/** What is known about a failure. All of it is shown. */
export interface ErrorDetails extends Observed {
  /** The server's `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The cause, where there is one. */
  readonly cause?: unknown;
}

/**
 * The one error of this product: a code from the table, facts, and what was observed. It takes no text: the front that
 * shows it makes a sentence of the facts (`wording/`). Its own `message` is a technical line for logs, without anything
 * that could be secret.
 */
export class GateError extends Error implements Failure {
  override readonly name = "GateError";
  readonly code: ErrorCode;
  /** Not enumerable: they may hold URLs that are secret, and a program that prints an error prints what is enumerable. */
  declare readonly facts: FailureFacts;
  readonly operation: string | undefined;
  readonly serviceCode: string | undefined;
  readonly httpStatus: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly taskIds: readonly string[] | undefined;
  readonly attempts: number | undefined;
  readonly mayHaveBeenAccepted: boolean;

  constructor(facts: FailureFacts, details: ErrorDetails = {}) {
    super(technicalLine(facts, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = codeOf(facts);
    Object.defineProperty(this, "facts", { value: facts, enumerable: false });
    this.operation = details.operation;
    this.serviceCode = details.serviceCode;
    this.httpStatus = details.httpStatus;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.taskIds = details.taskIds;
    this.attempts = details.attempts;
    this.mayHaveBeenAccepted = details.mayHaveBeenAccepted ?? false;
  }

  /** Whether the same question may be asked again later with hope of another answer. */
  get retryable(): boolean {
    return ERROR_FAMILIES[this.code].handling !== "notRetried";
  }

  /** The command line's exit code. */
  get exitCode(): ExitCode {
    return ERROR_FAMILIES[this.code].exitCode;
  }
}

/** `refused (PushObjectCache, Throttling.User, HTTP 400, request 12AB)`. */
function technicalLine(facts: FailureFacts, details: Observed): string {
  const { operation, serviceCode, httpStatus, requestId, taskIds = [] } = details;
  const observed = [
    ...(operation ? [operation] : []),
    ...(serviceCode ? [serviceCode] : []),
    ...(httpStatus ? [`HTTP ${httpStatus}`] : []),
    ...(requestId ? [`request ${requestId}`] : []),
    ...(taskIds.length > 0 ? [`task ${taskIds.join(",")}`] : []),
  ];
  return observed.length > 0 ? `${facts.kind} (${observed.join(", ")})` : facts.kind;
}
