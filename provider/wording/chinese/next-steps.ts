import type { Catalogue } from "../catalogue";
import type { Words } from "../words";
import { advice } from "./advice";

/** What comes last of the reasons in a deployment. */
export const nextSteps: Catalogue["nextSteps"] = {
  repairElsewhere: () => "下一步：修复所提交的预热，然后再次运行 `pulumi up`。本门禁自身不提交任何内容。",
  fixCause: () => "下一步：解决问题，然后再次运行 `pulumi up`。它只提交失败的部分，并等待其余部分。",
  mayHaveBeenAccepted: (_, { setting }) =>
    `下一步：稍后再次运行 \`pulumi up\`。它不会重复提交服务可能已受理的内容。如需全部重新开始，请修改 \`${setting("triggers")}\`。`,
  fixNamed: () => "下一步：解决上述问题，然后再次运行 `pulumi up`。它不会重复提交仍在进行的内容。",
  goOn: () => "下一步：再次运行 `pulumi up`。它会继续处理同一批任务，不会重复提交仍在进行的内容。",
};

/** How to submit again no more than what failed, as the end of a sentence. */
function submitAgain({ reader: { memory, front } }: Words): string {
  if (memory.kind === "watching") return "用 `cdn-preload-gate run` 重新提交这些 URL";
  if (memory.kind === "nothing") {
    return "只用这些 URL 再次运行（没有 --state 时，运行会提交给出的所有 URL）";
  }
  if (front.family === "pulumi") return "再次运行 `pulumi up`，它只提交失败的部分";
  if (front.family === "code") return "带上 `previous` 再次运行，它只提交失败的部分";
  return "使用同一个 --state 文件再次运行，它只提交失败的部分";
}

export const urlAdvice: Catalogue["urlAdvice"] = {
  originFails: (_, words) =>
    `源站返回了服务器错误。请直接访问源站上的该 URL，修复该错误，然后${submitAgain(words)}。`,
  originRefuses: () =>
    "源站上没有该文件，或拒绝了 CDN 的回源请求。请检查文件是否已部署，以及源站的访问规则。",
  originTooSlow: (_, words) =>
    `源站未及时响应。请检查源站负载，并确认已放行 CDN 的回源地址，然后${submitAgain(words)}。`,
  cdnFails: (_, words) =>
    `CDN 内部出错。请${submitAgain(words)}。如果仍然失败，请将任务 ID 和请求 ID 提交给阿里云技术支持。`,
  originUnknown: (_, words) => `请直接访问源站上的该 URL，确认其能正常响应，然后${submitAgain(words)}。`,
  tooFewPops: (_, words) =>
    `已缓存的节点少于 ${words.setting("minSuccessPercent")} 的要求。请降低该值，或${submitAgain(words)}。`,
  submitAgain: (_, words) =>
    words.reader.memory.kind === "stateFile"
      ? "请再次运行，届时会提交尚未提交的部分。"
      : `尚未提交。请${submitAgain(words)}。`,
  waitForTask: ({ taskIds }, words) =>
    words.reader.memory.kind === "stateFile"
      ? `请等待其任务：\`cdn-preload-gate wait\`，或用更长的 ${words.setting("timeout")} 再次运行。`
      : `请等待其任务：\`cdn-preload-gate wait ${taskIds.join(",")}\`。`,
  findOut: ({ taskIds }, words) => {
    if (words.reader.memory.kind === "stateFile") {
      return "请使用同一个 --state 文件再次运行，它会先查询结果，然后才会提交其他内容。";
    }
    const find =
      taskIds.length === 0
        ? "在 CDN 控制台中查找"
        : `用 \`cdn-preload-gate status ${taskIds.join(",")}\` 查询`;
    return `请先确认其结果：${find}。然后${submitAgain(words)}。`;
  },
  notUnderstood: (_, words) => advice.malformedAnswer(words),
};
