import {
  isAllowListRefusal,
  meaningOfRefusal,
  SERVICE_ERROR_CODES,
  serviceErrorCode,
} from "../../../provider/wire/error-codes";

test("the codes that leave a submission's outcome open are exactly these", () => {
  const open = Object.entries(SERVICE_ERROR_CODES)
    .filter(([, code]) => !code.certainRefusal)
    .map(([name]) => name);
  expect(open.sort()).toEqual(["InternalError", "ServiceUnavailable", "SignatureNonceUsed"]);
});

test.each(["constructor", "toString", "NeverHeardOf", ""])("%p is not a known code", (code) => {
  expect(serviceErrorCode(code)).toBeUndefined();
});

test.each([
  "Forbidden.RAM",
  "Forbidden",
  "Forbidden.Whitelist",
  "NoPermission",
  "OperationDenied",
  "InvalidAction.NotFound",
])("%s has the shape of a refusal by the allow-list", (code) => {
  expect(isAllowListRefusal(code)).toBe(true);
});

test.each([
  "ServiceBusy",
  "IllegalOperation",
  "SignatureDoesNotMatch",
  "InvalidAccessKeyId.NotFound",
  "InvalidSecurityToken.Expired",
  "Forbidden.AccessKeyDisabled",
  "Throttling.User",
])("%s is not taken for a refusal by the allow-list", (code) => {
  expect(isAllowListRefusal(code)).toBe(false);
});

test.each<[string, number, string]>([
  ["Throttling.Resource", 400, "throttled"],
  ["FlowControlTriggered", 400, "throttled"],
  ["throttling.user", 400, "throttled"],
  ["Anything.New", 429, "throttled"],
  ["InvalidAccessKeyId.Inactive", 404, "credentials"],
  ["InvalidAccessKeySecret", 403, "credentials"],
  ["MissingSecurityToken", 400, "credentials"],
  ["IncompleteSignature", 400, "credentials"],
  ["Forbidden.AccessKeyDisabled", 403, "credentials"],
  ["Forbidden.Unknown", 403, "permission"],
  ["NotAuthorized", 403, "permission"],
  ["QuotaExceeded.PreloadUrl", 400, "quota"],
  ["InvalidTaskId.NotFound", 404, "taskUnknown"],
])("%s with HTTP %d counts as %s, and was certainly not accepted", (code, httpStatus, family) => {
  expect(meaningOfRefusal(code, httpStatus)).toMatchObject({ family, certainRefusal: true });
});

test("the table comes before the rules: a nonce that was used leaves the outcome open", () => {
  expect(meaningOfRefusal("SignatureNonceUsed", 400)).toMatchObject({
    family: "transient",
    certainRefusal: false,
  });
});

test("a code that neither has stays unknown", () => {
  expect(meaningOfRefusal("Brand.New", 400)).toBeUndefined();
});

test.each<[string, number]>([
  ["NotInWhiteList", 400],
  ["InvalidAccount.WhitelistRequired", 400],
  ["User.NotAuthorized", 400],
  ["Brand.New", 403],
])("%s with HTTP %d has the shape of a refusal by the allow-list", (code, httpStatus) => {
  expect(isAllowListRefusal(code, httpStatus)).toBe(true);
});

test.each<[string, number]>([
  ["Brand.New", 400],
  ["IllegalOperation", 403],
  ["ServiceBusy", 403],
  ["InvalidAccessKeyId.Inactive", 403],
  ["FlowControl.Exceeded", 403],
])("%s with HTTP %d is not taken for a refusal by the allow-list", (code, httpStatus) => {
  expect(isAllowListRefusal(code, httpStatus)).toBe(false);
});
