import type { TaskNote } from "../../core/reason-facts";
import type { Catalogue } from "../catalogue";
import { instantText, quote } from "../quotes";
import type { Words } from "../words";
import { startAgain } from "./advice";
import { durationText } from "./lists";

export const reasons: Catalogue["reasons"] = {
  sum: ({ verdict, counts, maxFailedUrls, waitedMs, isNotUnderstood }) => {
    const parts = [
      [counts.preloaded, "已预热"],
      [counts.failed, "失败"],
      [counts.pending, "仍在进行"],
      [counts.unknown, "状态未知"],
      [counts.notSubmitted, "未提交"],
    ] as const;
    const sums = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} 个${word}`);
    const of = `共 ${counts.urls} 个 URL：${sums.join("，") || "均无结果"}`;
    if (verdict === "failed") {
      return `CDN 预热未通过，${of}${maxFailedUrls > 0 ? `（最多允许 ${maxFailedUrls} 个失败）` : ""}。`;
    }
    const why = [
      ...(waitedMs === undefined ? [] : [`等待 ${durationText(waitedMs)}后超时`]),
      ...(isNotUnderstood ? ["无法解析服务的响应"] : []),
    ].join("，");
    return `CDN 预热结果无法判定${why === "" ? "" : `（${why}）`}，${of}。`;
  },
  url: ({ url, position, problem, task, words: said }, words) => {
    const quoted = said && !words.reader.urlsAreSecret ? `服务返回的描述：${quote(said)}` : "";
    return `${words.url(url, position)}: ${words.urlProblem(problem)}${taskText(task, words)}。${quoted}`;
  },
  taskFailed: ({ task }, words) => `任务失败，且未列出任何 URL${taskText(task, words)}。`,
  taskSilent: ({ task }, words) => `任务已完成，但未列出任何 URL${taskText(task, words)}。`,
  taskUnanswered: ({ taskId, task }, words) =>
    `任务 ${taskId} ${task ? `尚未结束${taskText(task, words)}` : "没有响应"}。`,
  more: ({ count }, { reader: { front } }) => {
    const where =
      front.family === "commandLine"
        ? "报告或 --json 中有全部内容"
        : front.family === "pulumi"
          ? "输出 `results` 中有全部内容"
          : "结果的 `state` 中有全部内容";
    return `……另有 ${count} 项。${where}。`;
  },
  failure: ({ failure }, words) => words.explained(failure),
};

export const urlProblems: Catalogue["urlProblems"] = {
  outcomeOpen: () => "无法确认服务是否已受理其提交，因此没有重新提交",
  taskFailed: ({ successPercent }) =>
    `预热失败，${successPercent === undefined ? "且响应中没有该 URL 的记录" : shareText(successPercent)}`,
  rowFailed: () => "预热失败",
  tooFewPops: ({ successPercent, minSuccessPercent }) =>
    `${shareText(successPercent)}，要求至少 ${minSuccessPercent > 0 ? `${minSuccessPercent}%` : "1 个节点"}`,
  statusOnly: (_, words) =>
    `其任务仅凭状态显示为完成，本门禁不接受这种依据。如果已无法查询明细，请${startAgain(words)}`,
  olderTask: ({ creationTime, endTime, submittedAtMs }) => {
    const times = [
      `创建于 ${creationTime}`,
      ...(endTime === undefined || endTime === creationTime ? [] : [`结束于 ${endTime}`]),
      ...(submittedAtMs === undefined ? [] : [`提交于 ${instantText(submittedAtMs)}`]),
    ];
    return `服务显示的任务早于本次提交（${times.join("，")}），不能作为依据`;
  },
  notSubmitted: () => "尚未提交",
  rowsNotShown: ({ count }) => `服务统计的任务记录比返回的多 ${count} 条，因此不能判定其余部分通过`,
  otherTaskNotVisible: ({ taskIds }) => `任务 ${taskIds.join("、")} 可能也包含该 URL，但暂时查询不到`,
  notUnderstood: () => "无法解析其任务的任何响应",
  running: () => "其任务仍在进行",
  notVisible: () => "暂时查询不到其任务",
  unknownStatus: ({ status }) => `其任务处于文档中没有的状态 ${quote(status)}`,
  noRow: () => "其任务已结束，但没有该 URL 的记录",
  taskGone: () => "服务没有其任务的记录，或任务已超过三天",
};

function shareText(percent: number): string {
  return `${percent}% 的节点已缓存`;
}

function taskText(task: TaskNote | undefined, { reader: { urlsAreSecret } }: Words): string {
  if (!task) return "";
  const facts = [
    `任务 ${task.taskIds.join("、")}`,
    ...(task.domain && !urlsAreSecret ? [`域名 ${task.domain}`] : []),
    ...(task.retCode === undefined ? [] : [`RetCode ${task.retCode}`]),
    ...(task.status === undefined ? [] : [`状态 ${task.status}`]),
    ...(task.processPercent === undefined ? [] : [`${task.processPercent}% 的节点已完成`]),
    ...(task.isStatusOnly ? ["仅凭状态"] : []),
    ...(task.requestId ? [`请求 ID ${task.requestId}`] : []),
  ];
  return `（${facts.join("，")}）`;
}
