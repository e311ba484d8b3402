import { windowOf } from "../core/attempt-search";
import { type ErrorCode, GateError } from "../core/errors";
import { type GateState, heldTaskIds } from "../core/gate-state";
import { taskIdsToWatch } from "../core/judge";
import type { GatePolicy } from "../core/policy";
import { purgeTaskIdsToWatch } from "../core/purge-plan";
import { TASK_WINDOW_MS } from "../core/service-limits";
import { withUnresolvableTask } from "../core/state-changes";
import { findTasks } from "./reconcile";
import type { RunContext } from "./run-context";
import type { RunState } from "./run-state";
import { isPastForService } from "./service-window";
import type { StepOptions } from "./step-options";
import { askWithinDeadline } from "./within-deadline";

/** Saved tasks that are asked about to prove an account; each costs a call. */
const MAX_ASKED_TASKS = 5;

export interface AccountOptions extends StepOptions, Pick<RunContext, "account" | "scheduler"> {
  readonly policy: GatePolicy;
}

/** What a key is noted as of which nothing is known. */
const UNKNOWN = "temporary";

/**
 * Makes sure that what another run has left is of this account, before anything is decided by the service's answers:
 * another account knows none of its tasks, and its word would close open attempts and have running URLs submitted again.
 *
 * A key is no account: it is replaced from time to time, a temporary one for each run. So another key is taken where the
 * service shows it a saved task, or what an open attempt has started. What is left also ends by itself: three days after
 * the last submission no key could be shown anything of it.
 *
 * Nothing is wrong where it is the same account, or where nothing is left of another.
 *
 * @throws GateError why nothing may be asked or submitted: `otherAccount`, or the service could not be asked.
 */
export async function confirmAccount(options: AccountOptions): Promise<void> {
  const { run } = options;
  const saved = run.state.saved.account;
  const own = await ownAccount(options);
  if (saved === undefined || own === undefined || own === saved) return;
  const proof = await findProof(options);
  if (proof === "shown") {
    bindAsSame(run, own);
    return;
  }
  const lastMs = lastSubmissionMs(run.state);
  if (!(await hasLapsed(lastMs, options))) throw proof ?? otherAccount(run.state, lastMs);
  lapse(options);
  bind(run, own);
}

/** Notes whose submissions follow: where the service shows a saved task, they are of the same account as those before. */
export async function noteAccount(options: AccountOptions): Promise<void> {
  const { run } = options;
  const own = await ownAccount(options);
  const saved = run.state.saved.account;
  if (own === undefined || own === saved) return;
  // Asked once: it spares a later run the proof, and is no reason to keep this one waiting.
  const once = { ...options, deadlineMs: options.clock.nowMs() };
  const isSame = saved !== undefined && (await showsSavedTask(once).catch(() => false));
  if (isSame) bindAsSame(run, own);
  else bind(run, own);
}

/** `undefined` where the run has none to tell, or no credentials: the next call says why. */
async function ownAccount({ account }: AccountOptions): Promise<string | undefined> {
  if (account === undefined) return undefined;
  return account().then(
    (known) => known ?? UNKNOWN,
    () => undefined,
  );
}

function bind(run: RunState, account: string): void {
  rebind(run, account, (before) => before);
}

/** What was submitted by the account as it was known until now proves the account from here on too. */
function bindAsSame(run: RunState, account: string): void {
  const { account: known } = run.state.saved;
  rebind(run, account, (before) => (before === known ? account : before));
}

/** @param accountOf who is noted for a submission, by who was noted for it, or by default for the state. */
function rebind(
  run: RunState,
  account: string,
  accountOf: (before: string | undefined) => string | undefined,
): void {
  const { saved } = run.state;
  const submissions = saved.submissions.map((submission) => {
    const of = accountOf(submission.account ?? saved.account);
    return of === undefined ? submission : { ...submission, account: of };
  });
  run.set({ ...run.state, saved: { ...saved, submissions, account } });
}

/** @returns `shown`, or the refusal of a key that may not look: it is not told that the state is another account's. */
async function findProof(options: AccountOptions): Promise<"shown" | GateError | undefined> {
  let refusal: GateError | undefined;
  for (const isShown of [showsSavedTask, showsOpenAttempt]) {
    try {
      if (await isShown(options)) return "shown";
    } catch (error) {
      if (!(error instanceof GateError && NOT_ALLOWED.includes(error.code))) throw error;
      refusal = error;
    }
  }
  return refusal;
}

