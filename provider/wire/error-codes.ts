import type { ErrorCode } from "../core/errors";
import type { KeyFault } from "../core/failure-facts";

/** What one of the service's error codes means to us. */
export interface ServiceErrorCode {
  /** The family of {@link ErrorCode} it belongs to. */
  readonly family: ErrorCode;
  /** The HTTP status it arrives with (the first, where the vendor documents several). */
  readonly httpStatus: number;
  /** Whether a submission refused with it was certainly not accepted, and so may be sent again. */
  readonly certainRefusal: boolean;
  /** The message on the wire, where documented; else what the emulator says. */
  readonly message: string;
}

/**
 * The service's error codes. The set is open: a code that is not here is an error of its own, never a
 * reason to wait on. Source: the vendor's API reference, version 2018-05-10.
 */
export const SERVICE_ERROR_CODES = {
  Throttling: {
    family: "throttled",
    httpStatus: 400,
    certainRefusal: true,
    message: "Request was denied due to request throttling.",
  },
  "Throttling.User": {
    family: "throttled",
    httpStatus: 400,
    certainRefusal: true,
    message: "Request was denied due to user flow control.",
  },
  "Throttling.Api": {
    family: "throttled",
    httpStatus: 400,
    certainRefusal: true,
    message: "Request was denied due to api flow control.",
  },
  TooManyRequests: {
    family: "throttled",
    httpStatus: 429,
    certainRefusal: true,
    message: "Too many requests, please try again later",
  },
  ServiceBusy: {
    family: "transient",
    httpStatus: 403,
    certainRefusal: true,
    message: "The specified domain is being configured, please try again later.",
  },
  ServiceUnavailable: {
    family: "transient",
    httpStatus: 503,
    certainRefusal: false,
    message: "The request has failed due to a temporary failure of the server.",
  },
  InternalError: {
    family: "transient",
    httpStatus: 500,
    certainRefusal: false,
    message: "The request processing has failed due to some unknown error.",
  },
  SignatureNonceUsed: {
    family: "transient",
    httpStatus: 400,
    certainRefusal: false,
    message: "Specified signature nonce was used already.",
  },
  "InvalidTimeStamp.Expired": {
    family: "skew",
    httpStatus: 400,
    certainRefusal: true,
    message: "Specified time stamp or date value is expired.",
  },
  SignatureDoesNotMatch: {
    family: "credentials",
    httpStatus: 403,
    certainRefusal: true,
    message:
      "The signature we calculated does not match the one you provided. Please refer to the API reference about authentication for details.",
  },
  "InvalidAccessKeyId.NotFound": {
    family: "credentials",
    httpStatus: 404,
    certainRefusal: true,
    message: "Specified access key is not found.",
  },
  "InvalidSecurityToken.Expired": {
    family: "credentials",
    httpStatus: 403,
    certainRefusal: true,
    message: "Specified SecurityToken is expired.",
  },
  "InvalidSecurityToken.Malformed": {
    family: "credentials",
    httpStatus: 403,
    certainRefusal: true,
    message: "Specified SecurityToken is malformed.",
  },
  "Forbidden.RAM": {
    family: "permission",
    httpStatus: 403,
    certainRefusal: true,
    message: "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
  },
  NoPermission: {
    family: "permission",
    httpStatus: 403,
    certainRefusal: true,
    message: "You are not authorized to perform this operation.",
  },
  OperationDenied: {
    family: "permission",
    httpStatus: 403,
    certainRefusal: true,
    message: "Your account does not open CDN service yet, or the service is suspended.",
  },
  "InvalidAction.NotFound": {
    family: "permission",
    httpStatus: 404,
    certainRefusal: true,
    message: "Specified api is not found, please check your url and method.",
  },
  IllegalOperation: {
    family: "rejected",
    httpStatus: 403,
    certainRefusal: true,
    message: "Illegal operation, please check the domain's status.",
  },
  "InvalidDomain.NotFound": {
    family: "rejected",
    httpStatus: 404,
    certainRefusal: true,
    message: "The domain provided does not exist in our records.",
  },
  "InvalidDomain.Offline": {
    family: "rejected",
    httpStatus: 404,
    certainRefusal: true,
    message: "The domain provided is offline.",
  },
  "InvalidObjectPath.Malformed": {
    family: "rejected",
    httpStatus: 400,
    certainRefusal: true,
    message: "The specified ObjectPath is malformed.",
  },
  "InvalidExtensiveDomain.ValueNotSupported": {
    family: "rejected",
    httpStatus: 400,
    certainRefusal: true,
    message: "The specified domain is a wildcard domain and is not supported.",
  },
  MissingParameter: {
    family: "rejected",
    httpStatus: 400,
    certainRefusal: true,
    message: "A required parameter is missing.",
  },
  InvalidParameters: {
    family: "rejected",
    httpStatus: 400,
    certainRefusal: true,
    message: "The parameters you provided are invalid.",
  },
  DomainNameOverLimit: {
    family: "rejected",
    httpStatus: 400,
    certainRefusal: true,
    message: "A maximum of 500 domains are supported for each request.",
  },
  "InvalidTaskId.Malformed": {
    family: "taskUnknown",
    httpStatus: 400,
    certainRefusal: true,
    message: "The specified TaskId is invalid.",
  },
  InvalidTime: {
    family: "taskTooOld",
    httpStatus: 400,
    certainRefusal: true,
    message: "The query time cannot exceed the last 3 days.",
  },
  "QuotaExceeded.Preload": {
    family: "quota",
    httpStatus: 400,
    certainRefusal: true,
    message: "Your preload quota has been used up for today.",
  },
  "QuotaExceeded.Refresh": {
    family: "quota",
    httpStatus: 400,
    certainRefusal: true,
    message: "Your refresh quota has been used up for today.",
  },
  PreloadQueueFull: {
    family: "queueFull",
    httpStatus: 400,
    certainRefusal: true,
    message: "Preload queue is full, please try again later!",
  },
} as const satisfies Record<string, ServiceErrorCode>;

