import { boundedClient } from "../client/bounded-client";
import type { GateError } from "../core/errors";
import { emptyGateState, type GateState, partKey } from "../core/gate-state";
import type { GatePolicy } from "../core/policy";
import { mergeSpellings, type PreloadUrl, positionsOfDistinct } from "../core/preload-url";
import { withUrls } from "../core/state-changes";
import { guarded } from "./events";
import { postponable } from "./failure";
import { isOverridden, type Outcome, outcomeOf } from "./outcome";
import type { RunContext } from "./run-context";
import { RunState } from "./run-state";
import { type RunEnd, runToEnd } from "./run-to-end";
import { pollEachOnce, type WatchOptions, watchTasks } from "./watch";

export interface ListedTasksRun extends RunContext {
  /** Started elsewhere: by a submission that did not wait, a script, the console. */
  readonly taskIds: readonly string[];
  /** Judge only these; absent: every URL that the tasks name. */
  readonly urls?: readonly PreloadUrl[] | undefined;
  readonly policy: GatePolicy;
  /** How long the whole run may take, in milliseconds. */
  readonly timeoutMs: number;
  /** What an earlier run has left; absent on a first run. */
  readonly previous?: GateState | undefined;
}

/**
 * Waits for tasks that someone else has started, and judges. It submits nothing. It passes only when every
 * listed task has answered and ended; for a URL in several of them the newest task counts.
 */
export async function runListedTasks(options: ListedTasksRun): Promise<Outcome> {
  const startedAtMs = options.clock.nowMs();
  const callsBefore = options.client.callCount();
  const taskIds = [...new Set(options.taskIds)];
  const emit = guarded(options.emit);
  const run = new RunState(startingState(options, taskIds), emit);
  const deadlineMs = startedAtMs + options.timeoutMs;
  const watch: Omit<WatchOptions, "signal"> = {
    ...options,
    emit,
    client: boundedClient(options.client, { waitUntilMs: deadlineMs }),
    run,
    scope: options.urls ? "listed" : "any",
    listedTaskIds: taskIds,
    startedAtMs,
    deadlineMs,
  };
  const end = await runToEnd({ ...options, deadlineMs }, (signal) =>
    judgeOrWait({ ...watch, signal }, options),
  );
  return outcomeOf(run.state, {
    policy: options.policy,
    listedTaskIds: taskIds,
    ...end,
    failure: end.failure,
    wait: true,
    urlPositions: options.urls && positionsOfDistinct(options.urls),
    elapsedMs: options.clock.nowMs() - startedAtMs,
    apiCalls: options.client.callCount() - callsBefore,
  });
}

/** An override is about the verdict already saved, so it needs one poll and no wait. */
async function judgeOrWait(watch: WatchOptions, options: ListedTasksRun): Promise<RunEnd> {
  const { policy, previous } = options;
  let failure: GateError | undefined;
  if (policy.override !== undefined && previous)
    await pollEachOnce(watch).catch((error) => {
      failure = postponable(error, watch.signal);
    });
  if (isOverridden(policy, previous, watch.run.state)) return { failure, overridden: true };
  await watchTasks(watch);
  return {};
}

/**
 * What an earlier run has saved, as long as it answers what is asked now: about all the tasks that it knows,
 * and about all the URLs that are wanted. Else all is asked anew: a task taken off the list may have hidden
 * an older one's row, and a row that was not wanted then was not kept. A wanted URL that no task has named
 * yet may be in any of them, also in one that was listed before.
 */
function startingState(options: ListedTasksRun, taskIds: readonly string[]): GateState {
  const urls = options.urls && mergeSpellings(options.urls);
  const known =
    options.previous && answersFor(options.previous, taskIds, urls) ? options.previous : emptyGateState([]);
  const saved = { ...known.saved, wanted: urls ? ("listed" as const) : ("any" as const), removedUrls: [] };
  if (!urls) return { ...known, saved };
  const wanted = withUrls(known, urls);
  const answered = new Set(wanted.tasks.map((task) => partKey(task.taskId, task.domain)));
  const listed = [...taskIds];
  return {
    ...wanted,
    urls: wanted.urls.map((known) => {
      // Several tasks that name it are as new as each other.
      const isNamed =
        (known.taskIds.length === 1 || known.rows.length > 0) &&
        known.taskIds.every((taskId) => answered.has(partKey(taskId, known.url.host)));
      return isNamed ? known : { ...known, taskIds: listed, rows: [] };
    }),
    saved,
  };
}

function answersFor(
  previous: GateState,
  taskIds: readonly string[],
  urls: readonly PreloadUrl[] | undefined,
): boolean {
  if (!previous.tasks.every((task) => taskIds.includes(task.taskId))) return false;
  if (previous.saved.wanted === "any") return true;
  const named = new Set(previous.urls.map(({ url }) => url.identity));
  return urls?.every((url) => named.has(url.identity)) ?? false;
}
