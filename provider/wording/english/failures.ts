import { showDuration } from "../../core/duration";
import type { AccessKeyField, FetchFault, Observed, RefusedDomain } from "../../core/failure-facts";
import type { Catalogue } from "../catalogue";
import { instantText, quote } from "../quotes";
import type { Words } from "../words";
import { countOf, firstOf } from "./lists";
import { configText } from "./parts";

/** URLs, rows and tasks that are named one by one. */
const MAX_NAMED = 5;

const KEY_FIELDS: Readonly<Record<AccessKeyField, string>> = {
  accessKeyId: "access key id",
  accessKeySecret: "access key secret",
  securityToken: "security token",
};

export const observed: Catalogue["observed"] = {
  gaveUp: (attempts) => `Gave up after ${attempts} attempts.`,
  mayHaveBeenAccepted: "The service may have accepted it.",
};

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `HTTP 400, request id 12AB`: by what a log or a support ticket finds the answer. */
function answerText({ httpStatus, requestId }: Observed): string {
  return `HTTP ${httpStatus}, request id ${requestId ?? "not given"}`;
}

/** `PushObjectCache`; where no operation is known, what it was for. */
function operationOf({ operation }: Observed): string {
  return operation ?? "The request";
}

function refusedDomains(domains: readonly RefusedDomain[]): string {
  const names = domains.map(({ name, serviceCode }) => (serviceCode ? `${name} (${serviceCode})` : name));
  return `The service refused the domain${names.length === 1 ? "" : "s"} ${names.join(", ")}.`;
}

const callFailures = {
  callInterrupted: ({ wasSent }, { observed: seen }) =>
    `${operationOf(seen)} was interrupted ${wasSent ? "while it waited for the answer" : "before it was sent"}.`,
  notSent: ({ host, why }, { observed: seen, words }) =>
    `${operationOf(seen)} could not be sent: ${host} cannot be reached (${words.networkFault(why)}).`,
  requestNotValid: ({ why }, { observed: seen, words }) =>
    `${operationOf(seen)} was not sent: its request is not valid (${words.networkFault(why)}).`,
  requestKeyNotValid: ({ why, from }, { observed: seen, words }) =>
    `${operationOf(seen)} was not sent: its request is not valid (${words.networkFault(why)}). The access key or its token holds a character that no key has. It came from ${words.origin(from)}.`,
  noCompleteAnswer: ({ host, why }, { observed: seen, words }) =>
    `${operationOf(seen)} got no complete answer from ${host} (${words.networkFault(why)}).`,
  refused: ({ code, words: said, from, key, domains }, { observed: seen, words }) => {
    const hint =
      code === "credentials"
        ? ` The credentials came from ${words.origin(from)}.`
        : code === "permission"
          ? ` The RAM action is cdn:${operationOf(seen)}.`
          : "";
    const cause = key ? `${words.refusedKey(key)} ` : domains ? `${refusedDomains(domains)} ` : "";
    return `${cause}${operationOf(seen)}: ${seen.serviceCode}${said === undefined ? "" : `: ${said}`} (${answerText(seen)}).${hint}`;
  },
  foreignAnswer: ({ contentType, start }, { observed: seen }) =>
    `${operationOf(seen)}: the answer is not the service's JSON (HTTP ${seen.httpStatus}, ${contentType ?? "no content type"}): ${start === "" ? "empty" : JSON.stringify(start)}.`,
  malformedAnswer: ({ fault }, { observed: seen, words }) =>
    `${operationOf(seen)}: ${words.placed(fault)} (${answerText(seen)}).`,
  heldBack: ({ pauseMs }, { observed: seen }) =>
    `${operationOf(seen)} was not sent: the service asks to make no such call for another ${showDuration(pauseMs)}, which is longer than the time left.`,
  notOnAllowList: ({ refusal }, { words }) =>
    `This account may not ask for details: ${words.failure(refusal)}`,
} satisfies Partial<Catalogue["failures"]>;