const NOT_ALLOWED: readonly ErrorCode[] = ["permission", "notOnAllowList"];

/** @throws GateError where the service could not be asked: that proves nothing either way. */
async function showsSavedTask(options: AccountOptions): Promise<boolean> {
  const { run, scheduler, client, signal } = options;
  for (const taskId of taskIdsOfAccount(run.state).slice(0, MAX_ASKED_TASKS)) {
    const ask = () => scheduler.reader.stillShows(client, taskId, { signal });
    if (await askWithinDeadline(ask, options)) return true;
  }
  return false;
}

/**
 * One task of each submission, the newest first, also of URLs that are no longer wanted. A task of an earlier account, as
 * of a state that has passed from one to another, proves nothing of the last one.
 */
function taskIdsOfAccount(state: GateState): string[] {
  const { submissions, account } = state.saved;
  const own = submissions.filter((submission) => (submission.account ?? account) === account);
  const dated = new Set(submissions.flatMap(({ taskIds }) => taskIds));
  const undated = allTaskIds(state).filter((id) => !dated.has(id));
  return [...own.toReversed().flatMap(({ taskIds: [taskId] }) => taskId ?? []), ...undated];
}

/** Of purges too: a run may have been ended before it preloaded anything. */
function allTaskIds(state: GateState): string[] {
  return [...purgeTaskIdsToWatch(state.urls), ...heldTaskIds(state)];
}

/** Whether the service shows a task that an open attempt has started: another account has none of them. */
async function showsOpenAttempt(options: AccountOptions): Promise<boolean> {
  for (const attempt of options.run.state.saved.openAttempts) {
    const ask = async () => (await findTasks(attempt, options)).found.size > 0;
    if (await unless(["rejected"], () => askWithinDeadline(ask, options))) return true;
  }
  return false;
}

/** What is answered; `false` where it is refused by one of these codes, as of a domain that the account does not have. */
async function unless(refusals: readonly ErrorCode[], ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GateError && refusals.includes(error.code)) return false;
    throw error;
  }
}

/** When the last of what is left may have been accepted, by the service's clock; `undefined` where that is not known. */
function lastSubmissionMs(state: GateState): number | undefined {
  const { submissions, openAttempts } = state.saved;
  const dated = new Set(submissions.flatMap(({ taskIds }) => taskIds));
  if (!allTaskIds(state).every((id) => dated.has(id))) return undefined;
  const timesMs = [
    ...submissions.map(({ submittedAtMs, clockDoubtMs = 0 }) => submittedAtMs + clockDoubtMs),
    ...openAttempts.map((attempt) => windowOf(attempt).endTimeMs),
  ];
  return timesMs.length === 0 ? undefined : timesMs.reduce((a, b) => Math.max(a, b));
}

/** Whether the service confirms that all that is left is past the three days for which it tells of a task. */
async function hasLapsed(lastMs: number | undefined, options: AccountOptions): Promise<boolean> {
  if (lastMs === undefined) return false;
  const { client, signal } = options;
  const ask = () => isPastForService(lastMs, { client, signal, filter: { objectType: "preload" } });
  return unless(["rejected", "permission"], () => askWithinDeadline(ask, options));
}

function lapse({ run, policy, emit }: AccountOptions): void {
  const { state } = run;
  const taskIds = [...taskIdsToWatch(state, { policy }), ...purgeTaskIdsToWatch(state.urls)];
  const closed = { ...state, saved: { ...state.saved, openAttempts: [] } };
  run.set(taskIds.reduce(withUnresolvableTask, closed));
  emit({
    type: "notice",
    severity: "warning",
    notice: { kind: "otherAccountLapsed" },
  });
}

function otherAccount(state: GateState, lastMs: number | undefined): GateError {
  const keptUntilMs = lastMs === undefined ? undefined : lastMs + TASK_WINDOW_MS;
  const taskIds = allTaskIds(state).slice(0, MAX_ASKED_TASKS);
  return new GateError({ kind: "otherAccount", keptUntilMs }, { taskIds });
}
