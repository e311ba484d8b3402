import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import type { GateError } from "../../provider/core/errors";
import { defaultCredentials } from "../../provider/transport/credentials";
import { inWords } from "../support/words";
import { answerSts, grantOf } from "./answer-sts";

const ROLE = { roleArn: "acs:ram::1:role/release", sessionName: "ci" };
const KEY = { accessKeyId: "LTAI-config", accessKeySecret: "secret-config", from: "the stack's config" };

let folder: string;
let toStop: (() => void)[] = [];
const realEnv = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "credentials-service-"));
  process.env = { PATH: realEnv.PATH, HOME: folder, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" };
});
afterEach(() => {
  process.env = realEnv;
  jest.restoreAllMocks();
  for (const stop of toStop) stop();
  toStop = [];
  rmSync(folder, { recursive: true, force: true });
});

async function failureOf(search: Promise<unknown>): Promise<GateError> {
  return await search.then(
    () => {
      throw new Error("the search did not fail");
    },
    (reason: GateError) => inWords(reason),
  );
}

/** A proxy on this machine that refuses all; keeps the first line of each request. */
async function refusingProxy(): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (data) => {
      asked.push(data.toString().split("\r\n")[0] ?? "");
      socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  toStop.push(() => server.close());
  const address = server.address();
  return { address: `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`, asked };
}

