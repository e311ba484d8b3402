import type { PulumiWords } from "../pulumi-words";
import { before } from "./lists";

export const pulumi: PulumiWords = {
  notPassed: {
    otherInputs: () =>
      "已保存的判定针对的不是本程序的输入。请在不带 --target 的情况下运行 `pulumi up`，并且不要对其输入使用 ignoreChanges 或 transform。",
    doesNotWait: () => "它不等待结果（wait: false）。请用 PreloadGate 等待其 taskIds。",
    reasons: ({ reasons }) => reasons.join("\n"),
    verdict: ({ verdict }) => `其判定为 ${verdict}。`,
  },
  hasNotPassed: (gate, reason) => `${before(gate)}未通过：${reason}`,
  theGate: "门禁",
  faults: {
    notImportable: ({ resource, name }) =>
      `${resource} ${name} 无法导入：没有可以凭 ID 查找的内容。请去掉选项 \`import\`；如需等待已有的任务，请将其 ID 交给 PreloadGate。`,
    notReadById: () => "预热无法凭 ID 读取。如需等待已有的任务，请将其 ID 交给 PreloadGate。",
    noFiles: ({ folder }) => `${folder} 下没有文件。`,
    staysUnhealthy: ({ name = "该资源" }) => `${before(name)}仍标记为异常，原因见其自身的行。`,
    unknownSetting: ({ setting, settings, meant }, words) =>
      `没有 ${setting} 这一设置，可用的有 ${settings.join("、")}。${meant === undefined ? "" : `您是否想设置 ${words.setting(meant)}？`}`,
    settingOfPlugin: ({ setting, own }, words) =>
      `${setting} 是插件的设置，而本软件包读取的是 ${words.setting(own)}。请设置后者。`,
    importId: ({ resource, problem }, words) =>
      `${resource} 通过预热任务的 ID 导入（由 PushObjectCache 返回，也可在控制台查看），多个 ID 用逗号分隔。该 ID ${words.problem(problem)}。`,
    nothingToImport: ({ taskIds }) =>
      `没有可导入的内容：服务没有任务 ${taskIds.join("、")} 的记录。任务只保留三天，且仅对发起它的账号可见。`,
    oneAccount: () =>
      "手动启动的插件只服务一个账号。如需使用多个 provider 资源，请在不设置 PULUMI_DEBUG_PROVIDERS 的情况下运行 `pulumi`。",
    unknownFunction: ({ token }) => `本插件没有函数 ${token}。`,
    unknownResource: ({ token, tokens }) => `${token} 不是本插件的资源，可用的有 ${tokens.join(" 和 ")}。`,
    inputsMissing: () =>
      "还请给出门禁的输入（urls 或 taskIds，以及门禁的 triggers、gate、area 等其他输入）：针对其他输入的判定不能通过。",
    sdkMissing: () =>
      "cdn-preload-gate 的资源需要 Pulumi SDK（npm install @pulumi/pulumi）；cdn-preload-gate/gate、cdn-preload-gate/urls 和 cdn-preload-gate/emulator 不需要它。",
    sdkOfOtherVersion: ({ oldest, before, found }) =>
      `cdn-preload-gate 的资源需要 @pulumi/pulumi ${oldest} 或更高、低于 ${before} 的版本，当前为 ${found}。`,
  },
};
