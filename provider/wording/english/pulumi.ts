import type { PulumiWords } from "../pulumi-words";

export const pulumi: PulumiWords = {
  notPassed: {
    otherInputs: () =>
      "its saved verdict is about other inputs than this program's; run `pulumi up` without --target, and give it no ignoreChanges or transform of its inputs.",
    doesNotWait: () => "it does not wait (wait: false); let a PreloadGate wait for its taskIds.",
    reasons: ({ reasons }) => reasons.join("\n"),
    verdict: ({ verdict }) => `its verdict is ${verdict}.`,
  },
  hasNotPassed: (gate, reason) => `${gate} has not passed: ${reason}`,
  theGate: "The gate",
  faults: {
    notImportable: ({ resource, name }) =>
      `${resource} ${name} cannot be imported: there is nothing to look up by an id. Take the option \`import\` away; to wait for a task that exists, give its id to a PreloadGate.`,
    notReadById: () =>
      "A preload cannot be read by an id. To wait for a task that exists, give its id to a PreloadGate.",
    noFiles: ({ folder }) => `There is no file under ${folder}.`,
    staysUnhealthy: ({ name = "It" }) => `${name} stays marked as unhealthy; its own row says why.`,
    unknownSetting: ({ setting, settings, meant }, words) =>
      `${setting} is no setting; there are ${settings.join(", ")}.${meant === undefined ? "" : ` Did you mean ${words.setting(meant)}?`}`,
    settingOfPlugin: ({ setting, own }, words) =>
      `${setting} is a setting of the plugin; this package reads ${words.setting(own)}. Set that one.`,
    importId: ({ resource, problem }, words) =>
      `A ${resource} is imported by the id of a preload task, as PushObjectCache and the console tell it, or by several with commas; this id ${words.problem(problem)}.`,
    nothingToImport: ({ taskIds }) =>
      `There is nothing to import: the service does not know the task ${taskIds.join(", ")}. It knows a task for three days, to the account that started it.`,
    oneAccount: () =>
      "A plugin that was started by hand serves one account. To use several provider resources, run `pulumi` without PULUMI_DEBUG_PROVIDERS.",
    unknownFunction: ({ token }) => `This plugin has no function ${token}.`,
    unknownResource: ({ token, tokens }) =>
      `${token} is no resource of this plugin; there are ${tokens.join(" and ")}.`,
    inputsMissing: () =>
      "Give the gate's inputs too (urls or taskIds, and what else the gate has of triggers, gate, area and so on): a verdict about others must not pass.",
    sdkMissing: () =>
      "The resources of cdn-preload-gate need the Pulumi SDK (npm install @pulumi/pulumi); cdn-preload-gate/gate, cdn-preload-gate/urls and cdn-preload-gate/emulator work without it.",
    sdkOfOtherVersion: ({ oldest, before, found }) =>
      `The resources of cdn-preload-gate need @pulumi/pulumi ${oldest} or later, before version ${before}; this is ${found}.`,
  },
};
