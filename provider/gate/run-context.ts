import type { CdnClient } from "../client/cdn-client";
import type { Clock } from "../core/clock";
import type { EventSink } from "./events";
import type { PollScheduler } from "./poll-scheduler";
import type { QuotaLedger } from "./quota-ledger";

/** What every run needs from around it. */
export interface RunContext {
  readonly client: CdnClient;
  readonly clock: Clock;
  /** One for the whole process: its tasks share one account's calls. */
  readonly scheduler: PollScheduler;
  /** One for the whole process: what one run is about to submit is not counted on by another. */
  readonly quotaLedger: QuotaLedger;
  /** Ends the run: what is known by then is in the outcome. */
  readonly signal: AbortSignal;
  /** A digest that tells one account, or at least one key, from another; `undefined` for a key of which nothing is known. */
  readonly account?: (() => Promise<string | undefined>) | undefined;
  readonly emit: EventSink;
}
