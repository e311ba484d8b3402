import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultCredentials } from "../../provider/transport/credentials";
import { chooseIdentity, type IdentitySettings, originOf } from "../../provider/transport/identity";
import { rethrowInWords, throwsInWords, wordingFor } from "../support/words";
import { answerSts } from "./answer-sts";

type Env = Readonly<Record<string, string>>;

const ALICLOUD_KEY = { ALICLOUD_ACCESS_KEY: "LTAI-one", ALICLOUD_SECRET_KEY: "secret-one" };
const ALIBABA_CLOUD_KEY = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAI-two",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret-two",
};
const CONFIG_KEY = {
  accessKeyId: "LTAI-config",
  accessKeySecret: "secret-config",
  from: "the stack's config",
};
const ROLE = { roleArn: "acs:ram::1:role/release" };

let folder: string;
const realEnv = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "identity-"));
  process.env = { PATH: realEnv.PATH, HOME: folder };
});
afterEach(() => {
  process.env = realEnv;
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function described(settings: IdentitySettings, env: Env = {}): string {
  return wordingFor().origin(originOf(chooseIdentity(settings, env)));
}

test.each<[IdentitySettings, Env, string]>([
  [{}, {}, "the default credential chain"],
  [{}, ALICLOUD_KEY, "ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY in the environment"],
  [
    {},
    { ...ALICLOUD_KEY, ALICLOUD_PROFILE: "release" },
    "ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY in the environment",
  ],
  [{}, { ALIBABA_CLOUD_PROFILE: "release" }, 'the profile "release"'],
  [{}, { ALICLOUD_PROFILE: "release" }, 'the profile "release"'],
  [{}, { ALICLOUD_ECS_ROLE_NAME: "builder" }, 'the ECS instance\'s role "builder"'],
  [{}, { ALICLOUD_CREDENTIALS_URI: "http://127.0.0.1:9/?token=hush" }, "the credentials URI"],
  [{ accessKey: CONFIG_KEY, profile: "other" }, ALICLOUD_KEY, "the stack's config"],
  [{ profile: "release" }, ALICLOUD_KEY, 'the profile "release"'],
  [{ profile: "release", sharedCredentialsFile: "/etc/a.json" }, {}, 'the profile "release" of /etc/a.json'],
  [{ ecsRoleName: "builder" }, ALIBABA_CLOUD_KEY, 'the ECS instance\'s role "builder"'],
  [{ credentialsUri: "http://127.0.0.1:9/" }, ALICLOUD_KEY, "the credentials URI"],
  [
    { assumeRoleWithOidc: { ...ROLE, oidcProviderArn: "p" } },
    ALICLOUD_KEY,
    "the role acs:ram::1:role/release, assumed with an OIDC token",
  ],
  [
    { assumeRole: ROLE },
    ALICLOUD_KEY,
    "the role acs:ram::1:role/release, assumed with ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY in the environment",
  ],
  [
    { accessKey: CONFIG_KEY },
    { ALICLOUD_ASSUME_ROLE_ARN: ROLE.roleArn },
    "the role acs:ram::1:role/release, assumed with the stack's config",
  ],
])("%j with the environment %j is %s", (settings, env, expected) => {
  expect(described(settings, env)).toBe(expected);
});

test.each<[IdentitySettings, Env, string]>([
  [{ accessKey: CONFIG_KEY, ecsRoleName: "builder" }, {}, "the stack's config and alicloud:ecsRoleName"],
  [{ profile: "release", credentialsUri: "u" }, {}, "alicloud:profile and alicloud:credentialsUri"],
  [{}, { ALICLOUD_PROFILE: "a", ALICLOUD_ECS_ROLE_NAME: "b" }, "ALICLOUD_PROFILE and ALICLOUD_ECS_ROLE_NAME"],
  [
    {},
    { ...ALICLOUD_KEY, ...ALIBABA_CLOUD_KEY },
    "ALICLOUD_ACCESS_KEY and ALIBABA_CLOUD_ACCESS_KEY_ID hold different",
  ],
  [{}, { ALICLOUD_ACCESS_KEY: "a" }, "ALICLOUD_SECRET_KEY is not set"],
  [{}, { ALICLOUD_SECRET_KEY: "a", ...ALIBABA_CLOUD_KEY }, "ALICLOUD_ACCESS_KEY is not set"],
  [{ sharedCredentialsFile: "f" }, {}, "alicloud:sharedCredentialsFile is set, but no profile"],
  [{ sharedCredentialsFile: "f" }, ALICLOUD_KEY, "alicloud:sharedCredentialsFile is set, but no profile"],
  [{}, { ALICLOUD_SHARED_CREDENTIALS_FILE: "f" }, "ALICLOUD_SHARED_CREDENTIALS_FILE is set, but no profile"],
])("%j with the environment %j is refused by name: %s", (settings, env, expected) => {
  expect(throwsInWords(() => described(settings, env))).toThrow(expected);
});

test("an access key of ALICLOUD_ACCESS_KEY is used with its token", async () => {
  const env = { ...ALICLOUD_KEY, ALICLOUD_SECURITY_TOKEN: "token-one" };
  await expect(defaultCredentials({ env }).get()).resolves.toEqual({
    accessKeyId: "LTAI-one",
    accessKeySecret: "secret-one",
    securityToken: "token-one",
  });
});

test("a profile is read from the given shared credentials file", async () => {
  const file = join(folder, "shared.json");
  const profile = { name: "release", mode: "AK", access_key_id: "LTAI-shared", access_key_secret: "secret" };
  writeFileSync(file, JSON.stringify({ current: "x", profiles: [profile] }));
  const source = defaultCredentials({ profile: "release", sharedCredentialsFile: file, env: {} });
  await expect(source.get()).resolves.toMatchObject({ accessKeyId: "LTAI-shared" });
  const other = defaultCredentials({ profile: "other", sharedCredentialsFile: file, env: {} });
  await expect(other.get().catch(rethrowInWords)).rejects.toThrow(
    `No credentials were given by the profile "other" of ${file} (unable to get profile with 'other'). Nothing else was tried`,
  );
});

test("assumeRole assumes the role once for many calls, with the access key of the config", async () => {
  const asked = answerSts();
  const assumeRole = { ...ROLE, sessionName: "ci", externalId: "e", policy: "{}", sessionExpiration: 900 };
  const source = defaultCredentials({ accessKey: CONFIG_KEY, assumeRole, env: {} });
  for (let call = 0; call < 3; call++) {
    await expect(source.get()).resolves.toMatchObject({ accessKeyId: "STS.1", securityToken: "token-sts" });
  }
  expect(asked.map((query) => Object.fromEntries(query))).toEqual([
    expect.objectContaining({
      Action: "AssumeRole",
      AccessKeyId: "LTAI-config",
      RoleArn: ROLE.roleArn,
      RoleSessionName: "ci",
      ExternalId: "e",
      Policy: "{}",
      DurationSeconds: "900",
    }),
  ]);
});

test("a profile with a role requests the role's credentials once for many calls", async () => {
  const asked = answerSts();
  const file = join(folder, "shared.json");
  const profile = {
    name: "release",
    mode: "RamRoleArn",
    access_key_id: "LTAI-shared",
    access_key_secret: "secret",
    ram_role_arn: ROLE.roleArn,
    ram_session_name: "ci",
  };
  writeFileSync(file, JSON.stringify({ current: "release", profiles: [profile] }));
  const source = defaultCredentials({ profile: "release", sharedCredentialsFile: file, env: {} });
  await source.get();
  await expect(source.get()).resolves.toMatchObject({ accessKeyId: "STS.1" });
  expect(asked).toHaveLength(1);
});

test.each<[IdentitySettings, Env, string | undefined]>([
  [{ assumeRole: ROLE }, ALICLOUD_KEY, "1"],
  [{ assumeRole: { roleArn: "acs:ram::1234567890123456:role/ci/release" } }, {}, "1234567890123456"],
  [{ assumeRoleWithOidc: { ...ROLE, oidcProviderArn: "acs:ram::2:oidc-provider/ci" } }, {}, "1"],
  [{}, { ...ALICLOUD_KEY, ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::3:role/release" }, "3"],
  // The account of the role that is assumed last, even if it cannot be read.
  [
    {
      assumeRole: { roleArn: "acs:ram::4:role/second" },
      assumeRoleWithOidc: { ...ROLE, oidcProviderArn: "p" },
    },
    {},
    "4",
  ],
  [
    { assumeRole: { roleArn: "release" }, assumeRoleWithOidc: { ...ROLE, oidcProviderArn: "p" } },
    {},
    undefined,
  ],
  [{}, ALICLOUD_KEY, undefined],
  [{ ecsRoleName: "builder" }, {}, undefined],
  [{ profile: "release" }, {}, undefined],
])("the account's number of %j with the environment %j is %s", (settings, env, expected) => {
  expect(defaultCredentials({ ...settings, env }).accountNumber?.()).toBe(expected);
});

test("assumeRoleWithOidc sends the token in its file to STS", async () => {
  const asked = answerSts();
  const oidcTokenFile = join(folder, "token");
  writeFileSync(oidcTokenFile, "oidc-token");
  const assumeRoleWithOidc = { ...ROLE, oidcProviderArn: "acs:ram::1:oidc-provider/ci", oidcTokenFile };
  const source = defaultCredentials({ assumeRoleWithOidc, env: ALICLOUD_KEY });
  await expect(source.get()).resolves.toMatchObject({ accessKeyId: "STS.1" });
  expect(asked[0]?.get("Action")).toBe("AssumeRoleWithOIDC");
  expect(asked[0]?.get("OIDCToken")).toBe("oidc-token");
});

test("an identity that gives nothing is not replaced by another", async () => {
  process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED = "true";
  const source = defaultCredentials({ ecsRoleName: "builder", env: ALICLOUD_KEY });
  await expect(source.get().catch(rethrowInWords)).rejects.toThrow(
    "No credentials were given by the ECS instance's role \"builder\" (IMDS credentials is disabled). Nothing else was tried: other credentials would be another identity's.",
  );
});
