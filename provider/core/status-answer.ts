import { type AnsweredPart, type AnsweredRow, creationOf, requestAndUnseen } from "./answered-part";
import { partKey, type TaskPart } from "./gate-state";
import { domainOfIdentity, identityOfObjectPath } from "./preload-url";
import type { StatusResponse, StatusRow } from "./task";
import { isRunning, statusRank, wordOfStatus } from "./task-status";
import type { UrlIndex } from "./url-index";

type PreloadRow = StatusRow & { readonly identity: string; readonly domain: string };

/** What a status-only answer says of preloads: each task's part of a domain, with its rows. */
export function partsOfStatus(answer: StatusResponse, index: UrlIndex): AnsweredPart[] {
  const byPart = Map.groupBy(preloadRows(answer.rows, index), (row) => partKey(row.taskId, row.domain));
  return [...byPart.values()].map((rows) => ({
    task: taskOfStatusRows(rows, answer),
    rows: worstRows(rows),
  }));
}

function preloadRows(rows: readonly StatusRow[], index: UrlIndex): PreloadRow[] {
  return rows.filter(isOfPreload).map((row) => {
    const identity = identityOfObjectPath(row.url, index);
    return { ...row, identity, domain: domainOfIdentity(identity) };
  });
}

export function isOfPreload({ objectType = "preload" }: StatusRow): boolean {
  return objectType.toLowerCase() === "preload";
}

function worstRows(rows: readonly PreloadRow[]): Map<string, AnsweredRow> {
  const worst = new Map<string, PreloadRow>();
  for (const row of rows) {
    const other = worst.get(row.identity);
    if (!other || statusRank(row.status) < statusRank(other.status)) worst.set(row.identity, row);
  }
  return new Map(
    [...worst].map(([identity, { status, description }]): [string, AnsweredRow] => [
      identity,
      { ...(description === undefined ? {} : { description }), says: wordOfStatus(status) },
    ]),
  );
}

function taskOfStatusRows(rows: readonly PreloadRow[], answer: StatusResponse): TaskPart {
  const first = rows[0]!;
  const process = Math.min(...rows.map((row) => row.processPercent ?? Number.POSITIVE_INFINITY));
  return {
    taskId: first.taskId,
    domain: first.domain,
    ...creationOf(first),
    ...(Number.isFinite(process) ? { processPercent: process } : {}),
    // Running as long as any URL of it runs; else the worst of its URLs.
    status: (
      rows.find((row) => isRunning(row)) ??
      rows.reduce((a, b) => (statusRank(b.status) < statusRank(a.status) ? b : a))
    ).status,
    ...requestAndUnseen(answer),
    evidence: "statusOnly",
  };
}
