import { GateError } from "../core/errors";
import type { CredentialsOrigin, IdentitySetting, SettingName } from "../core/failure-facts";
import type {
  AssumeRoleSettings,
  AssumeRoleWithOidcSettings,
  CallerSettings,
} from "../core/options/settings";
import { OPTIONS } from "../core/options/table";

/** An access key, with its token where it is a temporary one. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

/** What was configured about who calls the service. The names are those of the Alibaba Cloud provider. */
export interface IdentitySettings extends CallerSettings {
  /** An access key that is known already. */
  readonly accessKey?:
    | (AccessKey & {
        /** Where it was found, for messages. */
        readonly from: string | CredentialsOrigin;
      })
    | undefined;
}

/** Whose credentials are used, before a role is assumed with them. */
export type BaseIdentity =
  | { readonly kind: "accessKey"; readonly accessKey: AccessKey; readonly origin: CredentialsOrigin }
  | { readonly kind: "profile"; readonly name: string; readonly file: string | undefined }
  | { readonly kind: "credentialsUri"; readonly uri: string }
  | { readonly kind: "ecsRole"; readonly roleName: string }
  | { readonly kind: "oidcRole"; readonly role: AssumeRoleWithOidcSettings }
  | { readonly kind: "defaultChain" };

export interface Identity {
  readonly base: BaseIdentity;
  readonly assumeRole: AssumeRoleSettings | undefined;
}

/** The variables of an access key: the Alibaba Cloud provider's, and the vendor's libraries'. */
const KEY_VARIABLES = [keyVariables("alicloud"), keyVariables("vendor")] as const;

function keyVariables(of: "alicloud" | "vendor") {
  return {
    id: OPTIONS.accessKey.setBy.environment[of],
    secret: OPTIONS.secretKey.setBy.environment[of],
    token: OPTIONS.securityToken.setBy.environment[of],
  } as const;
}

/** The variables of the other identities, and the fields of roles with theirs. */
const PROFILE = OPTIONS.profile.setBy.environment;
const FILE = OPTIONS.sharedCredentialsFile.setBy.environment.alicloud;
const URI = OPTIONS.credentialsUri.setBy.environment.alicloud;
const ECS_ROLE = OPTIONS.ecsRoleName.setBy.environment.alicloud;
const ROLE = OPTIONS.assumeRole.type.of;
const OIDC_ROLE = OPTIONS.assumeRoleWithOidc.type.of;

/**
 * The one identity that was configured: what is given by name, else the environment, else the vendor's default chain.
 *
 * @throws GateError `credentials` that names the settings, where they are more than one or only a half of one: to
 * choose another one silently would submit in the wrong account.
 */
export function chooseIdentity(settings: IdentitySettings, env: NodeJS.ProcessEnv): Identity {
  const base = givenByName(settings, env) ?? ofEnvironment(env) ?? { kind: "defaultChain" };
  const file = settings.sharedCredentialsFile || env[FILE];
  if (file && (base.kind === "defaultChain" || (settings.sharedCredentialsFile && base.kind !== "profile"))) {
    throw new GateError({
      kind: "fileWithoutProfile",
      setting: settings.sharedCredentialsFile ? setting("sharedCredentialsFile") : variable(FILE),
    });
  }
  return { base, assumeRole: settings.assumeRole ?? roleOfEnvironment(env) };
}

/** The number of the account that an identity's role names, as `acs:ram::1234567890123456:role/name` does. */
export function accountNumberOf({ base, assumeRole }: Identity): string | undefined {
  const arn = assumeRole?.roleArn ?? (base.kind === "oidcRole" ? base.role.roleArn : undefined);
  return arn === undefined ? undefined : /^\s*acs:ram::(\d+):role\//i.exec(arn)?.[1];
}

/** Where the credentials come from, for messages: never a value. */
export function originOf({ base, assumeRole }: Identity): CredentialsOrigin {
  const origin = originOfBase(base);
  return assumeRole ? { kind: "assumedRole", roleArn: assumeRole.roleArn, with: origin } : origin;
}

function originOfBase(base: BaseIdentity): CredentialsOrigin {
  switch (base.kind) {
    case "accessKey":
      return base.origin;
    case "oidcRole":
      return { kind: "oidcRole", roleArn: base.role.roleArn };
    case "profile":
      return { kind: "profile", name: base.name, file: base.file };
    case "ecsRole":
      return { kind: "ecsRole", roleName: base.roleName };
    default:
      return { kind: base.kind };
  }
}

function setting(name: SettingName): IdentitySetting {
  return { kind: "setting", name };
}

function variable(name: string): IdentitySetting {
  return { kind: "variable", name };
}

