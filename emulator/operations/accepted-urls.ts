import type { Parameters } from "../call-record";
import { objectPathLines } from "../parameters";
import { type ChosenScript, chooseScript } from "../scenario";
import type { Service } from "../service";
import { parseSubmittedUrl, type SubmittedUrl, urlIdentity } from "../submitted-url";
import { type ObjectType, taskKind } from "../task-kind";
import { wireError } from "../wire-error";

/**
 * The URLs of an `ObjectPath`.
 *
 * @throws WireError `MissingParameter` if there is none, `InvalidObjectPath.Malformed` if there are too many or one
 * is not `domain/path`, `InvalidExtensiveDomain.ValueNotSupported` for a wildcard domain.
 */
export function readObjectPath(parameters: Parameters, maxUrls: number): readonly SubmittedUrl[] {
  const lines = objectPathLines(parameters);
  if (lines.length > maxUrls) {
    throw wireError(
      "InvalidObjectPath.Malformed",
      `The specified ObjectPath is malformed: ${lines.length} URLs, at most ${maxUrls} in one call.`,
    );
  }
  return lines.map((line, index) => {
    const url = parseSubmittedUrl(line);
    if (!url) {
      throw wireError(
        "InvalidObjectPath.Malformed",
        `The specified ObjectPath is malformed: line ${index + 1} is not domain/path or http(s)://domain/path of at most 1,024 characters.`,
      );
    }
    if (url.domain.startsWith(".")) throw wireError("InvalidExtensiveDomain.ValueNotSupported");
    return url;
  });
}

/**
 * Refuses URLs with a domain that the account cannot use now.
 *
 * @throws WireError `InvalidDomain.NotFound`, `InvalidDomain.Offline` or `ServiceBusy`.
 */
export function checkDomains(urls: readonly SubmittedUrl[], service: Service): void {
  const { domains } = service.settings;
  if (domains === null) return;
  for (const { domain } of urls) {
    const state = Object.hasOwn(domains, domain) ? domains[domain] : undefined;
    if (state === undefined) throw wireError("InvalidDomain.NotFound");
    if (state === "offline") throw wireError("InvalidDomain.Offline");
    if (state === "configuring") throw wireError("ServiceBusy");
  }
}

/** Accepts all URLs of a call or none. Returns the ids of their tasks. */
export function acceptUrls(
  urls: readonly SubmittedUrl[],
  submission: { objectType: ObjectType; nowMs: number },
  service: Service,
): readonly string[] {
  const scripts = chooseScripts(urls, submission.objectType, service);
  const rows = urls.map((url, index) =>
    service.tasks.accept(
      {
        url,
        objectType: submission.objectType,
        submittedAtMs: submission.nowMs,
        chosen: scripts[index] as ChosenScript,
      },
      service.settings,
    ),
  );
  return [...new Set(rows.map((row) => row.taskId))].flatMap((id) => service.tasks.idsBeside(id));
}

/** Each URL's script. All are chosen before any URL is accepted, because the choice can refuse the call. */
function chooseScripts(
  urls: readonly SubmittedUrl[],
  objectType: ObjectType,
  service: Service,
): readonly ChosenScript[] {
  const task = taskKind(objectType);
  const inThisCall = new Map<string, number>();
  return urls.map((url) => {
    const before = inThisCall.get(urlIdentity(url)) ?? 0;
    inThisCall.set(urlIdentity(url), before + 1);
    const earlierSubmissions = service.tasks.submissionCount(task, url) + before;
    return chooseScript(service.scenario, { url, task, earlierSubmissions });
  });
}
