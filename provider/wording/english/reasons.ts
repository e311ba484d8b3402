import { showDuration } from "../../core/duration";
import type { TaskNote } from "../../core/reason-facts";
import type { Catalogue } from "../catalogue";
import { instantText, quote } from "../quotes";
import type { Words } from "../words";
import { startAgain } from "./advice";
import { countOf } from "./lists";

export const reasons: Catalogue["reasons"] = {
  sum: ({ verdict, counts, maxFailedUrls, waitedMs, isNotUnderstood }) => {
    const parts = [
      [counts.preloaded, "preloaded"],
      [counts.failed, "failed"],
      [counts.pending, "still pending"],
      [counts.unknown, "unknown"],
      [counts.notSubmitted, "not submitted"],
    ] as const;
    const sums = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
    const of = `of ${countOf(counts.urls, "URL")}: ${sums.join(", ") || "none known"}`;
    if (verdict === "failed") {
      return `CDN preload failed; ${of}${maxFailedUrls > 0 ? ` (up to ${maxFailedUrls} may fail)` : ""}.`;
    }
    const why = [
      ...(waitedMs === undefined ? [] : [` at the deadline, after ${showDuration(waitedMs)}`]),
      ...(isNotUnderstood ? [" because the service's answers could not be understood"] : []),
    ].join(",");
    return `CDN preload inconclusive${why}; ${of}.`;
  },
  url: ({ url, position, problem, task, words: said }, words) => {
    const quoted = said && !words.reader.urlsAreSecret ? ` The service says: ${quote(said)}` : "";
    return `${words.url(url, position)}: ${words.urlProblem(problem)}${taskText(task, words)}.${quoted}`;
  },
  taskFailed: ({ task }, words) => `The task failed and names no URL${taskText(task, words)}.`,
  taskSilent: ({ task }, words) => `The task is complete but names no URL${taskText(task, words)}.`,
  taskUnanswered: ({ taskId, task }, words) =>
    `Task ${taskId} ${task ? `has not ended${taskText(task, words)}` : "has not answered"}.`,
  more: ({ count }, { reader: { front } }) => {
    const where =
      front.family === "commandLine"
        ? "A report or --json has them all"
        : front.family === "pulumi"
          ? "The output `results` has them all"
          : "The outcome's `state` has them all";
    return `… and ${count} more. ${where}.`;
  },
  failure: ({ failure }, words) => words.explained(failure),
};

export const urlProblems: Catalogue["urlProblems"] = {
  outcomeOpen: () => "the service may or may not have accepted its submission, so it was not submitted again",
  taskFailed: ({ successPercent }) =>
    `preload failed, ${successPercent === undefined ? "and the answer has no row for it" : shareText(successPercent)}`,
  rowFailed: () => "preload failed",
  tooFewPops: ({ successPercent, minSuccessPercent }) =>
    `${shareText(successPercent)}, at least ${minSuccessPercent > 0 ? `${minSuccessPercent}%` : "one POP"} must`,
  statusOnly: (_, words) =>
    `its task is complete by status-only evidence, which this gate does not accept. If details are no longer available, ${startAgain(words)}`,
  olderTask: ({ creationTime, endTime, submittedAtMs }) => {
    const times = [
      `created ${creationTime}`,
      ...(endTime === undefined || endTime === creationTime ? [] : [`ended ${endTime}`]),
      ...(submittedAtMs === undefined ? [] : [`submitted ${instantText(submittedAtMs)}`]),
    ];
    return `the service shows a task that is older than this submission (${times.join(", ")}), which proves nothing`;
  },
  notSubmitted: () => "it was not submitted",
  rowsNotShown: ({ count }) =>
    `the service counts ${count} more of its task than it shows, so nothing passes on the rest`,
  otherTaskNotVisible: ({ taskIds }) => `task ${taskIds.join(", ")} may hold it too and is not visible yet`,
  notUnderstood: () => "no answer about its task could be understood",
  running: () => "its task still runs",
  notVisible: () => "its task is not visible yet",
  unknownStatus: ({ status }) => `its task has the undocumented status ${quote(status)}`,
  noRow: () => "its task ended without a row for it",
  taskGone: () => "its task is unknown to the service or older than three days",
};

function shareText(percent: number): string {
  return `${percent}% of POPs hold it`;
}

function taskText(task: TaskNote | undefined, { reader: { urlsAreSecret } }: Words): string {
  if (!task) return "";
  const facts = [
    `task ${task.taskIds.join(", ")}`,
    ...(task.domain && !urlsAreSecret ? [`domain ${task.domain}`] : []),
    ...(task.retCode === undefined ? [] : [`RetCode ${task.retCode}`]),
    ...(task.status === undefined ? [] : [`status ${task.status}`]),
    ...(task.processPercent === undefined ? [] : [`${task.processPercent}% of POPs done`]),
    ...(task.isStatusOnly ? ["status-only evidence"] : []),
    ...(task.requestId ? [`request ${task.requestId}`] : []),
  ];
  return ` (${facts.join(", ")})`;
}
