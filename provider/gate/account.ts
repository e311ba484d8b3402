import { GateError } from "../core/errors";
import { heldTaskIds } from "../core/gate-state";
import type { RunContext } from "./run-context";
import type { StateCell } from "./state-cell";

/** Saved tasks that are asked about to prove an account; each costs a call. */
const MAX_ASKED_TASKS = 5;

type AccountRun = RunContext & { readonly cell: StateCell };

/**
 * Makes sure that what another run has left is of this account, before anything is decided by the service's answers:
 * another account knows none of its tasks, and its word would close open attempts and have running URLs submitted again.
 *
 * A key is no account: it is replaced from time to time. So another key is taken where the service shows it a saved task.
 *
 * @returns why nothing may be asked or submitted; `undefined` where it is the same account, or where none is known.
 */
export async function confirmAccount(run: AccountRun): Promise<GateError | undefined> {
  const { cell } = run;
  const saved = cell.state.saved.account;
  const own = saved === undefined ? undefined : await run.account?.().catch(() => undefined);
  if (saved === undefined || own === undefined || own === saved) return undefined;
  if (await showsSavedTask(run)) {
    bind(cell, own);
    return undefined;
  }
  const tasks = heldTaskIds(cell.state).slice(0, MAX_ASKED_TASKS).join(", ");
  return new GateError(
    "otherAccount",
    `The saved state was made with another access key, and the service shows this key none of its tasks${tasks === "" ? "" : ` (${tasks})`}. Nothing was submitted, and what may have been accepted stays noted.`,
  );
}

/** Notes whose submissions follow. */
export async function noteAccount(run: AccountRun): Promise<void> {
  const own = await run.account?.().catch(() => undefined);
  if (own !== undefined) bind(run.cell, own);
}

function bind(cell: StateCell, account: string): void {
  if (cell.state.saved.account === account) return;
  cell.set({ ...cell.state, saved: { ...cell.state.saved, account } });
}

async function showsSavedTask({ cell, scheduler, client, signal }: AccountRun): Promise<boolean> {
  const newestFirst = heldTaskIds(cell.state).reverse().slice(0, MAX_ASKED_TASKS);
  for (const taskId of newestFirst) {
    const look = await scheduler.reader.lookCoarsely(client, taskId, { signal }).catch(() => undefined);
    if (look && look.kind !== "unknownTask") return true;
  }
  return false;
}