test.each(["HTTPS_PROXY", "https_proxy"])(
  "STS is called through the proxy of %s, with or without a scheme",
  async (name) => {
    const proxy = await refusingProxy();
    for (const scheme of ["http://", ""]) {
      const env = { https_proxy: "", [name]: scheme + proxy.address };
      const error = await failureOf(defaultCredentials({ accessKey: KEY, assumeRole: ROLE, env }).get());
      expect(error.code).toBe("unreachable");
      expect(error.message).toMatch(
        /^sts\.aliyuncs\.com cannot be reached to get credentials \(Proxy response \(403\)/,
      );
    }
    expect(proxy.asked).toEqual(Array(2).fill("CONNECT sts.aliyuncs.com:443 HTTP/1.1"));
  },
);

test("STS is called without the proxy if NO_PROXY names it, and a network failure is reported as one", async () => {
  const proxy = await refusingProxy();
  const env = { HTTPS_PROXY: proxy.address, NO_PROXY: "aliyuncs.com.invalid" };
  process.env.ALIBABA_CLOUD_STS_REGION = "x";
  const profile = { name: "release", mode: "RamRoleArn", access_key_id: "a", access_key_secret: "b" };
  const role = {
    ram_role_arn: ROLE.roleArn,
    ram_session_name: "ci",
    sts_endpoint: "sts.aliyuncs.com.invalid",
  };
  const file = join(folder, "shared.json");
  writeFileSync(file, JSON.stringify({ profiles: [{ ...profile, ...role }] }));
  const source = defaultCredentials({ profile: "release", sharedCredentialsFile: file, env });
  const error = await failureOf(source.get());
  expect(error.code).toBe("unreachable");
  expect(error.message).toMatch(
    /^sts\.aliyuncs\.com\.invalid cannot be reached to get credentials \(getaddrinfo E\w+ .*They were to come from the profile "release"/,
  );
  expect(proxy.asked).toEqual([]);
});

test("a refusal of STS is reported with its code and its request id, without the token", async () => {
  const oidcTokenFile = join(folder, "token");
  writeFileSync(oidcTokenFile, "the-oidc-token");
  const Message = "The token the-oidc-token\nis expired.";
  answerSts(400, () => ({ Code: "AuthenticationFail.OIDCToken.Expired", Message, RequestId: "R-1" }));
  const assumeRoleWithOidc = { ...ROLE, oidcProviderArn: "p", oidcTokenFile };
  const error = await failureOf(defaultCredentials({ assumeRoleWithOidc, env: {} }).get());
  expect(error).toMatchObject({ code: "credentials", requestId: "R-1", mayHaveBeenAccepted: false });
  expect(error.message).toBe(
    "sts.aliyuncs.com refused to give credentials: AuthenticationFail.OIDCToken.Expired: The token [redacted] is expired (HTTP 400, request id R-1). They were to come from the role acs:ram::1:role/release, assumed with an OIDC token.",
  );
});

test("a refusal in the default chain is reported, and no other identity replaces it", async () => {
  jest.spyOn(os, "homedir").mockReturnValue(folder);
  process.env.ALIBABA_CLOUD_CREDENTIALS_FILE = join(folder, "credentials");
  writeFileSync(
    join(folder, "credentials"),
    "[default]\ntype = access_key\naccess_key_id = LTAI-other\naccess_key_secret = other\n",
  );
  const key = { access_key_id: "LTAI-cli", access_key_secret: "secret" };
  const profile = { name: "release", mode: "RamRoleArn", ...key, ram_role_arn: ROLE.roleArn };
  mkdirSync(join(folder, ".aliyun"));
  writeFileSync(
    join(folder, ".aliyun/config.json"),
    JSON.stringify({ current: "release", profiles: [profile] }),
  );
  answerSts(403, () => ({ Code: "NoPermission", Message: "No.", RequestId: "R-2" }));
  const error = await failureOf(defaultCredentials({ env: {} }).get());
  expect(error.code).toBe("credentials");
  expect(error.message).toBe(
    "sts.aliyuncs.com refused to give credentials: NoPermission: No (HTTP 403, request id R-2). They were to come from the default credential chain.",
  );
});

test("a profile of the credentials file is found even if the CLI's profiles are disabled", async () => {
  process.env.ALIBABA_CLOUD_CLI_PROFILE_DISABLED = "true";
  process.env.ALIBABA_CLOUD_CREDENTIALS_FILE = join(folder, "credentials");
  const keys = "type = access_key\naccess_key_id = LTAI-file\naccess_key_secret = secret\n";
  writeFileSync(join(folder, "credentials"), `[release]\n${keys}`);
  await expect(defaultCredentials({ profile: "release", env: {} }).get()).resolves.toMatchObject({
    accessKeyId: "LTAI-file",
  });
});

test("an OIDC token that cannot be read is reported, and no other identity replaces it", async () => {
  const env = {
    ALIBABA_CLOUD_ROLE_ARN: ROLE.roleArn,
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "p",
    ALIBABA_CLOUD_OIDC_TOKEN_FILE: join(folder, "missing"),
    ALIBABA_CLOUD_PROFILE: "other",
  };
  const error = await failureOf(defaultCredentials({ env }).get());
  expect(error.message).toContain(
    `No credentials were given by the role ${ROLE.roleArn}, assumed with an OIDC token (ENOENT: no such file or directory, open '${join(folder, "missing")}').`,
  );
});

test.each([
  [503, "<html>down</html>", "transient"],
  [429, { Code: "Throttling.User" }, "throttled"],
  [407, "<html>proxy</html>", "credentials"],
])("HTTP %i from a credentials service is %j: %s", async (status, body, code) => {
  answerSts(status, () => body);
  const error = await failureOf(defaultCredentials({ accessKey: KEY, assumeRole: ROLE, env: {} }).get());
  expect(error.code).toBe(code);
  expect(error.message).toContain(`(HTTP ${status}, request id not given)`);
  expect(error.message).not.toContain("html");
});

test("a role's credentials are renewed before they expire", async () => {
  const asked = answerSts(200, grantOf);
  const source = defaultCredentials({ accessKey: KEY, assumeRole: ROLE, env: {} });
  await source.get();
  const later = Date.now() + 50 * 60_000;
  jest.spyOn(Date, "now").mockReturnValue(later);
  await expect(source.get()).resolves.toMatchObject({ accessKeyId: "STS.2" });
  expect(asked).toHaveLength(2);
});

test("white space and invisible characters around an access key are removed", async () => {
  const env = {
    ALICLOUD_ACCESS_KEY: "\uFEFF LTAI-one\r\n",
    ALICLOUD_SECRET_KEY: "\u200Bsecret-one\u00A0",
    ALICLOUD_SECURITY_TOKEN: "\ttoken-one\u2028",
  };
  await expect(defaultCredentials({ env }).get()).resolves.toEqual({
    accessKeyId: "LTAI-one",
    accessKeySecret: "secret-one",
    securityToken: "token-one",
  });
});

test.each([
  [
    "LTAI\u200Bone",
    "secret",
    "The access key id of the stack's config holds a character that no key has: U+200B at position 5.",
  ],
  [
    "LTAI",
    "se\ncret",
    "The access key secret of the stack's config holds a character that no key has: U+000A at position 3.",
  ],
  ["LTAI", " \n", "The access key secret of the stack's config is empty."],
])(
  "an invalid character inside %j, %j is reported with its place",
  async (accessKeyId, accessKeySecret, message) => {
    const source = defaultCredentials({ accessKey: { ...KEY, accessKeyId, accessKeySecret }, env: {} });
    const error = await failureOf(source.get());
    expect(error.code).toBe("credentials");
    expect(error.message).toContain(message);
  },
);
