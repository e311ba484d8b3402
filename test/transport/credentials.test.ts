import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import type { GateError } from "../../provider/core/errors";
import { defaultCredentials, staticCredentials } from "../../provider/transport/credentials";
import { inWords, wordingFor } from "../support/words";

const FILE_KEYS = { access_key_id: "LTAI-file", access_key_secret: "file-secret" };
const CLI_FILE = ".aliyun/config.json";
const INI_FILE = ".alibabacloud/credentials";

let home: string;
const realEnv = process.env;

beforeEach(() => {
  home = mkdtempSync(join(os.tmpdir(), "credentials-"));
  // The vendor's library reads the process's own environment.
  process.env = { PATH: realEnv.PATH, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" };
  jest.spyOn(os, "homedir").mockReturnValue(home);
});

afterEach(() => {
  process.env = realEnv;
  jest.restoreAllMocks();
  rmSync(home, { recursive: true, force: true });
});

function write(file: string, content: string): void {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), content);
}

function cliFile(...profiles: { name: string; [key: string]: unknown }[]): string {
  return JSON.stringify({ current: profiles[0]?.name, profiles });
}

async function failureOf(search: Promise<unknown>): Promise<GateError> {
  const error = await search.then(
    () => {
      throw new Error("the search did not fail");
    },
    (reason: GateError) => inWords(reason),
  );
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/file-secret|file-token/);
  return error;
}

test("static credentials report where they came from and never their value", async () => {
  const source = staticCredentials({ accessKeyId: "id", accessKeySecret: "secret" }, "the stack's config");
  expect(wordingFor().origin(source.origin())).toBe("the stack's config");
  await expect(source.get()).resolves.toEqual({ accessKeyId: "id", accessKeySecret: "secret" });
});

test("an access key in the environment is used first, with its token", async () => {
  write(CLI_FILE, cliFile({ name: "default", mode: "AK", ...FILE_KEYS }));
  const source = defaultCredentials({
    env: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAI-env",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "env-secret",
      ALIBABA_CLOUD_SECURITY_TOKEN: "env-token",
    },
  });
  expect(wordingFor().origin(source.origin())).toBe(
    "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment",
  );
  await expect(source.get()).resolves.toEqual({
    accessKeyId: "LTAI-env",
    accessKeySecret: "env-secret",
    securityToken: "env-token",
  });
});

test("neither loading the module nor an access key in the environment loads the vendor's library", () => {
  const program = `
    require("@swc/core");
    const { transformFileSync } = require("@swc/core");
    require.extensions[".ts"] = (module, file) => module._compile(
      transformFileSync(file, { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "commonjs" } }).code, file);
    const { defaultCredentials } = require("./provider/transport/credentials.ts");
    defaultCredentials({ env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "a", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "b" } }).get()
      .then(() => console.log(Object.keys(require.cache).filter((file) => file.includes("@alicloud")).length));`;
  const run = spawnSync(process.execPath, ["-e", program], {
    cwd: join(__dirname, "../.."),
    encoding: "utf8",
  });
  expect(run.stderr).toBe("");
  expect(run.stdout.trim()).toBe("0");
});

test("without an access key, the default chain finds the CLI's current profile", async () => {
  write(CLI_FILE, cliFile({ name: "release", mode: "StsToken", ...FILE_KEYS, sts_token: "file-token" }));
  const source = defaultCredentials();
  expect(wordingFor().origin(source.origin())).toBe("the default credential chain");
  await expect(source.get()).resolves.toEqual({
    accessKeyId: "LTAI-file",
    accessKeySecret: "file-secret",
    securityToken: "file-token",
  });
});

test("a named profile is read from the CLI's file, even if the environment has an access key", async () => {
  write(CLI_FILE, cliFile({ name: "other", mode: "AK" }, { name: "release", mode: "AK", ...FILE_KEYS }));
  const source = defaultCredentials({
    profile: "release",
    env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAI-env", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "env-secret" },
  });
  expect(wordingFor().origin(source.origin())).toBe('the profile "release"');
  await expect(source.get()).resolves.toMatchObject({ accessKeyId: "LTAI-file" });
});

