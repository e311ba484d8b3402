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

export const refusedKeys: Catalogue["refusedKeys"] = {
  secretDiffers: ({ shortId }) => `AccessKey Secret 与 AccessKey ID ${shortId} 不匹配。`,
  keyUnknown: ({ shortId }) => `服务端没有 AccessKey ID ${shortId}。`,
  keyDisabled: ({ shortId }) => `AccessKey ID ${shortId} 已被禁用。`,
  tokenExpired: ({ shortId }) => `AccessKey ID ${shortId} 的安全令牌（SecurityToken）已过期。`,
  tokenDiffers: ({ shortId }) => `安全令牌（SecurityToken）与 AccessKey ID ${shortId} 不匹配。`,
};

export const refusedKeyAdvice: Catalogue["refusedKeyAdvice"] = {
  secretDiffers: ({ shortId }) =>
    `请使用与 AccessKey ID ${shortId} 一同创建的 AccessKey Secret。如果已丢失，请在 RAM 控制台创建新的 AccessKey。`,
  keyUnknown: () =>
    "请检查 AccessKey ID 是否有误。如果该 AccessKey 已被删除，请在 RAM 控制台创建新的 AccessKey。",
  keyDisabled: () => "请在 RAM 控制台启用该 AccessKey，或换用其他 AccessKey。",
  tokenExpired: () => "请获取新的临时凭据：AccessKey ID、AccessKey Secret 和安全令牌必须成套使用。",
  tokenDiffers: () =>
    "请使用同一组临时凭据中的 AccessKey ID、AccessKey Secret 和安全令牌。长期 AccessKey 不需要安全令牌：请清除 ALIBABA_CLOUD_SECURITY_TOKEN。",
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
