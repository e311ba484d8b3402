import type { Catalogue } from "../catalogue";
import type { Words } from "../words";
import { after, before, durationText, withoutStop } from "./lists";

/** Where a front's settings are configured. */
export function configText({ reader: { front } }: Words): string {
  return front.config === "provider" ? "provider 配置" : "stack 配置";
}

export const aUrl = "某个 URL";
export const wrongAnswer: Catalogue["wrongAnswer"] = (problem) => `响应${after(problem)}`;
export const request: Catalogue["request"] = (requestId) => `请求 ID ${requestId}`;
export const tasks: Catalogue["tasks"] = (taskIds) => `任务 ${taskIds.join("、")}`;
export const familySentence: Catalogue["familySentence"] = (family, observed) =>
  `${family}${observed.length > 0 ? `（${observed.join("，")}）` : ""}。`;
export const joined: Catalogue["joined"] = (sentences) => sentences.join("");

export const origins: Catalogue["origins"] = {
  named: ({ name }) => name,
  config: ({ setting }, words) => `${configText(words)}中的 ${words.setting(setting)}`,
  environment: ({ id, secret }) => `环境变量 ${id} 和 ${secret}`,
  profile: ({ name, file }) => `${file ? `${file} 中的` : ""}配置（profile）${JSON.stringify(name)}`,
  credentialsUri: () => "凭据 URI（credentials URI）",
  defaultChain: () => "默认凭据链",
  ecsRole: ({ roleName }) => `ECS 实例的 RAM 角色 ${JSON.stringify(roleName)}`,
  oidcRole: ({ roleArn }) => `通过 OIDC Token 扮演的角色 ${roleArn}`,
  assumedRole: (origin, words) =>
    `通过${before(after(words.origin(origin.with)))}扮演的角色 ${origin.roleArn}`,
  unclear: () => "所配置的访问凭据",
};

export const identitySettings: Catalogue["identitySettings"] = {
  setting: ({ name }, words) => words.setting(name),
  variable: ({ name }) => name,
  named: ({ name }) => name,
};

export const networkFaults: Catalogue["networkFaults"] = {
  noConnection: ({ withinMs }) => `${withinMs} ms 内未能建立连接`,
  noAnswer: ({ withinMs }) => `${withinMs} ms 内未收到完整响应`,
  tooLong: ({ mostBytes }) => `响应超过 ${mostBytes} 字节`,
  words: ({ words }) => words,
};

export const credentialsFaults: Catalogue["credentialsFaults"] = {
  timeout: ({ timeoutMs }) => `（${timeoutMs} ms 内无响应）`,
  emptyKey: () => "（AccessKey 为空）",
  noUri: () => "（未设置凭据 URI）",
  fileNotReadable: ({ file }) => `（无法读取 ${file}）`,
  noProfiles: ({ file }) => `（${file} 中没有任何 profile）`,
  unknown: () => "",
  failure: ({ failure }, words) => `（${withoutStop(words.failure(failure))}）`,
  words: ({ words }) => `（${words}）`,
};

export const doubts: Catalogue["doubts"] = {
  otherSpelling: () => "URL 写法不同",
  timeUnclear: () => "时间没有时区或无法识别",
  inFuture: () => "时间在未来",
  afterExpiry: () => "时间晚于该提交的失效时间",
  beforeSubmission: ({ earlyMs }) => `时间比提交的发送时间早 ${durationText(earlyMs)}`,
};

/** What follows the name of a source of URLs. */
export const sourceFaults: Catalogue["sourceFaults"] = {
  utf16: () => "似乎是没有 BOM 的 UTF-16 文本，请另存为 UTF-8",
  unknownEncoding: ({ encoding }) => `声明了未知的编码 ${encoding}，请另存为 UTF-8`,
  wrongBytes: ({ line, encoding }) =>
    `第 ${line} 行含有不属于 ${encoding.toUpperCase()} 的字节，请另存为 UTF-8`,
  notXml: ({ words }) => `不是格式正确的 XML（${words}）`,
  notASitemap: () => "既不是站点地图（<urlset>），也不是站点地图索引（<sitemapindex>）",
  tooLarge: ({ mostMegabytes }) => `超过了站点地图的大小上限（${mostMegabytes} MB）`,
  words: ({ words }) => words,
};