const credentialsFailures = {
  keyEmpty: ({ field, from }, { words }) => `The ${KEY_FIELDS[field]} of ${words.origin(from)} is empty.`,
  keyCharacter: ({ field, from, codePoint, position }, { words }) =>
    `The ${KEY_FIELDS[field]} of ${words.origin(from)} holds a character that no key has: ${codePoint} at position ${position}. Copy it again.`,
  notRenewed: ({ from, why }, { words }) =>
    `The credentials could not be renewed from ${words.origin(from)}${words.credentialsFault(why)}.`,
  notGiven: ({ failure, from }, { words }) =>
    `${words.failure(failure)} They were to come from ${words.origin(from)}.`,
  noneInProfile: ({ from, why }, { words }) =>
    `No credentials were found in ${words.origin(from)}${words.credentialsFault(why)}. Tried ~/.aliyun/config.json and the credentials file (~/.alibabacloud/credentials, or the one that ALIBABA_CLOUD_CREDENTIALS_FILE names).`,
  noneFrom: ({ from, why }, { words }) =>
    `No credentials were given by ${words.origin(from)}${words.credentialsFault(why)}. Nothing else was tried: other credentials would be another identity's.`,
  noneFound: ({ why, unsetVariables, isMetadataDisabled }, { words }) => {
    const unset = unsetVariables.length === 2 ? "neither is set" : `${unsetVariables.join(", ")} is not set`;
    const isPlugin = words.reader.front.config === "provider";
    const hint = isPlugin ? " The settings of the alicloud provider do not reach this one." : "";
    return `No credentials were found${words.credentialsFault(why)}. Tried: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (${unset}), an OIDC token, ~/.aliyun/config.json, the credentials file, the ECS metadata service${isMetadataDisabled ? " (disabled)" : ""}, and ALIBABA_CLOUD_CREDENTIALS_URI.${hint}`;
  },
  searchInterrupted: () => "The search for credentials was interrupted.",
  credentialsHostUnreachable: ({ host, why }, { words }) =>
    `${host} cannot be reached to get credentials (${words.networkFault(why)}).`,
  credentialsRefused: ({ host, words: said }, { observed: seen }) => {
    const refusal = [seen.serviceCode, said].filter(Boolean).join(": ");
    return `${host} refused to give credentials: ${refusal || "no reason was given"} (${answerText(seen)}).`;
  },
  fileWithoutProfile: ({ setting }, { words }) =>
    `${words.identitySetting(setting)} is set, but no profile of that file is used. Set ${words.setting("profile")} or ALICLOUD_PROFILE, or remove the file's setting.`,
  severalIdentities: ({ settings }, { words }) =>
    `More than one identity is configured: ${settings.map((setting) => words.identitySetting(setting)).join(" and ")}. Keep one, so that it is clear which account is used.`,
  halfKeyInEnvironment: ({ missing }) =>
    `The environment has half of an access key (${missing} is not set). Nothing else was tried, such as ~/.aliyun/config.json: it would be another identity.`,
  keysDiffer: ({ first, second }) =>
    `${first} and ${second} hold different access keys. Keep one, so that it is clear which account is used.`,
  halfKeyInConfig: ({ missing }, { words }) =>
    `${capitalized(configText(words))} has half of the credentials: ${words.setting(missing)} is missing.`,
  roleNotValid: ({ setting, fields }, { words }) =>
    `${capitalized(configText(words))} ${words.setting(setting)} cannot be used. Missing, not supported, or of another form: ${fields.map((field) => [words.setting(setting), field].filter(Boolean).join(".")).join(", ")}. docs/configuration.md lists its fields.`,
} satisfies Partial<Catalogue["failures"]>;

