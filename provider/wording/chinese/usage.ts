import type { StateFileCause } from "../../core/failure-facts";
import type { UrlPlace } from "../../core/url-place";
import type { Catalogue } from "../catalogue";
import { quote } from "../quotes";
import type { ArgumentFault, SourceFault, UrlSource, UsageFault, ValueFault } from "../usage-faults";
import type { ByKind, Words } from "../words";
import { configFileFaults } from "./config-file";
import { leftOutOf } from "./left-out";
import { after, allOf, before, withoutStop } from "./lists";

const argumentFaults: ByKind<ArgumentFault> = {
  unknownOption: ({ name, similar }) => `未知选项 '${name}'${didYouMean(similar)}`,
  unknownCommand: ({ name, similar }) => `未知命令 '${name}'${didYouMean(similar)}`,
  argumentMissing: ({ name }) => `缺少必需的参数 '${name}'`,
  valueMissing: ({ option }) => `选项 '${option}' 缺少取值`,
  givenTwice: ({ option }) => `选项 '${option}' 重复给出，它只接受一个值`,
  tooManyArguments: ({ command, most, given }) =>
    `${command === "" ? "" : `'${command}' 的`}参数过多：最多 ${most} 个，实际给出 ${given} 个。`,
  withoutCalls: ({ option, command }) => `'${command}' 不调用服务，因此选项 '${option}' 对它没有意义`,
  givenBoth: ({ options }) => `${allOf(options.map((option) => `'${option}'`))} 互相矛盾，请只给出其中一个`,
  valueNotValid: ({ of, name, value, variable, why }, words) => {
    const what =
      of === "argument"
        ? `参数 '${name}' 的值 '${value}' 无效`
        : variable === undefined
          ? `选项 '${name}' 的值 '${value}' 无效`
          : `选项 '${name}' 的值 '${value}'（来自环境变量 '${variable}'）无效`;
    return `${what}：${valueFault(why, words)}`;
  },
};

function didYouMean(similar: readonly string[]): string {
  if (similar.length === 0) return "";
  return `\n（您是否想输入 ${similar.join("、")}？）`;
}

function valueFault(why: ValueFault, words: Words): string {
  switch (why.kind) {
    case "problem":
      return `${words.problem(why.problem)}。`;
    case "notAllowed":
      return `可选值为 ${why.choices}。`;
    case "said":
      return why.words;
  }
}

const sourceFaults: ByKind<SourceFault> = {
  noUrls: () =>
    "没有需要预热的 URL：请将 URL 作为参数给出，或使用 --urls-file、--sitemap，或 --dir 和 --base。",
  folderMissing: ({ options }) =>
    `${allOf(options.map((name) => `--${name}`))} 需要与 --dir 一起使用，但没有给出 --dir。`,
  notAFileName: ({ option, found }) =>
    `--${option} 的取值是文件名，例如 index.html，而不是 ${quote(found)}。`,
  baseMissing: () => "--dir 需要 --base，即该目录在 CDN 上的地址：--base https://cdn.example.com/",
  basesDiffer: ({ folders, bases }) =>
    `每个 --dir 都需要按相同顺序给出各自的 --base：现有 ${folders} 个 --dir 和 ${bases} 个 --base。`,
  notAUrlButAFile: ({ place, argument, is, meant }) =>
    `参数 ${place}: ${argument} 是${is === "folder" ? "目录" : "文件"}，您是否想输入 ${meant}？`,
  urlsNotValid: ({ urls, more }, words) =>
    [
      ...urls.map(({ from, url, problem }) => `${placeText(from)}: ${url} ${words.problem(problem)}`),
      ...(more > 0 ? [`……另有 ${more} 个`] : []),
    ].join("\n"),
  sourceNotReadable: ({ source, why }) => `无法读取${after(sourceText(source))}：${why}。`,
  folderEmpty: ({ folder, leftOut }) => {
    const others = leftOutOf(leftOut);
    return `目录 ${folder} 中没有符合 --include 和 --exclude 的文件。${others === "" ? "" : `另外略去了${after(others)}。`}`;
  },
};

function placeText(from: UrlPlace): string {
  switch (from.kind) {
    case "argument":
      return `参数 ${from.place}`;
    case "line":
      return `${before(from.file ?? "标准输入")}第 ${from.line} 行`;
    case "sitemap":
      return `${from.file} 第 ${from.place} 个 URL`;
    case "file":
      return from.file;
  }
}

function sourceText(source: UrlSource): string {
  if (source.kind === "standardInput") return "标准输入";
  const names = { list: "文件", sitemap: "站点地图", folder: "目录" } as const;
  return `${names[source.kind]} ${source.path}`;
}

