import { type AnsweredPart, type AnsweredRow, creationOf, isWorse, requestAndUnseen } from "./answered-part";
import { partKey, type TaskPart } from "./gate-state";
import { hostOfAnswer, identityOfAnswer } from "./preload-url";
import type { DetailEntry, DetailRow, TaskDetail } from "./task";
import { hasEnded, hasFailed, isRunning } from "./task-status";
import type { UrlIndex } from "./url-index";

/** What a detail answer says: each task's part of a domain, with its rows. */
export function partsOfDetail(answer: TaskDetail, index: UrlIndex): AnsweredPart[] {
  return entriesByPart(answer.entries, index).map((entries) => ({
    task: taskOfEntries(entries, answer),
    rows: worstRows(entries, index),
  }));
}

/** The entries of each task's part of a domain; mostly one. */
function entriesByPart(entries: readonly DetailEntry[], index: UrlIndex): DetailEntry[][] {
  const named = entries.map((entry) => ({ ...entry, domain: hostOfAnswer(entry.domain, index.hosts) }));
  return [...Map.groupBy(named, (entry) => partKey(entry.taskId, entry.domain)).values()];
}

/** The smaller, the worse: what goes on, what is not known, what failed, what is complete. */
function entryRank(entry: DetailEntry): number {
  if (isRunning(entry)) return 0;
  if (!hasEnded(entry)) return 1;
  return isFailedEntry(entry) ? 2 : 3;
}

/**
 * Several rows for one URL: the worst counts. Where the domain has several entries each row is judged with its own
 * entry, and one that failed and names no URL may hold any of them.
 */
function worstRows(entries: readonly DetailEntry[], index: UrlIndex): Map<string, AnsweredRow> {
  const worst = new Map<string, AnsweredRow>();
  const isAnyRefuted = entries.some((entry) => isFailedEntry(entry) && entry.rows.length === 0);
  for (const entry of entries) {
    const isBad = isFailedEntry(entry);
    const allAreBad = isAnyRefuted || failsThoughAllRowsAreFull(entry);
    for (const row of entry.rows) {
      const identity = identityOfAnswer(entry.domain, row.path, index);
      const refuted = allAreBad || (isBad && row.successPercent !== 100);
      const judged: AnsweredRow = entries.length === 1 ? factsOfRow(row) : { ...factsOfRow(row), refuted };
      const other = worst.get(identity);
      if (!other || isWorse(judged, other)) worst.set(identity, judged);
    }
  }
  return worst;
}

function factsOfRow({ successPercent, description }: DetailRow): AnsweredRow {
  return {
    ...(successPercent === undefined ? {} : { successPercent }),
    ...(description === undefined ? {} : { description }),
  };
}

/** Several entries for one domain are one task to show, as bad as the worst of them, so that none hides another. */
function taskOfEntries(entries: readonly DetailEntry[], answer: TaskDetail): TaskPart {
  const worst = entries.reduce((a, b) => (entryRank(b) < entryRank(a) ? b : a));
  const task: TaskPart = {
    taskId: worst.taskId,
    domain: worst.domain,
    ...creationOf(earliest(entries)),
    ...(worst.endTime === undefined ? {} : { endTime: worst.endTime }),
    ...(worst.endedMs === undefined ? {} : { endedMs: worst.endedMs }),
    ...(worst.retCode === undefined ? {} : { retCode: worst.retCode }),
    ...(worst.processPercent === undefined ? {} : { processPercent: worst.processPercent }),
    status: worst.status,
    ...requestAndUnseen(answer),
    evidence: "detail",
    ...(entries.some((entry) => entry.rows.length === 0) ? { namesNoUrl: true as const } : {}),
  };
  return entries.length === 1 && failsThoughAllRowsAreFull(worst)
    ? { ...task, failedWithoutFailedUrl: true }
    : task;
}

/** What cannot be placed in time is no reason to call the others older. */
function earliest(entries: readonly DetailEntry[]): DetailEntry {
  return entries.reduce((a, b) => ((b.createdMs ?? Infinity) < (a.createdMs ?? Infinity) ? b : a));
}

const isFailedEntry = ({ status, retCode }: DetailEntry): boolean =>
  hasFailed({ status, retCode, evidence: "detail" });

/** The rows of such an entry are not to be believed. */
function failsThoughAllRowsAreFull(entry: DetailEntry): boolean {
  return (
    isFailedEntry(entry) && entry.rows.length > 0 && entry.rows.every((row) => row.successPercent === 100)
  );
}
