import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BaseIdentity, Identity } from "../../provider/transport/identity";
import { createVendorProvider } from "../../provider/transport/vendor-credentials";
import { askForCredentials, searchCredentials } from "../../provider/transport/vendor-http";

/** What `provider/transport/` replaces or calls of the library although it is no part of what the library offers. */
const DEEP_PATH = "@alicloud/credentials/dist/src/providers/http";
const ADAPT =
  "Without it no proxy is used for credentials and refusals lose their words: adapt provider/transport/vendor-http.ts and vendor-credentials.ts, then pin the version that you have tried.";

const ROLE = { roleArn: "acs:ram::1:role/release" };
const KEY = { accessKeyId: "LTAI-one", accessKeySecret: "secret" };
const ofBase = (base: BaseIdentity): Identity => ({ base, assumeRole: undefined });
const OIDC = {
  ...ROLE,
  oidcProviderArn: "acs:ram::1:oidc-provider/ci",
  oidcTokenFile: join(tmpdir(), "no-token"),
};
/** Each identity whose credentials come over the network. */
const IDENTITIES: Readonly<Record<string, Identity>> = {
  "credentials URI": ofBase({ kind: "credentialsUri", uri: "http://127.0.0.1:9/" }),
  "ECS role": ofBase({ kind: "ecsRole", roleName: "builder" }),
  "OIDC role": ofBase({ kind: "oidcRole", role: OIDC }),
  "assumed role": {
    base: { kind: "accessKey", accessKey: KEY, origin: { kind: "named", name: "the test" } },
    assumeRole: ROLE,
  },
};

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** What is not as this project needs it, in sentences. */
async function problems(): Promise<string[]> {
  const found: string[] = [];
  const { version } = readJson(require.resolve("@alicloud/credentials/package.json"));
  const { dependencies } = readJson(join(__dirname, "../../package.json")) as {
    dependencies: Record<string, string>;
  };
  const wanted = dependencies["@alicloud/credentials"];
  if (wanted !== version)
    found.push(
      `package.json must name @alicloud/credentials exactly (${version} is installed), not ${wanted}.`,
    );
  let deep: { doRequest?: unknown };
  try {
    deep = require(DEEP_PATH);
  } catch {
    return [...found, `${DEEP_PATH} is no longer there.`];
  }
  if (typeof deep.doRequest !== "function" || deep.doRequest.length !== 1)
    found.push(`${DEEP_PATH} exports no doRequest(request).`);
  await searchCredentials({ env: {}, failures: [] }, async () => {
    for (const [name, identity] of Object.entries(IDENTITIES)) {
      const provider = createVendorProvider(identity) as { doRequest?: unknown };
      if (provider.doRequest !== askForCredentials)
        found.push(`The provider of a ${name} does not make its requests by doRequest of ${DEEP_PATH}.`);
    }
  });
  return found;
}

test("the vendor's library for credentials has the shape that its replaced parts need", async () => {
  expect((await problems()).map((problem) => `${problem} ${ADAPT}`)).toEqual([]);
});

test("the vendor's profile provider takes the content of a file that it has not read itself", async () => {
  const vendor = require("@alicloud/credentials") as typeof import("@alicloud/credentials");
  const reader = vendor.CLIProfileCredentialsProvider.builder().withProfileName("release").build();
  const read = (reader as unknown as Record<string, unknown>).getCredentialsProvider;
  expect([typeof read, typeof read === "function" && read.length]).toEqual(["function", 2]);
});
