import { type CauseGroup, groupByCause, STATE_ORDER } from "../../core/failure-causes";
import type { GateDocument, ReportedTask, ReportedUrl } from "./schema";

/** The URLs that keep the gate from passing, the failed ones first. */
export function problemsOf(document: GateDocument): ReportedUrl[] {
  return document.results
    .filter(({ problem }) => problem !== null)
    .filter(({ state }) => state === "failed" || document.verdict !== "pending")
    .sort((a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state));
}

/** The same, grouped by cause: what reports and the terminal show instead of one line for each URL. */
export function causeGroupsOf(document: GateDocument): readonly CauseGroup<ReportedUrl>[] {
  return groupByCause(problemsOf(document), (result) => {
    const task = taskOf(result, document.tasks);
    return {
      url: result.url,
      state: result.state,
      problem: result.problemKind ?? { text: result.problem ?? "" },
      retCode: task?.retCode ?? null,
      status: task?.status ?? null,
      description: result.description,
      // What was judged failed was not kept from it by what ended the work.
      errorCode: result.state === "failed" ? null : (errorOf(result, document)?.code ?? null),
    };
  });
}

/** What ended the work on a URL: of a merged document, that of its own shard. */
function errorOf({ shard }: ReportedUrl, { error, shards }: GateDocument): GateDocument["error"] {
  return shards ? (shards.find(({ name }) => name === shard)?.error ?? null) : error;
}

/** The task that holds a URL. Of several that may, the one that has failed, else the first that has answered. */
export function taskOf(result: ReportedUrl, tasks: readonly ReportedTask[]): ReportedTask | undefined {
  const ids = result.taskId.split(",");
  const named =
    ids.length === 1
      ? (tasksById(tasks).get(result.taskId) ?? [])
      : tasks.filter(({ taskId }) => ids.includes(taskId));
  const own = named.filter(({ domain, shard }) => domain === result.domain && shard === result.shard);
  return own.find(({ retCode, status }) => status === "Failed" || (retCode ?? "0") !== "0") ?? own[0];
}

const indexes = new WeakMap<readonly ReportedTask[], ReadonlyMap<string, readonly ReportedTask[]>>();

/** Thousands of URLs look for their tasks in one list. */
function tasksById(tasks: readonly ReportedTask[]): ReadonlyMap<string, readonly ReportedTask[]> {
  let index = indexes.get(tasks);
  if (!index) {
    index = Map.groupBy(tasks, ({ taskId }) => taskId);
    indexes.set(tasks, index);
  }
  return index;
}
