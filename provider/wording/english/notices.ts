import { showDuration } from "../../core/duration";
import type { Catalogue } from "../catalogue";
import { instantText } from "../quotes";
import { families } from "./families";
import { countOf, tasksText } from "./lists";

/** Task ids that a notice names one by one. */
const MAX_NAMED_TASKS = 3;

export const notices: Catalogue["notices"] = {
  tookOver: ({ taskIds, urls }) =>
    `Took over ${tasksText(taskIds, taskIds.length)}, which someone else started, for ${countOf(urls, "URL")}.`,
  otherAccountLapsed: () =>
    "The saved state was made with another access key. What that key left open no longer counts: the service confirms that it is more than three days old.",
  wantedAgain: ({ urls, taskIds, counts }) => {
    const earlier = `${countOf(urls, "URL")} wanted again after being removed: the earlier preload (${tasksText(taskIds, MAX_NAMED_TASKS)})`;
    return counts
      ? `${earlier} is less than three days old and counts.`
      : `${earlier} is more than three days old and does not count. Preloading again.`;
  },
  searching: ({ purpose, urls, sentAtMs, untilMs }) =>
    `The service may or may not have accepted this ${purpose === "purge" ? "purge" : "submission"} (${countOf(urls, "URL")}, sent ${instantText(sentAtMs)}). Looking for its tasks, until ${instantText(untilMs)} at the latest. Only what the service certainly did not accept is submitted again.`,
  tryingAgain: ({ code, serviceCode, pauseMs }) =>
    `${families[code]}${serviceCode === undefined ? "" : ` (${serviceCode})`}. Trying again in ${showDuration(pauseMs)}.`,
  quotaTooSmall: ({ quota }, words) => {
    const setting = words.setting("quotaCheck");
    return `${words.quota(quota)}. Submitting anyway, because ${setting} is "warn".`;
  },
  quotaUnknown: ({ failure }, words) => `Today's quota is not known: ${words.failure(failure)}`,
  statusOnlyEvidence: ({ refusal }, words) => {
    const facts = [refusal.serviceCode, refusal.requestId && `request ${refusal.requestId}`].filter(Boolean);
    return `This account may not call DescribePreloadDetailById (${facts.join(", ")}). From here on the gate judges by DescribeRefreshTaskById. That is status-only evidence: it has each URL's status, but no RetCode and no share of POPs. Ask the vendor's account manager to allow DescribePreloadDetailById for this account. ${words.setting("requireDetail")} refuses status-only evidence.`;
  },
};

export const steps: Catalogue["steps"] = {
  submitting: ({ purpose, urls, calls }) =>
    `${purpose === "preload" ? "submitting" : "purging"} ${countOf(urls, "URL")} in ${countOf(calls, "call")}`,
  submitted: ({ urls, taskIds }) => `submitted ${countOf(urls, "URL")}: task ${taskIds.join(", ")}`,
  purging: ({ tasks }) => `waiting for ${countOf(tasks, "purge task")}`,
};

/** `62% of POPs, 3 of 5 URLs preloaded, 1 failed, about 1m 20s left`. */
export const progress: Catalogue["progress"] = (far) =>
  [
    `${Math.floor(far.processPercent)}% of POPs`,
    `${far.preloaded} of ${countOf(far.urls, "URL")} preloaded`,
    ...(far.failed > 0 ? [`${far.failed} failed`] : []),
    ...(far.remainingMs === undefined || far.remainingMs < 1_000
      ? []
      : [`about ${showDuration(far.remainingMs)} left`]),
  ].join(", ");

/** `873 of 1000 preload URLs left today (resets at 00:00 UTC+8, in 5h 3m 20s)`. */
export const quota: Catalogue["quota"] = ({
  purpose,
  needed,
  isEnough,
  remaining,
  total,
  reserved,
  resetsInMs,
}) => {
  const kind = purpose === "purge" ? "refresh" : "preload";
  const taken = reserved > 0 ? `, ${reserved} of them taken by other resources of this run` : "";
  const left = `${remaining}${total === undefined ? "" : ` of ${total}`} ${kind} URLs left today${taken} (resets at 00:00 UTC+8, in ${showDuration(resetsInMs)})`;
  return isEnough
    ? left
    : `${countOf(needed, "URL")} ${needed === 1 ? "needs" : "need"} more than the quota has: ${left}`;
};