export const usage: ByKind<UsageFault> = {
  ...argumentFaults,
  ...sourceFaults,
  ...configFileFaults,
  manifestNotReadable: ({ file, why }) => `无法读取清单 ${file}：${why}。`,
  noManifest: ({ file }) =>
    `文件 ${file} 不是清单，或已损坏。未提交任何内容。请删除该文件，下次运行会预热所有文件。`,
  manifestNewer: ({ file }) =>
    `清单 ${file} 由更新版本的 cdn-preload-gate 写入。未提交任何内容。请升级 cdn-preload-gate，或指定另一个文件。`,
  headerNotValid: ({ place }) => `第 ${place} 个 --header 不是 "Name: value" 的形式。`,
  reportNotValid: ({ text, kinds }) =>
    `--report ${text} 不是 kind=file 的形式，其中 kind 为 ${kinds.join("、")} 之一。`,
  taskIdsNotValid: ({ problem }, words) => `任务 ID 列表${after(words.problem(problem))}。`,
  triggerWithoutState: () => "--trigger 需要与 --state 一起使用，但没有给出 --state。",
  stateFile: ({ fault, submitted }, words) => {
    const known = { nothing: "未提交任何内容。", unclear: "可能有一次提交正在进行。" };
    return `${words.stateFile(fault)}${submitted === undefined ? "" : known[submitted]}`;
  },
  documentNotReadable: ({ file, why }) =>
    `无法读取文档 ${file}：${withoutStop(why)}。未合并任何内容。应写入该文档的分片可能在写入之前就已结束。`,
  documentNotOfAGate: ({ file }) =>
    `${file} 不是门禁的文档。未合并任何内容。请指定 run、submit、wait 或 status 用 --report json=FILE 或 --json 写出的文件。`,
  documentTwice: ({ file }) => `文档 ${file} 指定了两次。未合并任何内容。`,
  mergedNameNotKnown: ({ file, endings }) =>
    `--out ${file} 没有说明要写哪种报告：文件名必须以 ${endings.join("、")} 结尾。`,
  reportMissing: ({ file }) => `没有报告 ${file}。请用 --report html=${file} 写出报告，或指定其他文件。`,
  reportNotHtml: ({ file }) => `${file} 不是 HTML 报告：文件名必须以 .html 结尾。`,
  severalLines: ({ input }) => `输入 ${input} 只接受一个值，但给出了多行。`,
  inputNotAFlag: ({ input, found }) =>
    `输入 ${input} 必须是 true 或 false，而不是 ${JSON.stringify(found)}。`,
  failure: ({ failure }, words) => words.failure(failure),
  said: ({ words }) => words,
};

export const stateFiles: Catalogue["stateFiles"] = {
  otherEndpoint: ({ file, savedEndpoint, endpoint }) =>
    notUsable(file, `它属于 ${savedEndpoint}，而本次运行使用 ${endpoint}`),
  noStateFile: ({ file }) => notUsable(file, "它不是本程序的状态文件"),
  notUsable: ({ file, why }, words) => notUsable(file, causeText(why, words)),
  newer: ({ file }) =>
    `状态文件 ${file} 由更新版本的 cdn-preload-gate 写入，已保持原样。未提交任何内容。请升级 cdn-preload-gate 后再次运行。`,
  notReadable: ({ file, why }, words) => `无法读取状态文件 ${file}：${causeText(why, words)}。`,
  notWritable: ({ file, why }, words) => `无法写入状态文件 ${file}：${causeText(why, words)}。`,
  notLockable: ({ file, why }, words) => `无法锁定状态文件 ${file}：${causeText(why, words)}。`,
  locked: ({ file, lock }) =>
    `另一个进程正在使用状态文件 ${file}：它在持续更新 ${lock}。请等待其结束，或指定另一个文件。`,
  lost: ({ file, lock, how }) => {
    const why = how === "lockRemoved" ? `其锁 ${lock} 已被删除` : "另一个进程已接管";
    return `状态文件 ${file} 不再归本进程使用：${why}。本进程不再写入，也不再提交任何内容。请等待另一个进程结束后再次运行。`;
  },
};

function notUsable(file: string, why: string): string {
  return `无法使用状态文件 ${file}：${why}。未提交任何内容。请指定另一个文件；如果其中的预热已无关紧要，也可以删除该文件。`;
}

/** A cause that a sentence goes on after. */
function causeText(why: StateFileCause, words: Words): string {
  return withoutStop(why.kind === "failure" ? words.failure(why.failure) : why.words);
}
