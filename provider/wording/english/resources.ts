import type { PlannedSubmission } from "../../core/plan-facts";
import type { Catalogue } from "../catalogue";
import { countOf } from "./lists";

export const plans: Catalogue["plans"] = {
  gate: ({ tasks }) => `would wait for ${countOf(tasks, "task")}; submits nothing`,
  create: ({ submits, waits, mergedSpellings }) =>
    [
      `${submitText(submits)}${waits ? ", then wait" : ""}`,
      ...(mergedSpellings > 0
        ? [`${countOf(mergedSpellings, "more spelling")} of the same URLs left out`]
        : []),
    ].join("; "),
  update: ({ submits, keptResults, openSubmissions, askedTasks }) => {
    const asks = [
      ...(keptResults > 0
        ? [`would keep the earlier result of ${countOf(keptResults, "URL")} wanted again`]
        : []),
      ...(openSubmissions > 0
        ? [
            `would look for the tasks of ${countOf(openSubmissions, "submission")} that the service may have accepted`,
          ]
        : []),
      ...(askedTasks > 0 ? [`would ask about ${countOf(askedTasks, "task")}`] : []),
    ];
    if (submits)
      return [...asks, `${submitText(submits)}: only what failed or was never accepted`].join("; ");
    const first = asks.length > 0 ? asks : ["would judge again"];
    return [...first, "nothing to submit by what is known now"].join("; ");
  },
};

function submitText({ urls, calls, purges }: PlannedSubmission): string {
  const first = purges > 0 ? `would purge ${countOf(purges, "URL")}, then ` : "would ";
  return `${first}submit ${countOf(urls, "URL")} in ${countOf(calls, "call")}`;
}

export const resourceNotes: Catalogue["resourceNotes"] = {
  letThroughNow: ({ verdict, reason }, { setting }) =>
    `The verdict is ${verdict}; ${setting("override")} lets it pass: ${reason}`,
  letThroughByOverride: ({ override, reasons }, { setting }) =>
    [`Let through by ${setting("override")}: ${override}`, ...reasons].join("\n"),
  letThroughByWarn: ({ reasons }, { setting }) =>
    [`Let through by ${setting("onInconclusive")} "warn".`, ...reasons].join("\n"),
  passedWithFailures: ({ failed, urls }, { setting }) =>
    `Passed although ${failed} of ${countOf(urls, "URL")} failed: ${setting("maxFailedUrls")} allows it.`,
  forgotten: () =>
    "Forgotten here. A preload cannot be undone: the POPs keep the files until they expire or are refreshed.",
  savedVerdictFails: () => "The saved verdict does not pass.",
  notRefreshed: ({ why }) => `Not refreshed. ${why}`,
  accountNotAsked: ({ why }) => `Not asked about the account. ${why}`,
  inputsNotValid: ({ problems }) => `The inputs are not valid: ${problems.join("; ")}`,
};
