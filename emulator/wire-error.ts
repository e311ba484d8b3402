import { type KnownServiceErrorCode, SERVICE_ERROR_CODES } from "../provider/wire/error-codes";

/** A refusal that a step of the request path throws; the client gets it as the service's error answer. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly code: string;
  readonly httpStatus: number;

  constructor(options: { code: string; httpStatus: number; message: string }) {
    super(options.message);
    this.code = options.code;
    this.httpStatus = options.httpStatus;
  }
}

/**
 * The one place where refusals are made: status and message come from the service's own table. Only where
 * the service leaves the reason open may a message be given, so that people see what to correct.
 */
export function wireError(code: KnownServiceErrorCode, message?: string): WireError {
  const known = SERVICE_ERROR_CODES[code];
  return new WireError({ code, httpStatus: known.httpStatus, message: message ?? known.message });
}

/** The body of an error answer. */
export function errorBody(error: WireError, requestId: string): Record<string, unknown> {
  return {
    RequestId: requestId,
    HostId: "cdn.aliyuncs.com",
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(error.code)}&product=Cdn&requestId=${requestId}`,
  };
}
