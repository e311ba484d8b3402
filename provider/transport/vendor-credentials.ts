import { readFile } from "node:fs/promises";
import type { AssumeRoleSettings } from "../core/options/settings";
import type { Credentials } from "../wire/signature-v3";
import type { BaseIdentity, Identity } from "./identity";
import { NoCredentials } from "./vendor-http";

type Vendor = typeof import("@alicloud/credentials");
/** The vendor's own interface of all its providers. */
type VendorProvider = ReturnType<ReturnType<Vendor["CLIProfileCredentialsProvider"]["builder"]>["build"]>;
type Answer = Awaited<ReturnType<VendorProvider["getCredentials"]>>;

/** Gives credentials out; keeps temporary ones until shortly before their end. */
export interface CredentialsProvider {
  getCredentials(): Promise<Answer>;
  getProviderName(): string;
}

/** The vendor's provider for an identity. It is asked for a role's credentials once, and again before they end. */
export function createVendorProvider({ base, assumeRole }: Identity): CredentialsProvider {
  // Loaded here and not at the top: it takes longer than all the rest, and most runs have static credentials.
  const vendor = require("@alicloud/credentials") as Vendor;
  const provider = baseProvider(vendor, base);
  return assumeRole ? roleProvider(vendor, assumeRole, provider) : provider;
}

function baseProvider(vendor: Vendor, base: BaseIdentity): CredentialsProvider {
  switch (base.kind) {
    case "accessKey":
      return keyProvider(vendor, base.accessKey);
    case "profile":
      return base.file === undefined
        ? profileProvider(vendor, base.name)
        : sharedFileProvider(vendor, base.name, base.file);
    case "credentialsUri":
      return vendor.URICredentialsProvider.builder().withCredentialsURI(base.uri).build();
    case "ecsRole":
      return vendor.ECSRAMRoleCredentialsProvider.builder().withRoleName(base.roleName).build();
    case "oidcRole": {
      const { role } = base;
      const builder = vendor.OIDCRoleArnCredentialsProvider.builder()
        .withRoleArn(role.roleArn)
        .withOIDCProviderArn(role.oidcProviderArn);
      if (role.oidcTokenFile) builder.withOIDCTokenFilePath(role.oidcTokenFile);
      if (role.roleSessionName) builder.withRoleSessionName(role.roleSessionName);
      if (role.policy) builder.withPolicy(role.policy);
      if (role.sessionExpiration) builder.withDurationSeconds(role.sessionExpiration);
      return builder.build();
    }
    case "defaultChain":
      return vendor.DefaultCredentialsProvider.builder().build();
  }
}

function keyProvider(vendor: Vendor, key: Credentials): CredentialsProvider {
  return key.securityToken
    ? vendor.StaticSTSCredentialsProvider.builder()
        .withAccessKeyId(key.accessKeyId)
        .withAccessKeySecret(key.accessKeySecret)
        .withSecurityToken(key.securityToken)
        .build()
    : vendor.StaticAKCredentialsProvider.builder()
        .withAccessKeyId(key.accessKeyId)
        .withAccessKeySecret(key.accessKeySecret)
        .build();
}

function roleProvider(
  vendor: Vendor,
  role: AssumeRoleSettings,
  provider: CredentialsProvider,
): CredentialsProvider {
  const builder = vendor.RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(provider)
    .withRoleArn(role.roleArn)
    .withRoleSessionName(role.sessionName || "cdn-preload-gate");
  if (role.policy) builder.withPolicy(role.policy);
  if (role.externalId) builder.withExternalId(role.externalId);
  if (role.sessionExpiration) builder.withDurationSeconds(role.sessionExpiration);
  return builder.build();
}

/** The CLI's profile, else the credentials file's. Each is built once: it keeps a role's credentials. */
function profileProvider(vendor: Vendor, name: string): CredentialsProvider {
  const ofFile = vendor.ProfileCredentialsProvider.builder().withProfileName(name).build();
  let chosen: CredentialsProvider | undefined;
  return {
    getProviderName: () => "profile",
    getCredentials: async () => {
      if (chosen) return chosen.getCredentials();
      try {
        // Built in here, since it throws where ALIBABA_CLOUD_CLI_PROFILE_DISABLED is set.
        const ofCli = vendor.CLIProfileCredentialsProvider.builder().withProfileName(name).build();
        const found = await ofCli.getCredentials();
        chosen = ofCli;
        return found;
      } catch (cliError) {
        const found = await ofFile.getCredentials().catch(() => {
          throw cliError;
        });
        chosen = ofFile;
        return found;
      }
    },
  };
}

/** What the vendor's provider makes of the content of a file; it only takes the file's place from the home folder. */
interface ReadsConfiguration {
  getCredentialsProvider(configuration: unknown, profile: string): CredentialsProvider;
}

/** Profiles whose use writes new tokens to the CLI's own file, which is another one. */
const WRITING_MODES = ["OAuth", "External"];

function sharedFileProvider(vendor: Vendor, name: string, file: string): CredentialsProvider {
  const reader = vendor.CLIProfileCredentialsProvider.builder()
    .withProfileName(name)
    .build() as unknown as ReadsConfiguration;
  let chosen: CredentialsProvider | undefined;
  return {
    getProviderName: () => "shared_credentials_file",
    getCredentials: async () => {
      chosen ??= reader.getCredentialsProvider(await readConfiguration(file), name);
      return chosen.getCredentials();
    },
  };
}

async function readConfiguration(file: string): Promise<{ readonly profiles: readonly unknown[] }> {
  const text = await readFile(file.replace(/^~(?=\/)/, process.env.HOME ?? "~"), "utf8").catch(() => {
    throw new NoCredentials({ kind: "fileNotReadable", file });
  });
  const configuration: unknown = JSON.parse(text);
  const profiles =
    typeof configuration === "object" && configuration !== null && "profiles" in configuration
      ? configuration.profiles
      : undefined;
  if (!Array.isArray(profiles) || profiles.length === 0) {
    throw new NoCredentials({ kind: "noProfiles", file });
  }
  return { profiles: profiles.filter(({ mode }) => !WRITING_MODES.includes(mode)) };
}