function givenByName(settings: IdentitySettings, env: NodeJS.ProcessEnv): BaseIdentity | undefined {
  const { accessKey, profile, sharedCredentialsFile, credentialsUri, ecsRoleName, assumeRoleWithOidc } =
    settings;
  const file = sharedCredentialsFile || env[FILE] || undefined;
  return onlyOne([
    accessKey && givenKey(accessKey),
    // An access key goes before a profile, as for the Alibaba Cloud provider.
    profile && !accessKey ? [setting("profile"), { kind: "profile", name: profile, file }] : undefined,
    credentialsUri ? [setting("credentialsUri"), { kind: "credentialsUri", uri: credentialsUri }] : undefined,
    ecsRoleName ? [setting("ecsRoleName"), { kind: "ecsRole", roleName: ecsRoleName }] : undefined,
    assumeRoleWithOidc && [setting("assumeRoleWithOidc"), { kind: "oidcRole", role: assumeRoleWithOidc }],
  ]);
}

function givenKey(accessKey: NonNullable<IdentitySettings["accessKey"]>): Named {
  const { from } = accessKey;
  const origin: CredentialsOrigin = typeof from === "string" ? { kind: "named", name: from } : from;
  const name: IdentitySetting =
    origin.kind === "config" ? setting(origin.setting) : { kind: "named", name: String(from) };
  return [name, { kind: "accessKey", accessKey, origin }];
}

function ofEnvironment(env: NodeJS.ProcessEnv): BaseIdentity | undefined {
  const key = keyOfEnvironment(env);
  if (key) return key;
  const { [PROFILE.alicloud]: profile, [URI]: uri, [ECS_ROLE]: roleName, [FILE]: file } = env;
  const named = onlyOne([
    profile
      ? [variable(PROFILE.alicloud), { kind: "profile", name: profile, file: file || undefined }]
      : undefined,
    uri ? [variable(URI), { kind: "credentialsUri", uri }] : undefined,
    roleName ? [variable(ECS_ROLE), { kind: "ecsRole", roleName }] : undefined,
  ]);
  return named ?? ofVendorVariables(env);
}

/** What the vendor's chain would try first too; but it goes on to others where this one fails. */
function ofVendorVariables(env: NodeJS.ProcessEnv): BaseIdentity | undefined {
  const roleArn = env[OIDC_ROLE.roleArn.environment.vendor];
  const oidcProviderArn = env[OIDC_ROLE.oidcProviderArn.environment.vendor];
  const oidcTokenFile = env[OIDC_ROLE.oidcTokenFile.environment.vendor];
  if (roleArn && oidcProviderArn && oidcTokenFile) {
    const roleSessionName = env[OIDC_ROLE.roleSessionName.environment.vendor] || undefined;
    return { kind: "oidcRole", role: { roleArn, oidcProviderArn, oidcTokenFile, roleSessionName } };
  }
  const name = env[PROFILE.vendor];
  return name ? { kind: "profile", name, file: undefined } : undefined;
}

type Named = readonly [setting: IdentitySetting, identity: BaseIdentity];

function onlyOne(all: readonly (Named | undefined)[]): BaseIdentity | undefined {
  const given = all.filter((one) => one !== undefined);
  if (given.length > 1) {
    throw new GateError({ kind: "severalIdentities", settings: given.map(([name]) => name) });
  }
  return given[0]?.[1];
}

function keyOfEnvironment(env: NodeJS.ProcessEnv): BaseIdentity | undefined {
  const given = KEY_VARIABLES.filter(({ id, secret }) => env[id] || env[secret]);
  for (const { id, secret } of given) {
    const missing = [id, secret].find((name) => !env[name]);
    if (missing) {
      throw new GateError({ kind: "halfKeyInEnvironment", missing });
    }
  }
  const [names, other] = given;
  if (!names) return undefined;
  if (other && (env[names.id] !== env[other.id] || env[names.secret] !== env[other.secret])) {
    throw new GateError({ kind: "keysDiffer", first: names.id, second: other.id });
  }
  const accessKey = {
    accessKeyId: env[names.id] ?? "",
    accessKeySecret: env[names.secret] ?? "",
    securityToken: env[names.token] || (other && env[other.token]) || undefined,
  };
  const origin = { kind: "environment", id: names.id, secret: names.secret } as const;
  return { kind: "accessKey", accessKey, origin };
}

function roleOfEnvironment(env: NodeJS.ProcessEnv): AssumeRoleSettings | undefined {
  const roleArn = env[ROLE.roleArn.environment.alicloud];
  if (!roleArn) return undefined;
  return { roleArn, sessionName: env[ROLE.sessionName.environment.alicloud] || undefined };
}