/** The name of a known error code of the service. */
export type KnownServiceErrorCode = keyof typeof SERVICE_ERROR_CODES;

/** Looks a code up, in upper or lower case; `undefined` if the code is not known. */
export function serviceErrorCode(code: string): ServiceErrorCode | undefined {
  return CODES_BY_LOWER_CASE.get(code.toLowerCase());
}

const CODES_BY_LOWER_CASE: ReadonlyMap<string, ServiceErrorCode> = new Map(
  Object.entries(SERVICE_ERROR_CODES).map(([code, meaning]) => [code.toLowerCase(), meaning]),
);

/** What a refusal means by the shape of its code, where the table does not have it. */
export interface CodeRule {
  /** The codes, as `docs/errors.md` shows them. */
  readonly codes: string;
  readonly pattern: RegExp;
  /** A status that means the same with any code. */
  readonly httpStatus?: number;
  readonly family: ErrorCode;
}

/**
 * The set of codes is open, and grows by variants of what is known. The first rule that fits counts. A refusal of any
 * of these shapes comes before the work is done: a submission was certainly not accepted.
 */
export const CODE_RULES: readonly CodeRule[] = [
  {
    codes: "`Throttling*`, `FlowControl*`, and any with HTTP 429",
    pattern: /^(Throttling|FlowControl)/i,
    httpStatus: 429,
    family: "throttled",
  },
  {
    codes: "`*AccessKey*`, `*SecurityToken*`, `*Signature*`",
    pattern: /AccessKey|SecurityToken|Signature/i,
    family: "credentials",
  },
  {
    codes: "`Forbidden*`, `NoPermission*`, `*NotAuthorized*`, `*Unauthorized*`, `*AccessDenied*`",
    pattern: /^(Forbidden|NoPermission)|NotAuthorized|Unauthorized|AccessDenied/i,
    family: "permission",
  },
  { codes: "`QuotaExceeded*`", pattern: /^QuotaExceeded/i, family: "quota" },
  { codes: "`InvalidTaskId*`", pattern: /^InvalidTaskId/i, family: "taskUnknown" },
];

/** What a refusal means: by the table, else by the rules; `undefined` where neither knows it. */
export function meaningOfRefusal(
  code: string,
  httpStatus: number,
): Pick<ServiceErrorCode, "family" | "certainRefusal"> | undefined {
  const known = serviceErrorCode(code);
  if (known) return known;
  const rule = CODE_RULES.find(
    ({ pattern, httpStatus: status }) => pattern.test(code) || status === httpStatus,
  );
  return rule && { family: rule.family, certainRefusal: true };
}

/** Whether a refusal is about a domain of the call. Its code does not say which. */
export function isAboutDomain(code: string): boolean {
  return /^(Invalid\w*Domain|IllegalOperation)/i.test(code);
}

/** What codes of the family `credentials` say of the key; the first that fits counts. */
const KEY_FAULTS: readonly (readonly [RegExp, KeyFault])[] = [
  [/SecurityToken.*Expired/i, "tokenExpired"],
  [/SecurityToken/i, "tokenDiffers"],
  [/AccessKey.*(Inactive|Disabled?)/i, "keyDisabled"],
  [/AccessKeyId.*NotFound/i, "keyUnknown"],
  [/^SignatureDoesNotMatch/i, "secretDiffers"],
];

/** What a refusal says of the access key; `undefined` where it says nothing. */
export function keyFaultOf(code: string): KeyFault | undefined {
  return KEY_FAULTS.find(([pattern]) => pattern.test(code))?.[1];
}

/**
 * Whether a refusal of `DescribePreloadDetailById` has the shape of "not on the allow-list". The code that
 * such an account gets is not documented, so any permission-shaped refusal of this one operation counts, and any code
 * that is not known with HTTP 403; but never one about a busy domain, a rate, credentials or the signature.
 */
export function isAllowListRefusal(code: string, httpStatus = 0): boolean {
  const family = meaningOfRefusal(code, httpStatus)?.family;
  if (family !== undefined) return family === "permission";
  return /WhiteList|AllowList/i.test(code) || httpStatus === 403;
}
