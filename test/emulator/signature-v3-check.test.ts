import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isSignedV3, parseAuthorizationV3, type SignedRequest } from "../../emulator/signature-v3-check";

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

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(join(__dirname, "../fixtures/signature-v3-vectors.json"), "utf8"),
);

function requestOf(vector: Vector): SignedRequest {
  const { method, url, headers, body, authorization } = vector;
  return { method, target: url, headers: { ...headers, authorization }, body };
}

test.each(vectors.map((vector) => [vector.case, vector] as const))(
  "a request that the vendor's SDK signed is accepted: %s",
  (_name, vector) => {
    expect(parseAuthorizationV3(vector.authorization)?.accessKeyId).toBe(vector.accessKeyId);
    expect(isSignedV3(requestOf(vector), vector.accessKeySecret)).toBe(true);
  },
);

test.each(vectors.map((vector) => [vector.case, vector] as const))(
  "one wrong character in secret, query, body, header or signature is noticed: %s",
  (_name, vector) => {
    const request = requestOf(vector);
    const { authorization = "", ...headers } = request.headers;
    const lastDigit = authorization.endsWith("0") ? "1" : "0";
    expect(isSignedV3(request, `${vector.accessKeySecret}x`)).toBe(false);
    expect(isSignedV3({ ...request, target: `${request.target}&A=1` }, vector.accessKeySecret)).toBe(false);
    expect(isSignedV3({ ...request, body: `${vector.body} ` }, vector.accessKeySecret)).toBe(false);
    expect(isSignedV3({ ...request, method: "GET" }, vector.accessKeySecret)).toBe(false);
    expect(
      isSignedV3(
        { ...request, headers: { ...headers, authorization, "x-acs-action": "Other" } },
        vector.accessKeySecret,
      ),
    ).toBe(false);
    expect(
      isSignedV3(
        { ...request, headers: { ...headers, authorization: authorization.slice(0, -1) + lastDigit } },
        vector.accessKeySecret,
      ),
    ).toBe(false);
  },
);

test("a header of the service that the signature does not cover makes it invalid", () => {
  const [vector] = vectors;
  if (!vector) throw new Error("There are no vectors.");
  const request = requestOf(vector);
  const headers = { ...request.headers, "x-acs-security-token": "smuggled" };
  expect(isSignedV3({ ...request, headers }, vector.accessKeySecret)).toBe(false);
});

test.each(["", "Basic dXNlcjpwYXNz", "ACS3-HMAC-SHA256 Credential=a,Signature=00"])(
  "an Authorization header that is not of signature V3 is ignored: %j",
  (header) => {
    expect(parseAuthorizationV3(header)).toBeUndefined();
    expect(
      isSignedV3({ method: "POST", target: "/", headers: { authorization: header }, body: "" }, "secret"),
    ).toBe(false);
  },
);
