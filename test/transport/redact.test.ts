import { inspect } from "node:util";
import { redactError, redactText, redactWords } from "../../provider/transport/redact";

const SECRET = "s3cr3t+/value=";

test.each([
  ["as it is", `before ${SECRET} after`],
  ["percent-encoded", `before ${encodeURIComponent(SECRET)} after`],
  ["percent-encoded twice", `before ${encodeURIComponent(encodeURIComponent(SECRET))} after`],
])("a known secret is removed, %s", (_title, text) => {
  expect(redactText(text, [SECRET])).toBe("before [redacted] after");
});

test.each([
  ["Authorization: ACS3-HMAC-SHA256 Credential=AK,SignedHeaders=host,Signature=abc123", "abc123"],
  ["ACS3-HMAC-SHA256 Credential=AK,SignedHeaders=host;x-acs-date,Signature=abc123", "abc123"],
  ['{"authorization":"Bearer abc123"}', "abc123"],
  ["proxy-authorization: Basic abc123", "abc123"],
  ["GET /?Signature=abc123%3D&Format=JSON", "abc123"],
  ["SecurityToken=abc123&x=1", "abc123"],
  ["POST&%2F&SecurityToken%3Dabc123%26Timestamp%3D1", "abc123"],
  ["x-acs-security-token: abc123", "abc123"],
  ['{"SecurityToken": "abc\\"123"}', "123"],
  ['{"AccessKeySecret":"abc123"}', "abc123"],
  ['{"access_key_secret":"abc123","mode":"AK"}', "abc123"],
  ['{"sts_token":"abc123"}', "abc123"],
  ['{"oauth_refresh_token":"abc123"}', "abc123"],
  ["http://me:abc123@proxy.example.com:3128", "abc123"],
  ["server string to sign is:POST\n/\n\nx-acs-security-token:abc123\n", "abc123"],
  ["StringToSign: ACS3-HMAC-SHA256\nabc123", "abc123"],
  ["the canonicalRequest is: POST\n/\nabc123", "abc123"],
])("%j loses what is secret in it", (text, secret) => {
  expect(redactText(text)).not.toContain(secret);
  expect(redactText(text)).toContain("[redacted]");
});

test.each([
  "The signature we calculated does not match the one you provided.",
  "Specified SecurityToken is expired.",
  "Specified access key is not found.",
  "https://example.com/app.js?v=12",
  "DescribePreloadDetailById: InvalidTaskId.Malformed: The specified TaskId is invalid",
])("%j stays unchanged", (text) => {
  expect(redactText(text)).toBe(text);
});

test("the rest of a form stays readable", () => {
  expect(redactText("Action=X&Signature=abc&Format=JSON")).toBe("Action=X&Signature=[redacted]&Format=JSON");
});

test("an error keeps its name, code and message, and loses secrets and all other properties, also in its cause", () => {
  const cause = Object.assign(new TypeError(`Invalid URL ${SECRET}`), { input: SECRET });
  const error = Object.assign(new Error(`failed with ${SECRET}`, { cause }), {
    code: "ECONNRESET",
    headers: { authorization: SECRET },
  });
  const clean = redactError(error, [SECRET]);
  expect(clean).toMatchObject({ name: "Error", code: "ECONNRESET", message: "failed with [redacted]" });
  expect(clean.cause).toMatchObject({ name: "TypeError", message: "Invalid URL [redacted]" });
  expect(inspect(clean, { depth: 10, showHidden: true })).not.toContain(SECRET);
});

test("the first error of an aggregate becomes its cause", () => {
  const clean = redactError(new AggregateError([new Error("connect ECONNREFUSED ::1:80")]));
  expect(clean.cause).toMatchObject({ message: "connect ECONNREFUSED ::1:80" });
});

test("a thrown value that is not an error becomes one", () => {
  expect(redactError(`text ${SECRET}`, [SECRET]).message).toBe("text [redacted]");
});

test.each([
  [
    "Origin https://a.example.com/x.js?auth_key=17-0-0-abc123 said 403",
    "Origin https://a.example.com/x.js?… said 403",
  ],
  ["GET /x.js?auth_key=abc123 failed", "GET /x.js?… failed"],
  ["cdn.example.com/x.js?t=abc123|Origin Timeout", "cdn.example.com/x.js?…|Origin Timeout"],
  ["u=https%3A%2F%2Fa.example.com%2Fx%3Fauth_key%3Dabc123&v=1", "u=https%3A%2F%2Fa.example.com%2Fx?…&v=1"],
  [
    "ObjectPath=https%3A%2F%2Fa.example.com%2Fx&WithHeader=%7B%22a%22%3A%22abc123%22%7D",
    "ObjectPath=[redacted]&WithHeader=[redacted]",
  ],
  ["Is it there? No.", "Is it there? No."],
])("text from outside loses the query strings and forms that it quotes: %s", (text, shown) => {
  expect(redactWords(text)).toBe(shown);
});