const settingFailures = {
  settingNotValid: ({ setting, problem, found }, { words }) => {
    const name = words.setting(setting);
    const place = words.reader.front.config ? `${capitalized(configText(words))} ${name}` : name;
    return `${place} ${words.problem(problem)}${found === undefined ? "" : `, not ${found}`}.`;
  },
  inputsNotValid: ({ problems }, { words }) => `${problems.map(words.placed).join("; ")}.`,
  endpointNotAUrl: () => "The endpoint is not a URL such as https://cdn.aliyuncs.com.",
  proxyNotAUrl: () => "HTTPS_PROXY is not a URL such as http://proxy.example.com:3128.",
  endpointNotSecure: ({ origin }) =>
    `The endpoint ${origin} must be https. Plain http is allowed on this machine only (127.0.0.1, [::1], localhost).`,
  endpointWithPath: ({ origin }) => `The endpoint ${origin} must not have a path or a query after the host.`,
  endpointWithUser: ({ host }) =>
    `The endpoint for ${host} must not contain a user name or password. Configure credentials separately.`,
  stateNotReadable: ({ field, problem }, { words }) =>
    `The saved state cannot be read: ${field === "" ? "the state itself" : field}: ${words.problem(problem)}.`,
  stateTooNew: ({ version, newestKnown }) =>
    `A newer release wrote the saved state: it has version ${version}, and this release reads up to version ${newestKnown}. Update cdn-preload-gate.`,
} satisfies Partial<Catalogue["failures"]>;

const sourceFailures = {
  fileNameNotUtf8: ({ file }) =>
    `The file ${file} has a name that is not UTF-8, so its URL is not known. Rename it, or leave it out with exclude.`,
  textNotReadable: ({ file = "Standard input", fault }, { words }) => `${file} ${words.sourceFault(fault)}.`,
  sitemapNotReadable: ({ file, fault }, { words }) =>
    `The sitemap ${file === undefined ? "" : `${file} `}${words.sourceFault(fault)}.`,
  sitemapLoop: ({ file, deepest }) =>
    `The sitemap ${file} names itself, or is nested more than ${deepest} deep.`,
  sitemapNotFetched: ({ url, redirectedTo, why }, { words }) => {
    const through = redirectedTo === undefined ? "" : ` (redirected to ${words.url(redirectedTo)})`;
    return `The sitemap ${words.url(url)}${through} cannot be downloaded: ${fetchFaultText(why, words)}.`;
  },
  tooManySitemaps: ({ index, most }) =>
    `The sitemap index ${index} leads to more than ${most} sitemaps. Name those that you need with --sitemap.`,
  sitemapMissing: ({ index, location, lookedFor }) =>
    `The sitemap index ${index} names ${location}, which is not beside it (looked for ${lookedFor.join(", ") || "nothing"}). Nothing is downloaded: put it there, or pass the sitemaps themselves.`,
} satisfies Partial<Catalogue["failures"]>;

