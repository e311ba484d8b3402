import { MAX_URLS_PER_REFRESH } from "../../provider/wire/limits";
import type { Work } from "../call";
import type { Parameters } from "../call-record";
import { booleanParameter, optionalWord } from "../parameters";
import type { QuotaName } from "../quota-ledger";
import type { SubmittedUrl } from "../submitted-url";
import type { ObjectType } from "../task-kind";
import { wireError } from "../wire-error";
import { acceptUrls, checkDomains, readObjectPath } from "./accepted-urls";

/** For each word of a request: its word in answers, its quota, and its limit per call. */
const OBJECT_TYPES = {
  File: { objectType: "file", quota: "refreshUrls", maxUrls: MAX_URLS_PER_REFRESH },
  Directory: { objectType: "directory", quota: "refreshDirectories", maxUrls: 100 },
  Regex: { objectType: "regex", quota: "refreshPatterns", maxUrls: 100 },
  IgnoreParams: { objectType: "ignoreparams", quota: "refreshIgnoreParams", maxUrls: 100 },
} as const satisfies Record<string, { objectType: ObjectType; quota: QuotaName; maxUrls: number }>;

const WORDS = Object.keys(OBJECT_TYPES) as (keyof typeof OBJECT_TYPES)[];

/** Purges files or directories. It accepts all or refuses all. */
export function refreshObjectCaches(parameters: Parameters): Work {
  const word = optionalWord(parameters, "ObjectType", WORDS) ?? "File";
  const { objectType, quota, maxUrls } = OBJECT_TYPES[word];
  booleanParameter(parameters, "Force");
  const urls = readObjectPath(parameters, maxUrls);
  if (objectType === "directory") checkDirectories(urls);
  return (service) => {
    const nowMs = service.clock.nowMs();
    checkDomains(urls, service);
    if (service.quota.remaining(quota, { nowMs, settings: service.settings }) < urls.length) {
      throw wireError("QuotaExceeded.Refresh");
    }
    const taskIds = acceptUrls(urls, { objectType, nowMs }, service);
    service.quota.draw(quota, urls.length, nowMs);
    return { RefreshTaskId: taskIds.join(",") };
  };
}

function checkDirectories(urls: readonly SubmittedUrl[]): void {
  const file = urls.find(({ path }) => !path.endsWith("/"));
  if (file) {
    throw wireError(
      "InvalidObjectPath.Malformed",
      `The specified ObjectPath is malformed: the directory ${file.url} does not end in a slash.`,
    );
  }
}
