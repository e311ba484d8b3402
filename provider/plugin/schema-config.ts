import type { SessionSetting } from "../resources/session-settings";
import { type PropertySpec, typeRef } from "./schema-types";

/** The provider's own settings. */
export const SETTINGS: Readonly<Record<SessionSetting, PropertySpec>> = {
  accessKey: { type: "string", description: "The id of an access key; with `secretKey`." },
  secretKey: { type: "string", secret: true, description: "The secret of the access key." },
  securityToken: {
    type: "string",
    secret: true,
    description: "The token of a temporary access key (STS).",
  },
  profile: {
    type: "string",
    description: "A profile of the Alibaba Cloud CLI (`~/.aliyun/config.json`) or of the credentials file.",
  },
  sharedCredentialsFile: {
    type: "string",
    description: "Where that profile stands instead, in the form of `~/.aliyun/config.json`.",
  },
  credentialsUri: { type: "string", description: "A service of yours that gives out credentials." },
  ecsRoleName: { type: "string", description: "A role of the ECS instance." },
  assumeRole: {
    ...typeRef("AssumeRole"),
    description: "A role to assume with the credentials that are found.",
  },
  assumeRoleWithOidc: {
    ...typeRef("AssumeRoleWithOidc"),
    description: "A role to assume with an OIDC token.",
  },
  region: {
    type: "string",
    description: "An Alibaba Cloud region id; chooses the endpoint. Default: the central one.",
  },
  endpoint: { type: "string", description: "Another endpoint: https, or http on this machine." },
  callsPerSecond: {
    type: "number",
    description: "Most calls per second, for each operation; never above the documented rates. Default: 20.",
  },
  pollIntervalFactor: {
    type: "number",
    description: "How far to stretch the time between polls, at least: from 0.5 (default) to 12.",
  },
};

const sessionExpiration = { type: "integer", description: "How long it holds, in seconds." } as const;
const policy = { type: "string", description: "A policy that narrows the role." } as const;
const roleArn = { type: "string", description: "The role's ARN." } as const;

export const ROLE_TYPES = {
  AssumeRole: {
    properties: {
      roleArn,
      sessionName: { type: "string", description: "The session's name." },
      policy,
      externalId: { type: "string", description: "The external id that the role asks for." },
      sessionExpiration,
    },
    required: ["roleArn"],
  },
  AssumeRoleWithOidc: {
    properties: {
      roleArn,
      oidcProviderArn: { type: "string", description: "The identity provider's ARN." },
      oidcTokenFile: { type: "string", description: "The file that holds the token." },
      roleSessionName: { type: "string", description: "The session's name." },
      policy,
      sessionExpiration,
    },
    required: ["roleArn", "oidcProviderArn"],
  },
} satisfies Record<string, { properties: Record<string, PropertySpec>; required: string[] }>;