const submissionFailures = {
  otherAccount: ({ keptUntilMs }, { observed: { taskIds = [] } }) => {
    const tasks = taskIds.length === 0 ? "" : ` (${taskIds.join(", ")})`;
    const until =
      keptUntilMs === undefined
        ? ""
        : ` until ${instantText(keptUntilMs)}, three days after the last submission`;
    return `The saved state was made with another access key, and the service shows this key none of its tasks${tasks}. Nothing was submitted. What the service may have accepted stays noted${until}.`;
  },
  quotaTooSmall: ({ quota }, { words }) =>
    `Nothing was ${quota.purpose === "purge" ? "purged" : "preloaded"}: ${words.quota(quota)}.`,
  deadlineBeforeSubmission: () => "The deadline passed before all URLs were submitted.",
  submissionBroke: ({ why }) => `The submission failed inside this program: ${why}.`,
  submissionOpen: ({ purpose, urls, sentAtMs, doubts }, { words }) => {
    const what = purpose === "purge" ? "purge" : "submission";
    const { memory, front } = words.reader;
    const next =
      memory.kind === "nothing"
        ? "Without --state no later run can look for its tasks."
        : front.family === "code"
          ? "The next run with this `state` looks for its tasks again."
          : "The next run looks for its tasks again.";
    const found = doubts
      .slice(0, MAX_NAMED)
      .map(
        ({ url, taskId, rowUrl, creationTime, why }) =>
          `for ${words.url(url)} task ${taskId}, whose row ${JSON.stringify(words.url(rowUrl))} of ${JSON.stringify(creationTime)} ${words.doubt(why)}`,
      );
    const more = doubts.length > found.length ? `; and ${doubts.length - found.length} more` : "";
    const look =
      front.family === "commandLine"
        ? "Check them with `cdn-preload-gate status` or in the CDN console."
        : "Check them in the CDN console.";
    const inDoubt =
      doubts.length === 0
        ? ""
        : ` The search shows tasks that may be its own, which cannot be told for sure: ${found.join("; ")}${more}. ${look}`;
    return `The service may or may not have accepted this ${what} (${countOf(urls, "URL")}, sent ${instantText(sentAtMs)}). ${next}${inDoubt}`;
  },
  searchEnded: ({ unanswered, failure }, { words }) =>
    `${words.failure(unanswered)} ${words.failure(failure)}`,
  purgeOpen: ({ urls }) =>
    `The service may or may not have accepted the purge of ${countOf(urls, "URL")}. They were not preloaded.`,
  purgeTooOld: ({ taskId }, { words }) => {
    const again = words.reader.memory.kind === "nothing" ? "" : " The next run purges its URLs again.";
    return `The purge (task ${taskId}) is older than the three days that the service can look back.${again}`;
  },
  purgeUnfinished: ({ taskIds }) =>
    `The deadline passed before the purge had ended (task ${firstOf(taskIds, MAX_NAMED)}). Nothing was preloaded after it.`,
  purgeFailed: ({ urls }, { words }) => {
    const { urlsAreSecret } = words.reader;
    const all = urls.map(({ url, taskId, status, words: said }) => {
      const name = urlsAreSecret ? "a URL" : words.url(url);
      return `${name} (task ${taskId}, status ${status}${said && !urlsAreSecret ? `, ${quote(said)}` : ""})`;
    });
    return `The purge before the preload failed: ${firstOf(all, MAX_NAMED)}. Nothing was preloaded after it.`;
  },
  stateUnsaved: ({ fault }, { words }) => words.stateFile(fault),
} satisfies Partial<Catalogue["failures"]>;

const runFailures = {
  taskUnknown: ({ taskId, answers }) =>
    `The service does not know task ${taskId} (${answers === 1 ? "1 answer" : `${answers} answers in a row`} without it).`,
  deadlineBeforeEnd: ({ taskId, last }, { words }) =>
    `The deadline passed before task ${taskId} had ended.${last ? ` The last answer was: ${words.failure(last)}` : ""}`,
  interrupted: () => "The wait was interrupted. What was submitted goes on.",
  deadlineWhileAsking: () =>
    "The deadline passed while the gate waited for an answer of the service. What was submitted goes on.",
  noAnswerInTime: ({ timeoutMs }) => `The service has not answered within ${showDuration(timeoutMs)}.`,
  listenerFailed: ({ event, why }) => `A listener of the run's "${event}" event failed: ${why}.`,
  unexpected: ({ why }) => `Something unexpected happened: ${why}.`,
} satisfies Partial<Catalogue["failures"]>;

export const failures: Catalogue["failures"] = {
  ...callFailures,
  ...credentialsFailures,
  ...settingFailures,
  ...sourceFailures,
  ...submissionFailures,
  ...runFailures,
};

function fetchFaultText(why: FetchFault, words: Words): string {
  switch (why.kind) {
    case "status":
      return `the server answered HTTP ${why.httpStatus}`;
    case "addressNotSafe":
      return why.origin === ""
        ? "it is no address"
        : `${why.origin} is not asked. An address must begin with https:// and hold no user name or password`;
    case "tooManyRedirects":
      return `there are more than ${why.most} redirects`;
    case "network":
      return words.networkFault(why.why);
  }
}
