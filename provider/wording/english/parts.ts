import { showDuration } from "../../core/duration";
import type { Catalogue } from "../catalogue";
import type { Words } from "../words";

/** Parts of sentences about credentials, the network, rows and sources of URLs. */

/** Where a front's settings are configured. */
export function configText({ reader: { front } }: Words): string {
  return front.config === "provider" ? "the provider's configuration" : "the stack's config";
}

export const aUrl = "a URL";
export const wrongAnswer: Catalogue["wrongAnswer"] = (problem) => `the answer ${problem}`;
export const request: Catalogue["request"] = (requestId) => `request ${requestId}`;
export const tasks: Catalogue["tasks"] = (taskIds) => `task ${taskIds.join(", ")}`;
export const familySentence: Catalogue["familySentence"] = (family, observed) =>
  `${family}${observed.length > 0 ? ` (${observed.join(", ")})` : ""}.`;
export const joined: Catalogue["joined"] = (sentences) => sentences.join(" ");

export const origins: Catalogue["origins"] = {
  named: ({ name }) => name,
  config: ({ setting }, words) => `${words.setting(setting)} in ${configText(words)}`,
  environment: ({ id, secret }) => `${id} and ${secret} in the environment`,
  profile: ({ name, file }) => `the profile ${JSON.stringify(name)}${file ? ` of ${file}` : ""}`,
  credentialsUri: () => "the credentials URI",
  defaultChain: () => "the default credential chain",
  ecsRole: ({ roleName }) => `the ECS instance's role ${JSON.stringify(roleName)}`,
  oidcRole: ({ roleArn }) => `the role ${roleArn}, assumed with an OIDC token`,
  assumedRole: (origin, words) => `the role ${origin.roleArn}, assumed with ${words.origin(origin.with)}`,
  unclear: () => "the configured credentials",
};

export const refusedKeys: Catalogue["refusedKeys"] = {
  secretDiffers: ({ shortId }) => `The secret does not belong to access key ${shortId}.`,
  keyUnknown: ({ shortId }) => `The service does not know access key ${shortId}.`,
  keyDisabled: ({ shortId }) => `Access key ${shortId} is disabled.`,
  tokenExpired: ({ shortId }) => `The security token of access key ${shortId} has expired.`,
  tokenDiffers: ({ shortId }) => `The security token does not belong to access key ${shortId}.`,
};

export const refusedKeyAdvice: Catalogue["refusedKeyAdvice"] = {
  secretDiffers: ({ shortId }) =>
    `Use the secret that was created with access key ${shortId}. If it is lost, create a new key in the RAM console.`,
  keyUnknown: () =>
    "Check the id for a typing error. If the key was deleted, create a new one in the RAM console.",
  keyDisabled: () => "Enable the key in the RAM console, or use another one.",
  tokenExpired: () => "Get new temporary credentials: key, secret and token belong together.",
  tokenDiffers: () =>
    "Set key, secret and token from the same temporary credentials. A permanent key takes no token: unset ALIBABA_CLOUD_SECURITY_TOKEN.",
};

export const identitySettings: Catalogue["identitySettings"] = {
  setting: ({ name }, words) => words.setting(name),
  variable: ({ name }) => name,
  named: ({ name }) => name,
};

export const networkFaults: Catalogue["networkFaults"] = {
  noConnection: ({ withinMs }) => `no connection within ${withinMs} ms`,
  noAnswer: ({ withinMs }) => `no complete answer within ${withinMs} ms`,
  tooLong: ({ mostBytes }) => `the answer is longer than ${mostBytes} bytes`,
  words: ({ words }) => words,
};

export const credentialsFaults: Catalogue["credentialsFaults"] = {
  timeout: ({ timeoutMs }) => ` (no answer within ${timeoutMs} ms)`,
  emptyKey: () => " (the access key is empty)",
  noUri: () => " (no credentials URI is set)",
  fileNotReadable: ({ file }) => ` (${file} cannot be read)`,
  noProfiles: ({ file }) => ` (${file} has no profile)`,
  unknown: () => "",
  failure: ({ failure }, words) => ` (${words.failure(failure).replace(/\.$/, "")})`,
  words: ({ words }) => ` (${words})`,
};

export const doubts: Catalogue["doubts"] = {
  otherSpelling: () => "spells the URL otherwise",
  timeUnclear: () => "has a time that names no zone or cannot be read",
  inFuture: () => "has a time in the future",
  afterExpiry: () => "has a time after the submission had expired",
  beforeSubmission: ({ earlyMs }) => `has a time ${showDuration(earlyMs)} before the submission was sent`,
};

/** What follows the name of a source of URLs. */
export const sourceFaults: Catalogue["sourceFaults"] = {
  utf16: () => "looks like UTF-16 without a byte order mark; save it as UTF-8",
  unknownEncoding: ({ encoding }) =>
    `declares the encoding ${encoding}, which is not known; save it as UTF-8`,
  wrongBytes: ({ line, encoding }) =>
    `line ${line} holds bytes that are not ${encoding.toUpperCase()}; save it as UTF-8`,
  notXml: ({ words }) => `is not well-formed XML (${words})`,
  notASitemap: () => "is neither a sitemap (<urlset>) nor an index of them (<sitemapindex>)",
  tooLarge: ({ mostMegabytes }) => `is larger than a sitemap may be (${mostMegabytes} MB)`,
  words: ({ words }) => words,
};
