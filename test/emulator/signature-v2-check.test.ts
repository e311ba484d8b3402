import { createHmac, randomUUID } from "node:crypto";
import { isSignedV2 } from "../../emulator/signature-v2-check";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

/** The vendor's own worked example, for key id `testid` and secret `testsecret`. */
const WORKED_EXAMPLE = {
  Timestamp: "2016-02-23T12:46:24Z",
  Format: "XML",
  AccessKeyId: "testid",
  Action: "DescribeRegions",
  SignatureMethod: "HMAC-SHA1",
  SignatureNonce: "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
  Version: "2014-05-26",
  SignatureVersion: "1.0",
  Signature: "OLeaidS1JvxuMvnyHOwuJ+uX5qY=",
};

test("the vendor's worked example is accepted, and any change to it is noticed", () => {
  const verify = (change: object, options: { method?: string; secret?: string } = {}) =>
    isSignedV2(
      { method: options.method ?? "GET", parameters: { ...WORKED_EXAMPLE, ...change } },
      options.secret ?? "testsecret",
    );
  expect(verify({})).toBe(true);
  expect(verify({}, { method: "POST" })).toBe(false);
  expect(verify({}, { secret: "other" })).toBe(false);
  expect(verify({ Extra: "1" })).toBe(false);
  expect(verify({ Signature: "AAAA" })).toBe(false);
  expect(verify({ Signature: "" })).toBe(false);
  expect(verify({ SignatureMethod: "HMAC-SHA256" })).toBe(false);
  expect(verify({ SignatureVersion: "2.0" })).toBe(false);
});

function signedParameters(
  method: string,
  own: Record<string, string>,
  key: { accessKeyId: string; accessKeySecret: string },
): URLSearchParams {
  const parameters: Record<string, string> = {
    Version: "2018-05-10",
    AccessKeyId: key.accessKeyId,
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: randomUUID(),
    Timestamp: "2026-01-15T08:00:00Z",
    ...own,
  };
  const encode = (text: string) => encodeURIComponent(text).replace(/\*/g, "%2A");
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${encode(name)}=${encode(parameters[name] ?? "")}`)
    .join("&");
  const signature = createHmac("sha1", `${key.accessKeySecret}&`)
    .update(`${method}&%2F&${encode(query)}`)
    .digest("base64");
  return new URLSearchParams({ ...parameters, Signature: signature });
}

test("parameters may be in the query string or in a form body; the record holds the operation's own", async () => {
  const { emulator } = await start();
  const own = { Action: "PushObjectCache", Format: "JSON", ObjectPath: "https://a.example.com/中 1" };
  const viaQuery = await fetch(`${emulator.endpoint}/?${signedParameters("GET", own, emulator)}`);
  expect(viaQuery.status).toBe(200);
  const viaForm = await fetch(emulator.endpoint, {
    method: "POST",
    body: signedParameters("POST", own, emulator),
  });
  expect(viaForm.status).toBe(200);
  expect(emulator.submissionCount(own.ObjectPath)).toBe(2);
  expect(emulator.calls.map(({ parameters }) => parameters)).toEqual([
    { ObjectPath: own.ObjectPath },
    { ObjectPath: own.ObjectPath },
  ]);
});

test("the answer is XML unless the request asks for JSON", async () => {
  const { clock, emulator, push } = await start();
  emulator.presetTaskId("77");
  await push("https://a.example.com/1?x=1&y=<2>", "https://a.example.com/2");
  clock.advance(5_000);
  const ask = async (own: Record<string, string>) => {
    const response = await fetch(`${emulator.endpoint}/?${signedParameters("GET", own, emulator)}`);
    return { type: response.headers.get("content-type"), text: await response.text() };
  };
  const xml = await ask({ Action: "DescribeRefreshTasks" });
  expect(xml.type).toBe("text/xml;charset=utf-8");
  expect(xml.text).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?><DescribeRefreshTasksResponse><RequestId>[0-9A-F-]{36}<\/RequestId><PageNumber>1</,
  );
  expect(xml.text).toContain(
    "<Tasks><CDNTask><TaskId>77</TaskId><ObjectPath>https://a.example.com/2</ObjectPath>",
  );
  expect(xml.text).toContain("</CDNTask><CDNTask>");
  expect(xml.text).toContain("https://a.example.com/1?x=1&amp;y=&lt;2&gt;");
  const error = await ask({ Action: "DescribePreloadDetailById", Format: "xml", TaskId: "abc" });
  expect(error.text).toContain("<Code>InvalidTaskId.Malformed</Code>");
  expect(error.text).toContain("<Error><RequestId>");
  expect((await ask({ Action: "DescribeRefreshQuota", Format: "JSON" })).type).toContain("application/json");
});

test("a wrong secret, an old timestamp, a used nonce and a missing one are refused", async () => {
  const { emulator } = await start();
  const codeFor = async (own: Record<string, string>, secret = emulator.accessKeySecret) => {
    const key = { accessKeyId: emulator.accessKeyId, accessKeySecret: secret };
    const all = { Action: "DescribeRefreshQuota", Format: "JSON", ...own };
    const response = await fetch(`${emulator.endpoint}/?${signedParameters("GET", all, key)}`);
    return ((await response.json()) as { Code?: string }).Code;
  };
  expect(await codeFor({}, "guess")).toBe("SignatureDoesNotMatch");
  expect(await codeFor({ Timestamp: "2026-01-15T07:44:59Z" })).toBe("InvalidTimeStamp.Expired");
  expect(await codeFor({ Timestamp: "" })).toBe("MissingParameter");
  expect(await codeFor({ SignatureNonce: "n1" })).toBeUndefined();
  expect(await codeFor({ SignatureNonce: "n1" })).toBe("SignatureNonceUsed");
  expect(await codeFor({ SignatureNonce: "" })).toBe("MissingParameter");
  expect(await codeFor({ AccessKeyId: "nobody" })).toBe("InvalidAccessKeyId.NotFound");
});

test("a temporary credential's token is a parameter", async () => {
  const { clock, emulator } = await start();
  const sts = emulator.issueStsToken({ durationMs: 1_000 });
  const codeFor = async (own: Record<string, string>) => {
    const all = { Action: "DescribeRefreshQuota", Format: "JSON", ...own };
    const response = await fetch(`${emulator.endpoint}/?${signedParameters("GET", all, sts)}`);
    return ((await response.json()) as { Code?: string }).Code;
  };
  expect(await codeFor({ SecurityToken: sts.securityToken })).toBeUndefined();
  expect(await codeFor({})).toBe("InvalidSecurityToken.Malformed");
  clock.advance(1_000);
  expect(await codeFor({ SecurityToken: sts.securityToken })).toBe("InvalidSecurityToken.Expired");
});
