import {
  isAllowListRefusal,
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
