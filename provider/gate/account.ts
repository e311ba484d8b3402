import { GateError } from "../core/errors";
import { heldTaskIds } from "../core/gate-state";
import type { RunContext } from "./run-context";
import type { RunState } from "./run-state";

/** Saved tasks that are asked about to prove an account; each costs a call. */
const MAX_ASKED_TASKS = 5;

type AccountRun = RunContext & { readonly runState: RunState };

/** What a temporary key is noted as: it names no account, and proves none. */
const TEMPORARY = "temporary";

/**
 * Makes sure that what another run has left is of this account, before anything is decided by the service's answers:
 * another account knows none of its tasks, and its word would close open attempts and have running URLs submitted again.
 *
 * A key is no account: it is replaced from time to time. So another key is taken where the service shows it a saved
 * task. Two temporary keys are not told apart.
 *
 * Nothing is wrong where it is the same account, or where none is known.
 *
 * @throws GateError why nothing may be asked or submitted: `otherAccount`, or the service could not be asked.
 */
export async function confirmAccount(run: AccountRun): Promise<void> {
  const { runState } = run;
  const saved = runState.state.saved.account;
  const own = await ownAccount(run);
  if (saved === undefined || own === undefined || own === saved) return;
  if (await showsSavedTask(run)) {
    bind(runState, own);
    return;
  }
  const tasks = heldTaskIds(runState.state).slice(0, MAX_ASKED_TASKS).join(", ");
  throw new GateError(
    "otherAccount",
    `The saved state was made with another access key, and the service shows this key none of its tasks${tasks === "" ? "" : ` (${tasks})`}. Nothing was submitted, and what may have been accepted stays noted.`,
  );
}

/** Notes whose submissions follow. */
export async function noteAccount(run: AccountRun): Promise<void> {
  const own = await ownAccount(run);
  if (own !== undefined) bind(run.runState, own);
}

/** `undefined` where the run has none to tell, or no credentials: the next call says why. */
async function ownAccount({ account }: AccountRun): Promise<string | undefined> {
  if (account === undefined) return undefined;
  return account().then(
    (known) => known ?? TEMPORARY,
    () => undefined,
  );
}

function bind(runState: RunState, account: string): void {
  if (runState.state.saved.account === account) return;
  runState.set({ ...runState.state, saved: { ...runState.state.saved, account } });
}

/** @throws GateError where the service could not be asked: that proves nothing either way. */
async function showsSavedTask({ runState, scheduler, client, signal }: AccountRun): Promise<boolean> {
  const newestFirst = heldTaskIds(runState.state).reverse().slice(0, MAX_ASKED_TASKS);
  for (const taskId of newestFirst) {
    if (await scheduler.reader.stillShows(client, taskId, { signal })) return true;
  }
  return false;
}
