import { MAX_URLS_PER_PUSH } from "../../provider/wire/limits";
import type { Work } from "../call";
import type { Parameters } from "../call-record";
import { booleanParameter, optionalWord } from "../parameters";
import { wireError } from "../wire-error";
import { acceptUrls, checkDomains, readObjectPath } from "./accepted-urls";

/** Starts a preload of up to 100 URLs. It is not idempotent. It accepts all URLs or refuses all. */
export function pushObjectCache(parameters: Parameters): Work {
  const urls = readObjectPath(parameters, MAX_URLS_PER_PUSH);
  optionalWord(parameters, "Area", ["domestic", "overseas"]);
  booleanParameter(parameters, "QueryHashkey");
  checkWithHeader(parameters.WithHeader);
  const quota = booleanParameter(parameters, "L2Preload") ? "preloadL2" : "preloadL1";
  return (service) => {
    const nowMs = service.clock.nowMs();
    const { settings } = service;
    checkDomains(urls, service);
    if (service.quota.remaining(quota, { nowMs, settings }) < urls.length) {
      throw wireError("QuotaExceeded.Preload");
    }
    if (service.tasks.runningPreloads(nowMs, settings) + urls.length > settings.queueCapacityUrls) {
      throw wireError("PreloadQueueFull");
    }
    const taskIds = acceptUrls(urls, { objectType: "preload", nowMs }, service);
    service.quota.draw(quota, urls.length, nowMs);
    return { PushTaskId: taskIds.join(",") };
  };
}

/** `WithHeader` is a JSON object with header names and lists of values. */
function checkWithHeader(text: string | undefined): void {
  if (!text) return;
  if (!isHeaderObject(parseJson(text))) {
    throw wireError("InvalidParameters", "The parameters you provided are invalid. (WithHeader)");
  }
}

function isHeaderObject(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(
      (values) => Array.isArray(values) && values.every((item) => typeof item === "string"),
    )
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
