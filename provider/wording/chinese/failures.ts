import type {
  AccessKeyField,
  CredentialsOrigin,
  FetchFault,
  Observed,
  RefusedDomain,
} from "../../core/failure-facts";
import type { Catalogue } from "../catalogue";
import { instantText, quote } from "../quotes";
import type { Words } from "../words";
import { after, allOf, before, durationText, firstOf } from "./lists";
import { configText } from "./parts";

/** URLs, rows and tasks that are named one by one. */
const MAX_NAMED = 5;

const KEY_FIELDS: Readonly<Record<AccessKeyField, string>> = {
  accessKeyId: "AccessKey ID",
  accessKeySecret: "AccessKey Secret",
  securityToken: "安全令牌（STS Token）",
};

export const observed: Catalogue["observed"] = {
  gaveUp: (attempts) => `尝试 ${attempts} 次后放弃。`,
  mayHaveBeenAccepted: "服务可能已受理该请求。",
};

/** `HTTP 400，请求 ID 12AB`: by what a log or a support ticket finds the answer. */
function answerText({ httpStatus, requestId }: Observed): string {
  return `HTTP ${httpStatus}，请求 ID ${requestId ?? "未返回"}`;
}

/** `PushObjectCache`; where no operation is known, what it was for. */
function operationOf({ operation }: Observed): string {
  return operation ?? "请求";
}

function refusedDomains(domains: readonly RefusedDomain[]): string {
  const names = domains.map(({ name, serviceCode }) => (serviceCode ? `${name}（${serviceCode}）` : name));
  return `服务拒绝了域名 ${names.join("、")}。`;
}

/** Where a credential comes from, with what stands around it. */
function fromText(origin: CredentialsOrigin, words: Words): string {
  return after(words.origin(origin));
}

function ofText(origin: CredentialsOrigin, words: Words): string {
  return before(words.origin(origin));
}

const callFailures = {
  callInterrupted: ({ wasSent }, { observed: seen }) =>
    `${before(operationOf(seen))}在${wasSent ? "等待响应时" : "发送之前"}被中断。`,
  notSent: ({ host, why }, { observed: seen, words }) =>
    `${before(operationOf(seen))}未能发送：无法连接 ${host}（${words.networkFault(why)}）。`,
  requestNotValid: ({ why }, { observed: seen, words }) =>
    `${before(operationOf(seen))}未发送：请求无效（${words.networkFault(why)}）。`,
  requestKeyNotValid: ({ why, from }, { observed: seen, words }) =>
    `${before(operationOf(seen))}未发送：请求无效（${words.networkFault(why)}）。AccessKey 或其令牌含有不可能出现的字符，其来源是${fromText(from, words)}。`,
  noCompleteAnswer: ({ host, why }, { observed: seen, words }) =>
    `${before(operationOf(seen))}未收到 ${host} 的完整响应（${words.networkFault(why)}）。`,
  refused: ({ code, words: said, from, key, domains }, { observed: seen, words }) => {
    const hint =
      code === "credentials"
        ? `访问凭据来自${fromText(from, words)}。`
        : code === "permission"
          ? `所需的 RAM 操作是 cdn:${operationOf(seen)}。`
          : "";
    const cause = key ? words.refusedKey(key) : domains ? refusedDomains(domains) : "";
    return `${cause}${operationOf(seen)}: ${seen.serviceCode}${said === undefined ? "" : `: ${said}`}（${answerText(seen)}）。${hint}`;
  },
  foreignAnswer: ({ contentType, start }, { observed: seen }) =>
    `${operationOf(seen)}：收到的不是该服务的 JSON 响应（HTTP ${seen.httpStatus}，${contentType ?? "没有 Content-Type"}）：${start === "" ? "内容为空" : JSON.stringify(start)}。`,
  malformedAnswer: ({ fault }, { observed: seen, words }) =>
    `${operationOf(seen)}: ${words.placed(fault)}（${answerText(seen)}）。`,
  heldBack: ({ pauseMs }, { observed: seen }) =>
    `${before(operationOf(seen))}未发送：服务要求在 ${durationText(pauseMs)}内不再发起此类调用，超过了剩余时间。`,
  notOnAllowList: ({ refusal }, { words }) => `该账号无权查询明细：${words.failure(refusal)}`,
} satisfies Partial<Catalogue["failures"]>;

