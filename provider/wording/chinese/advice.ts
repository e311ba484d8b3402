import type { Failure } from "../../core/failure-facts";
import type { Catalogue } from "../catalogue";
import { idsAsArgument, isToResume, remembers } from "../resuming";
import type { Words } from "../words";

/** How to run once more, as the beginning of a sentence. */
function runAgain({ reader: { front, memory } }: Words): string {
  if (front.family === "pulumi") return "请再次运行 `pulumi up`";
  if (front.family === "code") return "请将本次结果的 `state` 作为 `previous` 再次运行门禁";
  return memory.kind === "stateFile" ? "请使用同一个 --state 文件再次运行" : "请再次运行";
}

/** How to start all over, after a word such as `请`. */
export function startAgain({ reader: { front, memory }, setting }: Words): string {
  if (front.family === "pulumi") return `修改 \`${setting("triggers")}\``;
  if (front.family === "code") return `在不带 \`${setting("triggers")}\` 的情况下运行`;
  return memory.kind === "stateFile" ? "指定另一个 --trigger，或删除 --state 文件" : "再次运行";
}

export const advice: Catalogue["advice"] = {
  usage: () => "请更正上述信息指出的输入。未发送任何请求。",
  credentials: ({ reader: { front }, setting }) => {
    const variables = "ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    if (front.config === "provider")
      return `请设置 ${setting("accessKey")} 和 ${setting("secretKey")}（\`pulumi config set --secret ${setting("secretKey")}\`），或在 provider 资源中设置。`;
    if (front.family === "pulumi")
      return `请在 stack 配置中设置 ${setting("accessKey")} 和 ${setting("secretKey")}（使用 --secret），或设置环境变量 ${variables}。`;
    if (front.family === "code")
      return `请向会话传入 ${setting("accessKey")} 或 ${setting("profile")}，或设置环境变量 ${variables}。`;
    return `请指定 ${setting("profile")}，或设置环境变量 ${variables}。`;
  },
  permission: () => "请授予上述信息指出的 RAM 操作权限。README 中有最小权限策略。",
  otherAccount: (words) =>
    `请使用当初提交时的 AccessKey，或同一账号的其他 AccessKey。如需用当前账号重新开始，请${startAgain(words)}，此时会重新提交所有 URL。`,
  notOnAllowList: () => "请联系阿里云客户经理，为该账号开通 DescribePreloadDetailById 的白名单。",
  quota: () => "请等待配额重置（00:00 UTC+8），减少预热的 URL，或申请提升配额。",
  queueFull: (words) =>
    `${runAgain(words)}，但需等待正在进行的预热结束。${words.reader.memory.kind === "watching" ? "" : "已受理的内容会保留。"}`,
  throttled: ({ setting }) => `请调低 ${setting("callsPerSecond")}，或减少同时使用该账号的流水线。`,
  transient: (words) =>
    `${runAgain(words)}。${remembers(words.reader.memory) ? "它会继续处理已知的任务，不会重复提交。" : ""}`,
  unreachable: ({ setting }) => `请检查网络、代理设置（HTTPS_PROXY、NO_PROXY）以及 ${setting("endpoint")}。`,
  skew: () => "请校准本机时钟。",
  taskUnknown: () => "请检查任务 ID，并确认该任务属于当前账号。",
  taskTooOld: (words) =>
    words.reader.memory.kind === "watching"
      ? "已无法查询其结果。请重新预热这些 URL。"
      : `已无法查询其结果。如需重新预热，请${startAgain(words)}。`,
  rejected: () => "请更正服务返回信息指出的问题，例如格式错误的 URL，或不是由该账号加速的域名。",
  outcomeUnknown: (words) =>
    remembers(words.reader.memory)
      ? `请稍后再试：${runAgain(words)}，它会先查找该次提交的任务，然后才会提交其他内容。`
      : "在重新提交之前，请先在 CDN 控制台的预热操作记录中查找这些 URL。",
  purgeFailed: (words) => `${runAgain(words)}，它会对上述信息指出的 URL 重新刷新，然后预热。`,
  malformedAnswer: () =>
    "请再次运行。如果仍然失败，可能是您与服务之间的某个环节改动了响应，请附上请求 ID 反馈该问题。",
  unknownServiceCode: () => "请使用请求 ID 在阿里云错误中心查询该错误码。",
  stateUnsaved: () =>
    "请保留任务 ID，并用 `cdn-preload-gate wait <task ids>` 等待这些任务。在没有该状态的情况下再次运行会重新提交这些 URL。",
  internal: ({ reader: { front } }) =>
    front.family === "commandLine"
      ? "请附上堆栈信息（使用 --verbose 输出）反馈该问题。已提交的任务会继续进行。"
      : front.family === "pulumi"
        ? "请附上错误信息反馈该问题。已提交的任务会继续进行。"
        : "请附上错误的 `cause` 反馈该问题。已提交的任务会继续进行。",
  timeout: (words) =>
    `${runAgain(words)}，以继续等待同一批任务，或调大 ${words.reader.front.family === "commandLine" ? words.setting("timeout") : `\`${words.setting("timeout")}\``}。`,
  interrupted: (words) => `${runAgain(words)}，以继续等待。预热本身会继续进行。`,
};

export function adviceWithoutMemory(failure: Failure, words: Words): string | undefined {
  const { memory } = words.reader;
  if (memory.kind !== "nothing" || !memory.hasSubmitted) return undefined;
  const goesOn = isToResume(failure.code);
  if (memory.isInDoubt) {
    const first = goesOn ? "" : advice[failure.code](words);
    const status =
      memory.taskIds.length === 0
        ? ""
        : `，并用 \`cdn-preload-gate status ${idsAsArgument(memory.taskIds)}\` 查询`;
    return `${first}请先确认服务是否已受理该次提交：在 CDN 控制台的预热操作记录中查找这些 URL${status}。没有 --state 时，再次运行并不了解本次运行，会重新提交这些 URL。`;
  }
  if (!goesOn) return undefined;
  return `请用 \`cdn-preload-gate wait ${idsAsArgument(memory.taskIds)}\` 继续等待，或改用 \`status\` 查询一次。没有 --state 时，再次运行并不了解本次运行，会重新提交所有 URL。`;
}
