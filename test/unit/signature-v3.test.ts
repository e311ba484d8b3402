import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formBody, isoSeconds, signRequestV3, type UnsignedRequest } from "../../provider/wire/signature-v3";

interface Vector {
  readonly case: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly authorization: string;
}

const vectors: Vector[] = JSON.parse(
  readFileSync(join(__dirname, "../fixtures/signature-v3-vectors.json"), "utf8"),
);

/** What the signer adds by itself is taken out of the recorded headers, so that a test proves that it does. */
function unsignedRequest(vector: Vector): UnsignedRequest {
  const {
    "x-acs-date": date = "",
    "x-acs-signature-nonce": nonce = "",
    "x-acs-security-token": securityToken,
    "x-acs-content-sha256": _hash,
    ...headers
  } = vector.headers;
  const [path = "", query = ""] = vector.url.split("?");
  return {
    method: vector.method,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers,
    body: vector.body,
    credentials: {
      accessKeyId: vector.accessKeyId,
      accessKeySecret: vector.accessKeySecret,
      securityToken,
    },
    dateMs: Date.parse(date),
    nonce,
  };
}

test("nine requests signed by the vendor's SDK are on file", () => {
  expect(vectors).toHaveLength(9);
});

test.each(vectors)("signs as the vendor's SDK did: $case", (vector) => {
  const headers = signRequestV3(unsignedRequest(vector));
  expect(headers).toEqual({ ...vector.headers, authorization: vector.authorization });
});

test("the signature changes with the body, any signed header, the nonce and the date, not with others", () => {
  const vector = vectors[8] as Vector;
  const base = unsignedRequest(vector);
  const sign = (change: Partial<UnsignedRequest>) => signRequestV3({ ...base, ...change }).authorization;
  const changed = [
    sign({ body: `${base.body}&x=1` }),
    sign({ headers: { ...base.headers, host: "other.example.com" } }),
    sign({ headers: { ...base.headers, "content-type": "text/plain" } }),
    sign({ headers: { ...base.headers, "x-acs-action": "RefreshObjectCaches" } }),
    sign({ nonce: "another" }),
    sign({ dateMs: base.dateMs + 1_000 }),
  ];
  expect(new Set([vector.authorization, ...changed]).size).toBe(7);
  expect(sign({ headers: { ...base.headers, "user-agent": "any" } })).toBe(vector.authorization);
});

test("a form body is RFC 3986: a space is %20, and none of !'()* stays as it is", () => {
  expect(formBody({ ObjectPath: "a b\n!'()*~é", Area: "domestic" })).toBe(
    "ObjectPath=a%20b%0A%21%27%28%29%2A~%C3%A9&Area=domestic",
  );
});

test("a lone surrogate is encoded as the replacement character rather than thrown on", () => {
  expect(formBody({ a: "x\ud800" })).toBe("a=x%EF%BF%BD");
});

test("a time is written in UTC and cut off to the second", () => {
  expect(isoSeconds(Date.parse("2026-11-23T17:11:49.999Z"))).toBe("2026-11-23T17:11:49Z");
});