const credentialsFailures = {
  keyEmpty: ({ field, from }, { words }) =>
    `${ofText(from, words)}的${before(after(KEY_FIELDS[field]))}为空。`,
  keyCharacter: ({ field, from, codePoint, position }, { words }) =>
    `${ofText(from, words)}的${before(after(KEY_FIELDS[field]))}含有不可能出现的字符：第 ${position} 位是 ${codePoint}。请重新复制。`,
  notRenewed: ({ from, why }, { words }) =>
    `未能从${before(fromText(from, words))}更新访问凭据${words.credentialsFault(why)}。`,
  notGiven: ({ failure, from }, { words }) =>
    `${words.failure(failure)}访问凭据本应来自${fromText(from, words)}。`,
  noneInProfile: ({ from, why }, { words }) =>
    `在${before(fromText(from, words))}中未找到访问凭据${words.credentialsFault(why)}。已尝试 ~/.aliyun/config.json 和凭据文件（~/.alibabacloud/credentials，或 ALIBABA_CLOUD_CREDENTIALS_FILE 指定的文件）。`,
  noneFrom: ({ from, why }, { words }) =>
    `${ofText(from, words)}未提供访问凭据${words.credentialsFault(why)}。没有尝试其他来源，因为那会是另一个身份。`,
  noneFound: ({ why, unsetVariables, isMetadataDisabled }, { words }) => {
    const unset = unsetVariables.length === 2 ? "均未设置" : `${unsetVariables.join("、")} 未设置`;
    const isPlugin = words.reader.front.config === "provider";
    const hint = isPlugin ? "alicloud provider 的设置对本 provider 不生效。" : "";
    return `未找到访问凭据${words.credentialsFault(why)}。已尝试：ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET（${unset}）、OIDC Token、~/.aliyun/config.json、凭据文件、ECS 元数据服务${isMetadataDisabled ? "（已禁用）" : ""}、ALIBABA_CLOUD_CREDENTIALS_URI。${hint}`;
  },
  searchInterrupted: () => "查找访问凭据时被中断。",
  credentialsHostUnreachable: ({ host, why }, { words }) =>
    `无法连接 ${host} 以获取访问凭据（${words.networkFault(why)}）。`,
  credentialsRefused: ({ host, words: said }, { observed: seen }) => {
    const refusal = [seen.serviceCode, said].filter(Boolean).join(": ");
    return `${host} 拒绝提供访问凭据：${refusal || "未说明原因"}（${answerText(seen)}）。`;
  },
  fileWithoutProfile: ({ setting }, { words }) =>
    `已设置 ${words.identitySetting(setting)}，但没有使用该文件中的任何 profile。请设置 ${words.setting("profile")} 或 ALICLOUD_PROFILE，或删除该文件的设置。`,
  severalIdentities: ({ settings }, { words }) =>
    `配置了多个身份：${allOf(settings.map((setting) => words.identitySetting(setting)))}。请只保留一个，以明确使用哪个账号。`,
  halfKeyInEnvironment: ({ missing }) =>
    `环境变量中的 AccessKey 不完整（${missing} 未设置）。没有尝试其他来源（例如 ~/.aliyun/config.json），因为那会是另一个身份。`,
  keysDiffer: ({ first, second }) =>
    `${first} 和 ${second} 中的 AccessKey 不一致。请只保留一个，以明确使用哪个账号。`,
  halfKeyInConfig: ({ missing }, { words }) =>
    `${configText(words)}中的访问凭据不完整：缺少 ${words.setting(missing)}。`,
  roleNotValid: ({ setting, fields }, { words }) =>
    `${configText(words)}中的 ${words.setting(setting)} 无法使用。以下字段缺失、不受支持或格式不对：${fields.map((field) => [words.setting(setting), field].filter(Boolean).join(".")).join("、")}。docs/configuration.md 列出了各字段。`,
} satisfies Partial<Catalogue["failures"]>;

