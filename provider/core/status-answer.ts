import { creationOf, requestAndUnseen } from "./answered-part";
import { partKey, type TaskPart } from "./gate-state";
import { domainOfIdentity, identityOfObjectPath } from "./preload-url";
import type { StatusResponse, StatusRow } from "./task";
import { isRunning, statusRank } from "./task-status";

export type PreloadRow = StatusRow & { readonly identity: string; readonly domain: string };

/** What a status-only answer says of preloads: each task's part of a domain, with its rows. */
export function statusParts(answer: StatusResponse): { task: TaskPart; rows: readonly PreloadRow[] }[] {
  const byPart = Map.groupBy(preloadRows(answer.rows), (row) => partKey(row.taskId, row.domain));
  return [...byPart.values()].map((rows) => ({ task: taskOfStatusRows(rows, answer), rows }));
}

function preloadRows(rows: readonly StatusRow[]): PreloadRow[] {
  return rows
    .filter(isOfPreload)
    .map((row) => ({ ...row, identity: identityOfObjectPath(row.url) }))
    .map((row) => ({ ...row, domain: domainOfIdentity(row.identity) }));
}

export function isOfPreload({ objectType = "preload" }: StatusRow): boolean {
  return objectType.toLowerCase() === "preload";
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
