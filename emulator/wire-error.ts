import { type KnownServiceErrorCode, SERVICE_ERROR_CODES } from "../provider/wire/error-codes";

/** A refusal that a step of the request path throws. The client receives it as the service's error answer. */
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
 * Makes every refusal. The status and the message come from the service's table. Give a message only if the service's
 * own message does not say what to correct.
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
