import type {
  ChartWords,
  GateWords,
  HtmlReportWords,
  MarkdownReportWords,
  ReportWords,
  TextReportWords,
} from "../report-words";
import { changesText } from "./changed-files";
import { durationText, tasksText } from "./lists";
import { oldNode } from "./old-node";

const LANGUAGE_TAG = "zh-CN";

const VERDICTS = {
  passed: "通过",
  failed: "未通过",
  inconclusive: "无法判定",
  pending: "等待中",
} as const;

const gate: GateWords = {
  title: (verdict) => `CDN 预热：${verdict}`,
  annotationTitle: (verdict) => `CDN 预热${VERDICTS[verdict]}`,
  verdict: (verdict, acceptedBy) =>
    `${VERDICTS[verdict]}${acceptedBy === null ? "" : `（由 ${acceptedBy} 放行）`}`,
  nothingChanged: changesText,
  /** `14 个 URL 中 12 个已预热，1 个失败，1 个尚无结果`. */
  counts: ({ urls, preloaded, failed, unknown }) =>
    [
      `${urls} 个 URL 中 ${preloaded} 个已预热`,
      ...(failed > 0 ? [`${failed} 个失败`] : []),
      ...(unknown > 0 ? [`${unknown} 个尚无结果`] : []),
    ].join("，"),
  task: ({ taskId, retCode, status, requestId }) =>
    [
      `任务 ${taskId}`,
      ...(retCode ? [`RetCode ${retCode}`] : []),
      ...(status === undefined ? [] : [`状态 ${status}`]),
      ...(requestId ? [`请求 ID ${requestId}`] : []),
    ].join("，"),
  states: {
    preloaded: "已预热",
    failed: "失败",
    unknown: "未知",
    pending: "进行中",
    notSubmitted: "未提交",
  },
  causes: {
    outcomeOpen: "无法确认服务是否已受理提交",
    taskFailed: "预热失败",
    rowFailed: "预热失败",
    tooFewPops: "已缓存该 URL 的节点过少",
    statusOnly: "任务仅凭状态显示为完成，本门禁不接受这种依据",
    olderTask: "服务显示的任务早于本次提交",
    notSubmitted: "未提交",
    notUnderstood: "无法解析任务的任何响应",
    running: "任务仍在进行",
    notVisible: "暂时查询不到任务",
    noRow: "任务已结束，但没有该 URL 的记录",
    taskGone: "服务没有该任务的记录，或任务已超过三天",
    rowsNotShown: "服务统计的任务记录比返回的多",
    otherTaskNotVisible: "可能包含该 URL 的另一个任务暂时查询不到",
    unknownStatus: "任务处于文档中没有的状态",
  },
  causeFacts: ({ retCode, status, errorCode }) =>
    [
      ...(retCode === null ? [] : [`RetCode ${retCode}`]),
      ...(status === null ? [] : [`状态 ${status}`]),
      ...(errorCode === null ? [] : [`因 ${errorCode} 结束`]),
    ].join("，"),
  urls: (count) => `${count} 个 URL`,
  causeOf: (count, cause) => `${count} 个 URL：${cause}`,
  rule: ({ minSuccessPercent, maxFailedUrls, requireDetail, onInconclusive }) =>
    [
      `每个 URL 至少有 ${minSuccessPercent > 0 ? `${minSuccessPercent}% 的节点` : "1 个节点"}缓存时，门禁通过。`,
      maxFailedUrls === 0 ? "不允许任何 URL 失败。" : `最多允许 ${maxFailedUrls} 个 URL 失败。`,
      ...(requireDetail ? ["不接受仅凭状态的判定。"] : []),
      `超时仍无法判定时，${onInconclusive === "warn" ? "发出警告并放行" : "视为失败"}。`,
    ].join(""),
  moreUrls: (count) => `另有 ${count} 个`,
  suchAs: (count, urls) => `${count} 个 URL，例如 ${urls.join("、")}`,
  commit: (shortId) => `commit ${shortId}`,
  ciRun: "CI 运行",
  lowestShare: (percent) => `最低节点占比 ${percent}%`,
  calls: (count) => `${count} 次调用`,
  duration: durationText,
  /** `2026-11-27 08:30:00 UTC`, of what is in ISO 8601. */
  instant: (iso) => iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, "$1 $2 UTC"),
  number: (count) => count.toLocaleString(LANGUAGE_TAG),
  serviceSays: "服务返回的描述：",
  serviceSaysQuoted: (quoted) => `服务返回的描述：${quoted}。`,
  withNote: (text, note) => `${text}（${note}）`,
  sentences: (problem, ...others) => [`${problem}。`, ...others].join(""),
  more: (count) => `……另有 ${count} 个。`,
  toGoOnWaiting: "继续等待：",
  notes: "提示",
};