const settingFailures = {
  settingNotValid: ({ setting, problem, found }, { words }) => {
    const name = words.setting(setting);
    const place = words.reader.front.config ? `${configText(words)}中的 ${name}` : name;
    return `${place} ${words.problem(problem)}${found === undefined ? "" : `，当前为 ${found}`}。`;
  },
  inputsNotValid: ({ problems }, { words }) => `${problems.map(words.placed).join("；")}。`,
  endpointNotAUrl: () => "服务接入点（endpoint）不是 https://cdn.aliyuncs.com 这样的 URL。",
  proxyNotAUrl: () => "HTTPS_PROXY 不是 http://proxy.example.com:3128 这样的 URL。",
  endpointNotSecure: ({ origin }) =>
    `服务接入点 ${origin} 必须使用 https。仅对本机（127.0.0.1、[::1]、localhost）允许使用 http。`,
  endpointWithPath: ({ origin }) => `服务接入点 ${origin} 的主机名之后不能有路径或查询参数。`,
  endpointWithUser: ({ host }) => `${host} 的服务接入点不能包含用户名或密码。请单独配置访问凭据。`,
  stateNotReadable: ({ field, problem }, { words }) =>
    `无法读取已保存的状态：${field === "" ? "状态本身" : field}: ${words.problem(problem)}。`,
  stateTooNew: ({ version, newestKnown }) =>
    `已保存的状态由更新的版本写入：其版本是 ${version}，而当前版本最高只能读取 ${newestKnown}。请升级 cdn-preload-gate。`,
} satisfies Partial<Catalogue["failures"]>;

const sourceFailures = {
  fileNameNotUtf8: ({ file }) =>
    `文件 ${file} 的名称不是 UTF-8，因此无法确定其 URL。请重命名，或用 exclude 排除。`,
  textNotReadable: ({ file = "标准输入", fault }, { words }) =>
    `${before(file)}${words.sourceFault(fault)}。`,
  sitemapNotReadable: ({ file, fault }, { words }) =>
    `${file === undefined ? "该站点地图" : `站点地图 ${file} `}${words.sourceFault(fault)}。`,
  sitemapLoop: ({ file, deepest }) => `站点地图 ${file} 引用了自身，或嵌套超过 ${deepest} 层。`,
  sitemapNotFetched: ({ url, redirectedTo, why }, { words }) => {
    const through = redirectedTo === undefined ? "" : ` → ${words.url(redirectedTo)}`;
    return `无法下载站点地图（${words.url(url)}${through}）：${fetchFaultText(why, words)}。`;
  },
  tooManySitemaps: ({ index, most }) =>
    `站点地图索引 ${index} 引用了超过 ${most} 个站点地图。请用 --sitemap 指定需要的站点地图。`,
  sitemapMissing: ({ index, location, lookedFor }) =>
    `站点地图索引 ${index} 引用了 ${location}，但同一目录下没有该文件（查找过 ${lookedFor.join("、") || "（无）"}）。程序不会下载任何内容：请将文件放到该目录，或直接指定各个站点地图。`,
} satisfies Partial<Catalogue["failures"]>;

