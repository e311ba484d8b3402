import type { PlannedSubmission } from "../../core/plan-facts";
import type { Catalogue } from "../catalogue";

export const plans: Catalogue["plans"] = {
  gate: ({ tasks }) => `将等待 ${tasks} 个任务，不提交任何内容`,
  create: ({ submits, waits, mergedSpellings }) =>
    [
      `${submitText(submits)}${waits ? "，然后等待" : ""}`,
      ...(mergedSpellings > 0 ? [`略去同一 URL 的 ${mergedSpellings} 个其他写法`] : []),
    ].join("；"),
  update: ({ submits, keptResults, openSubmissions, askedTasks }) => {
    const asks = [
      ...(keptResults > 0 ? [`将沿用再次加入的 ${keptResults} 个 URL 之前的结果`] : []),
      ...(openSubmissions > 0 ? [`将查找服务可能已受理的 ${openSubmissions} 次提交的任务`] : []),
      ...(askedTasks > 0 ? [`将查询 ${askedTasks} 个任务`] : []),
    ];
    if (submits) return [...asks, `${submitText(submits)}，仅限失败或从未受理的部分`].join("；");
    const first = asks.length > 0 ? asks : ["将重新判定"];
    return [...first, "就目前所知没有需要提交的内容"].join("；");
  },
};

function submitText({ urls, calls, purges }: PlannedSubmission): string {
  const first = purges > 0 ? `将刷新 ${purges} 个 URL，然后` : "将";
  return `${first}提交 ${urls} 个 URL，分 ${calls} 次调用`;
}

export const resourceNotes: Catalogue["resourceNotes"] = {
  letThroughNow: ({ verdict, reason }, { setting }) =>
    `判定为 ${verdict}，由 ${setting("override")} 放行：${reason}`,
  letThroughByOverride: ({ override, reasons }, { setting }) =>
    [`由 ${setting("override")} 放行：${override}`, ...reasons].join("\n"),
  letThroughByWarn: ({ reasons }, { setting }) =>
    [`由 ${setting("onInconclusive")} "warn" 放行。`, ...reasons].join("\n"),
  passedWithFailures: ({ failed, urls }, { setting }) =>
    `${urls} 个 URL 中有 ${failed} 个失败，仍判定为通过：${setting("maxFailedUrls")} 允许。`,
  forgotten: () => "已移除此处的记录。预热无法撤销：节点会保留文件，直到过期或被刷新。",
  savedVerdictFails: () => "已保存的判定为未通过。",
  notRefreshed: ({ why }) => `未能更新。${why}`,
  accountNotAsked: ({ why }) => `未能查询账号。${why}`,
  inputsNotValid: ({ problems }) => `输入无效：${problems.join("；")}`,
};