const text: TextReportWords = {
  effort: ({ elapsedMs, apiCalls }) => `${durationText(elapsedMs)}，${apiCalls} 次调用`,
  facts: (facts) => facts.join("；"),
  statusOnly: "仅凭状态判定：该账号无权查询明细",
  tasks: tasksText,
  taskLine: ({ taskId, domain, status, process, retCode, creationTime }) => {
    const facts = [
      status,
      ...(process ? [`${process} 的节点`] : []),
      ...(retCode ? [`RetCode ${retCode}`] : []),
    ];
    return `${taskId} ${domain}: ${facts.join("，")}，创建于 ${creationTime}`;
  },
  silentTask: (taskId) => `${taskId}: 服务（暂时）没有该任务的记录，或任务已超过三天`,
  more: (count) => `……另有 ${count} 个；使用 --report html=FILE 或 --json 查看全部`,
  serviceSays: "服务返回的描述：",
  errorTitle: (code) => `错误 ${code}`,
  error: oldNode.error,
  warning: "警告:",
  timeout: "超时:",
  toWait: "等待其结果：",
  goesOn: "预热本身会继续进行。继续等待：",
  submitsNothing: (unsentUrls) => `该命令不提交任何内容：还有 ${unsentUrls} 个 URL 尚未提交。`,
  sameCommand: "使用同一个 --state 文件再次运行同一命令",
};

const markdown: MarkdownReportWords = {
  notPreloaded: "未预热的 URL",
  urlColumns: { url: "URL", pops: "节点占比", why: "原因", advice: "处理方法" },
  tasks: (count) => `任务（${count}）`,
  taskColumns: {
    task: "任务 ID",
    domain: "域名",
    status: "状态",
    retCode: "RetCode",
    process: "节点进度",
    requestId: "请求 ID",
  },
};

const CONCLUSIONS = {
  mayGoOn: "发布可以继续。",
  mustNotGoOn: "发布不能继续。",
  notWaited: "还没有运行等待其结果。",
} as const;

const html: HtmlReportWords = {
  skipToUrls: "跳到 URL 列表",
  conclusion: (counts, release) => `${counts}。${CONCLUSIONS[release]}`,
  facts: {
    urls: "URL",
    preloaded: "已预热",
    failed: "失败",
    notSettled: "尚无结果",
    lowestShare: "最低节点占比",
    time: "用时",
    apiCalls: "API 调用",
  },
  whatEndedIt: "结束原因",
  byCause: "未预热的 URL，按原因分组",
  requestId: "请求 ID",
  progress: "进度",
  urls: "URL",
  urlsCaption: "所有 URL 及其节点占比",
  urlColumns: {
    number: "#",
    url: "URL",
    state: "状态",
    pops: "节点占比",
    retCode: "RetCode",
    task: "任务 ID 和请求 ID",
    why: "原因和处理方法",
  },
  search: "搜索 URL、任务和原因",
  state: "状态",
  domain: "域名",
  all: "全部",
  notPreloaded: "未预热",
  showAll: "清除筛选",
  copy: "复制",
  copyNamed: "复制请求 ID {id}",
  copied: "已复制",
  notCopied: "未能复制，请手动选中该 ID",
  previousPage: "上一页",
  nextPage: "下一页",
  pageOfAll: "第 {first} 到 {last} 个 URL，共 {shown} 个",
  pageOfMatches: "第 {first} 到 {last} 个匹配的 URL，共 {shown} 个（全部 {all} 个）",
  noMatch: "共 {all} 个 URL，没有匹配的",
  tasks: "任务",
  ticketHint: "提交工单时请附上任务 ID 和请求 ID。",
  tasksCaption: "所有任务，按域名列出",
  taskColumns: {
    task: "任务 ID",
    domain: "域名",
    status: "状态",
    retCode: "RetCode",
    process: "节点进度",
    created: "创建时间",
    ended: "结束时间",
    requestId: "请求 ID",
    evidence: "依据",
  },
  evidence: { detail: "明细", statusOnly: "仅状态" },
  footer: ({ tool, command, startedAt, endedAt }) =>
    `${tool.name} ${tool.version}，${command}；${gate.instant(startedAt)} 至 ${gate.instant(endedAt)}。查询参数已略去。`,
};

const chart: ChartWords = {
  noProgress: "尚未轮询任务，因此没有进度可以显示。",
  tooShort: ({ elapsedMs, polls }) =>
    `没有图表：运行只用了 ${durationText(elapsedMs)}，其间 ${polls} 次轮询有进度。`,
  title: "进度随时间的变化",
  summary: ({ elapsedMs, processPercent, preloaded, failed, urls }) =>
    `${durationText(elapsedMs)}后：${processPercent}% 的节点已完成，${urls} 个 URL 中 ${preloaded} 个已预热，${failed} 个失败。`,
  legend: {
    pops: "任务已完成的节点占比",
    preloaded: "已预热的 URL",
    failed: "失败的 URL",
  },
  sameAsTable: "以表格显示",
  columns: { after: "时间", pops: "节点", preloaded: "已预热", failed: "失败" },
};

export const reports: ReportWords = {
  languageTag: LANGUAGE_TAG,
  gate,
  text,
  markdown,
  junit: {
    shareOfPops: (percent) => `节点占比：${percent}%`,
    stillRuns: "其任务仍在进行",
  },
  html,
  chart,
  shards: {
    heading: "分片",
    caption: "此处合并的各个门禁",
    columns: { shard: "分片", verdict: "判定", urls: "URL", next: "结束的原因和处理方法" },
  },
  notWritten: (file, why) => `未能写入 ${file}：${why}`,
  reportNotWritten: (kind, file, why) => `未能写入 ${kind} 报告 ${file}：${why}`,
};