const submissionFailures = {
  otherAccount: ({ keptUntilMs }, { observed: { taskIds = [] } }) => {
    const tasks = taskIds.length === 0 ? "" : `（${taskIds.join("、")}）`;
    const until = keptUntilMs === undefined ? "" : `至 ${instantText(keptUntilMs)}（最后一次提交之后三天）`;
    return `已保存的状态由另一个 AccessKey 产生，服务不向当前 AccessKey 显示其中的任何任务${tasks}。未提交任何内容。服务可能已受理的内容会继续保留记录${until}。`;
  },
  quotaTooSmall: ({ quota }, { words }) =>
    `未${quota.purpose === "purge" ? "刷新" : "预热"}任何 URL：${words.quota(quota)}。`,
  deadlineBeforeSubmission: () => "在提交完所有 URL 之前已超时。",
  submissionBroke: ({ why }) => `提交过程中程序内部出错：${why}。`,
  submissionOpen: ({ purpose, urls, sentAtMs, doubts }, { words }) => {
    const what = purpose === "purge" ? "刷新" : "提交";
    const { memory, front } = words.reader;
    const next =
      memory.kind === "nothing"
        ? "没有 --state 时，之后的运行无法查找其任务。"
        : front.family === "code"
          ? "下一次使用该 `state` 的运行会再次查找其任务。"
          : "下一次运行会再次查找其任务。";
    const found = doubts
      .slice(0, MAX_NAMED)
      .map(
        ({ url, taskId, rowUrl, creationTime, why }) =>
          `${words.url(url)} 对应任务 ${taskId}，其记录 ${JSON.stringify(words.url(rowUrl))}（${JSON.stringify(creationTime)}）的${words.doubt(why)}`,
      );
    const more = doubts.length > found.length ? `；另有 ${doubts.length - found.length} 条` : "";
    const look =
      front.family === "commandLine"
        ? "请用 `cdn-preload-gate status` 或在 CDN 控制台核对。"
        : "请在 CDN 控制台核对。";
    const inDoubt =
      doubts.length === 0
        ? ""
        : `查找结果中有可能属于该次提交的任务，但无法确定：${found.join("；")}${more}。${look}`;
    return `无法确认服务是否已受理该次${what}（${urls} 个 URL，发送于 ${instantText(sentAtMs)}）。${next}${inDoubt}`;
  },
  searchEnded: ({ unanswered, failure }, { words }) =>
    `${words.failure(unanswered)}${words.failure(failure)}`,
  purgeOpen: ({ urls }) => `无法确认服务是否已受理 ${urls} 个 URL 的刷新，因此没有预热这些 URL。`,
  purgeTooOld: ({ taskId }, { words }) => {
    const again = words.reader.memory.kind === "nothing" ? "" : "下一次运行会重新刷新其 URL。";
    return `刷新（任务 ${taskId}）已超过服务可查询的三天期限。${again}`;
  },
  purgeUnfinished: ({ taskIds }) =>
    `在刷新结束之前已超时（任务 ${firstOf(taskIds, MAX_NAMED)}）。之后没有预热任何 URL。`,
  purgeFailed: ({ urls }, { words }) => {
    const { urlsAreSecret } = words.reader;
    const all = urls.map(({ url, taskId, status, words: said }) => {
      const name = words.url(url);
      return `${name}（任务 ${taskId}，状态 ${status}${said && !urlsAreSecret ? `，${quote(said)}` : ""}）`;
    });
    return `预热前的刷新失败：${firstOf(all, MAX_NAMED)}。之后没有预热任何 URL。`;
  },
  stateUnsaved: ({ fault }, { words }) => words.stateFile(fault),
} satisfies Partial<Catalogue["failures"]>;

const runFailures = {
  taskUnknown: ({ taskId, answers }) =>
    `服务没有任务 ${taskId} 的记录（${answers === 1 ? "1 次响应" : `连续 ${answers} 次响应`}中均没有该任务）。`,
  deadlineBeforeEnd: ({ taskId, last }, { words }) =>
    `任务 ${taskId} 在截止时间之前没有结束。${last ? `最后一次响应：${words.failure(last)}` : ""}`,
  interrupted: () => "等待被中断。已提交的内容会继续进行。",
  deadlineWhileAsking: () => "门禁在等待服务响应时超时。已提交的内容会继续进行。",
  noAnswerInTime: ({ timeoutMs }) => `服务在 ${durationText(timeoutMs)}内没有响应。`,
  listenerFailed: ({ event, why }) => `运行的 "${event}" 事件的监听器出错：${why}。`,
  unexpected: ({ why }) => `发生意外错误：${why}。`,
} satisfies Partial<Catalogue["failures"]>;

export const failures: Catalogue["failures"] = {
  ...callFailures,
  ...credentialsFailures,
  ...settingFailures,
  ...sourceFailures,
  ...submissionFailures,
  ...runFailures,
};

function fetchFaultText(why: FetchFault, words: Words): string {
  switch (why.kind) {
    case "status":
      return `服务器返回 HTTP ${why.httpStatus}`;
    case "addressNotSafe":
      return why.origin === ""
        ? "它不是有效的地址"
        : `不访问 ${why.origin}。地址必须以 https:// 开头，且不含用户名或密码`;
    case "tooManyRedirects":
      return `重定向超过 ${why.most} 次`;
    case "network":
      return words.networkFault(why.why);
  }
}
