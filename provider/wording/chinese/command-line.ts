import type { Catalogue } from "../catalogue";
import type { CommandLineWords, DryRunWords, ProgressWords, QuotaWords } from "../command-line-words";
import { changesText } from "./changed-files";
import { configText } from "./config-file";
import { doctor } from "./doctor";
import { help } from "./help";
import { leftOutOf } from "./left-out";
import { after, durationText } from "./lists";
import { usage } from "./usage";

const notices: CommandLineWords["notices"] = {
  spellingsLeftOut: ({ urls }) => `略去 ${urls} 个 URL：已有同一地址的其他写法。`,
  filesLeftOut: ({ folder, counts, paths }) =>
    `${folder} 中略去了${after(leftOutOf(counts))}${paths.length > 0 ? `：${paths.join("、")}` : ""}。`,
  settingsOfFile: ({ config }) => `使用配置文件 ${configText(config)}。`,
  changedSince: ({ changes }) => changesText(changes),
  manifestNotDue: ({ file }) => `本次运行未通过，因此没有写入清单 ${file}。`,
  manifestNotWritten: ({ file, why }) => `无法写入清单 ${file}：${why}。下次运行会再次预热这些文件。`,
  otherGeneration: () => "状态文件对应另一个 trigger 或其他设置：将重新预热所有 URL。",
  interrupting: () => "已中断：正在结束等待。再次中断将立即退出程序。",
  nothingLeft: () =>
    "未提交任何内容：根据状态文件，之前的运行已预热这些 URL。如需用于另一次发布，请指定另一个 --state 文件，或给出另一个 --trigger。",
  unsaved: ({ fault, taskIds }, words) => {
    const ids = taskIds.join(",");
    return `${words.stateFile(fault)}任务 ID：${ids}。请用以下命令等待这些任务：cdn-preload-gate wait ${ids}`;
  },
};

const progress: ProgressWords = {
  starting: "正在启动",
  waiting: "正在等待服务",
  since: (step, elapsedMs) => `${step}，已用 ${durationText(elapsedMs)}`,
  line: (far, apiCalls) => `${far}，${apiCalls} 次调用`,
  bar: ({ preloaded, failed, urls, remainingMs, apiCalls, processPercent }, elapsedMs) => ({
    pops: `${Math.floor(processPercent)}% 的节点`,
    urls: `${preloaded}/${urls} 个 URL 完成`,
    failed: `${failed} 个失败`,
    elapsed: durationText(elapsedMs),
    left: remainingMs === undefined || remainingMs < 1_000 ? "" : `约剩 ${durationText(remainingMs)}`,
    calls: `${apiCalls} 次调用`,
  }),
  barOf: (parts) => parts.join("，"),
  submitted: (done, urls) => `已提交 ${done} 个 URL，共 ${urls} 个`,
  elapsed: durationText,
  elapsedColumns: 11,
};

const quota: QuotaWords = {
  names: {
    preload: "预热（默认）:",
    l2Preload: "预热（--l2-preload）:",
    refresh: "刷新（--purge-first）:",
  },
  left: ({ remaining, total }) => `今日剩余 ${remaining} 个 URL${total === null ? "" : `，共 ${total} 个`}`,
  notTold: "服务未返回",
  resets: (inMs) => `00:00 UTC+8 重置，还有 ${durationText(inMs)}`,
};

const dryRun: DryRunWords = {
  submits: ({ urls, calls, kept }) => {
    const submits = urls === 0 ? "没有需要提交的 URL" : `将提交 ${urls} 个 URL，分 ${calls} 次调用`;
    return `${submits}${kept > 0 ? `；${kept} 个 URL 已提交或已预热` : ""}。`;
  },
  call: ({ place, urls, domains }) => `第 ${place} 次调用：${domains.join("、")} 的 ${urls} 个 URL`,
  purges: (urls) => `将先刷新 ${urls} 个 URL。`,
  quota: (text) => `配额：${text}。`,
  plannedQuota: {
    known: (facts, words) => words.quota(facts.quota),
    notTold: () => "服务未返回今日配额",
    notNeeded: () => "没有需要提交的内容，因此未查询",
    notKnown: ({ failure }, words) => `未知，${words.failure(failure)}`,
  },
  end: "这是试运行（--dry-run）：未提交任何内容。",
};

export const commandLine: Catalogue["commandLine"] = {
  help,
  usage,
  helpHint: "使用 --help 查看用法。",
  noBrowser: "未能打开浏览器，请自行打开该文件。",
  notices,
  progress,
  quota,
  dryRun,
  doctor,
};