test("a named profile is read from the credentials file if the CLI has none", async () => {
  write(
    INI_FILE,
    "[release]\ntype = access_key\naccess_key_id = LTAI-file\naccess_key_secret = file-secret\n",
  );
  await expect(defaultCredentials({ profile: "release" }).get()).resolves.toMatchObject({
    accessKeyId: "LTAI-file",
    accessKeySecret: "file-secret",
  });
});

test("a missing profile is reported with its name and the files that were read", async () => {
  write(CLI_FILE, cliFile({ name: "other", mode: "AK", ...FILE_KEYS }));
  const error = await failureOf(defaultCredentials({ profile: "release" }).get());
  expect(error.code).toBe("credentials");
  expect(error.message).toBe(
    "No credentials were found in the profile \"release\" (unable to get profile with 'release'). Tried ~/.aliyun/config.json and the credentials file (~/.alibabacloud/credentials, or the one that ALIBABA_CLOUD_CREDENTIALS_FILE names).",
  );
});

test("a file that is not JSON is never quoted", async () => {
  write(CLI_FILE, '{"profiles": [{"access_key_secret": "file-secret"');
  const error = await failureOf(defaultCredentials({ profile: "release" }).get());
  expect(error.message).toMatch(/^No credentials were found in the profile "release"\. Tried/);
});

test("if no credentials are found, the error lists what was tried", async () => {
  const error = await failureOf(defaultCredentials({ env: process.env }).get());
  expect(error.code).toBe("credentials");
  expect(error.message).toBe(
    "No credentials were found. Tried: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (neither is set), an OIDC token, ~/.aliyun/config.json, the credentials file, the ECS metadata service (disabled), and ALIBABA_CLOUD_CREDENTIALS_URI.",
  );
});

test("half an access key in the environment is an error that says so", async () => {
  const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAI-env" };
  const error = await failureOf(defaultCredentials({ env }).get());
  expect(error.message).toContain("(ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set)");
});

test("credentials that appear after a failed search are found by the next search", async () => {
  const source = defaultCredentials();
  await failureOf(source.get());
  write(CLI_FILE, cliFile({ name: "default", mode: "AK", ...FILE_KEYS }));
  await expect(source.get()).resolves.toMatchObject({ accessKeyId: "LTAI-file" });
});

test("an invalidated source reads its files again", async () => {
  write(CLI_FILE, cliFile({ name: "default", mode: "StsToken", ...FILE_KEYS, sts_token: "file-token-1" }));
  const source = defaultCredentials();
  await source.get();
  write(CLI_FILE, cliFile({ name: "default", mode: "StsToken", ...FILE_KEYS, sts_token: "file-token-2" }));
  await expect(source.get()).resolves.toMatchObject({ securityToken: "file-token-1" });
  source.invalidate?.();
  await expect(source.get()).resolves.toMatchObject({ securityToken: "file-token-2" });
});

test("a source that gave credentials before and fails for a moment is tried again later", async () => {
  const file = cliFile({ name: "default", mode: "StsToken", ...FILE_KEYS, sts_token: "file-token" });
  write(CLI_FILE, file);
  const source = defaultCredentials();
  await source.get();
  write(CLI_FILE, "{");
  source.invalidate?.();
  const error = await failureOf(source.get());
  expect(error).toMatchObject({ code: "transient", retryable: true });
  expect(error.message).toBe("The credentials could not be renewed from the default credential chain.");
  write(CLI_FILE, file);
  await expect(source.get()).resolves.toMatchObject({ securityToken: "file-token" });
});

/** A profile whose credentials come from a command that takes too long. */
const hangingFile = cliFile({ name: "slow", mode: "External", process_command: "sleep 0.3" });

test("a search that hangs ends with its timeout and says so", async () => {
  write(CLI_FILE, hangingFile);
  const error = await failureOf(defaultCredentials({ profile: "slow", timeoutMs: 10 }).get());
  expect(error.message).toMatch(
    /^No credentials were found in the profile "slow" \(no answer within 10 ms\)\./,
  );
});

test("an abort leaves a hanging search immediately, and the search continues for others", async () => {
  write(CLI_FILE, hangingFile);
  const source = defaultCredentials({ profile: "slow", timeoutMs: 30 });
  const controller = new AbortController();
  const left = source.get(controller.signal);
  const stayed = source.get();
  controller.abort();
  expect((await failureOf(left)).code).toBe("interrupted");
  expect((await failureOf(stayed)).code).toBe("credentials");
});
