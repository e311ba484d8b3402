import type { Catalogue } from "../catalogue";
import { instantText } from "../quotes";
import { families } from "./families";
import { durationText, tasksText } from "./lists";

/** Task ids that a notice names one by one. */
const MAX_NAMED_TASKS = 3;

export const notices: Catalogue["notices"] = {
  tookOver: ({ taskIds, urls }) =>
    `已接管他人发起的${tasksText(taskIds, taskIds.length)}，涉及 ${urls} 个 URL。`,
  otherAccountLapsed: () =>
    "已保存的状态由另一个 AccessKey 产生。该 AccessKey 遗留的内容不再计入：服务确认其已超过三天。",
  wantedAgain: ({ urls, taskIds, counts }) => {
    const earlier = `${urls} 个 URL 曾被移除，现在再次加入：之前的预热（${tasksText(taskIds, MAX_NAMED_TASKS)}）`;
    return counts ? `${earlier}未超过三天，继续有效。` : `${earlier}已超过三天，不再有效，将重新预热。`;
  },
  searching: ({ purpose, urls, sentAtMs, untilMs }) =>
    `无法确认服务是否已受理该次${purpose === "purge" ? "刷新" : "提交"}（${urls} 个 URL，发送于 ${instantText(sentAtMs)}）。正在查找其任务，最晚到 ${instantText(untilMs)}。只会重新提交服务确定没有受理的内容。`,
  tryingAgain: ({ code, serviceCode, pauseMs }) =>
    `${families[code]}${serviceCode === undefined ? "" : `（${serviceCode}）`}，${durationText(pauseMs)}后重试。`,
  quotaTooSmall: ({ quota }, words) => {
    const setting = words.setting("quotaCheck");
    return `${words.quota(quota)}。由于 ${setting} 是 "warn"，仍然提交。`;
  },
  quotaUnknown: ({ failure }, words) => `无法得知今日配额：${words.failure(failure)}`,
  statusOnlyEvidence: ({ refusal }, words) => {
    const facts = [refusal.serviceCode, refusal.requestId && `请求 ID ${refusal.requestId}`].filter(Boolean);
    return `该账号无权调用 DescribePreloadDetailById（${facts.join("，")}）。此后门禁改用 DescribeRefreshTaskById 判定，即仅凭状态：它有每个 URL 的状态，但没有 RetCode 和节点占比。请联系阿里云客户经理，为该账号开通 DescribePreloadDetailById 的白名单。${words.setting("requireDetail")} 可以拒绝仅凭状态的判定。`;
  },
};

export const steps: Catalogue["steps"] = {
  submitting: ({ purpose, urls, calls }) =>
    `正在${purpose === "preload" ? "提交" : "刷新"} ${urls} 个 URL，分 ${calls} 次调用`,
  submitted: ({ urls, taskIds }) => `已提交 ${urls} 个 URL：任务 ${taskIds.join("、")}`,
  purging: ({ tasks }) => `正在等待 ${tasks} 个刷新任务`,
};

/** `62% 的节点已完成，5 个 URL 中 3 个已预热，1 个失败，约剩 1 分 20 秒`. */
export const progress: Catalogue["progress"] = (far) =>
  [
    `${Math.floor(far.processPercent)}% 的节点已完成`,
    `${far.urls} 个 URL 中 ${far.preloaded} 个已预热`,
    ...(far.failed > 0 ? [`${far.failed} 个失败`] : []),
    ...(far.remainingMs === undefined || far.remainingMs < 1_000
      ? []
      : [`约剩 ${durationText(far.remainingMs)}`]),
  ].join("，");

/** `今日预热配额剩余 873 个 URL，共 1000 个（00:00 UTC+8 重置，还有 5 小时 3 分 20 秒）`. */
export const quota: Catalogue["quota"] = ({
  purpose,
  needed,
  isEnough,
  remaining,
  total,
  reserved,
  resetsInMs,
}) => {
  const kind = purpose === "purge" ? "刷新" : "预热";
  const taken = reserved > 0 ? `，其中 ${reserved} 个已被本次运行的其他资源占用` : "";
  const left = `今日${kind}配额剩余 ${remaining} 个 URL${total === undefined ? "" : `，共 ${total} 个`}${taken}（00:00 UTC+8 重置，还有 ${durationText(resetsInMs)}）`;
  return isEnough ? left : `需要 ${needed} 个 URL，超过了剩余配额：${left}`;
};
