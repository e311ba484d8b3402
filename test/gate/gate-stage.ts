import type { GatePolicy } from "../../provider/core/policy";
import { gatePolicy } from "../../provider/core/policy-schema";
import { type PreloadUrl, parsePreloadUrl } from "../../provider/core/preload-url";
import type { GateEvent } from "../../provider/gate/events";
import type { Outcome } from "../../provider/gate/outcome";
import { pollListedTasks } from "../../provider/gate/poll-listed-tasks";
import { PollScheduler } from "../../provider/gate/poll-scheduler";
import { QuotaLedger } from "../../provider/gate/quota-ledger";
import { type ListedTasksRun, runListedTasks } from "../../provider/gate/run-listed-tasks";
import { type PreloadRun, runPreload } from "../../provider/gate/run-preload";
import { VirtualClock } from "../support/virtual-clock";
import { outcomeInWords, type ToldOutcome, wordingFor } from "../support/words";
import { ScriptedService } from "./scripted-service";

export const A = "https://cdn.example.com/a.js";
export const B = "https://cdn.example.com/b.js";
export const C = "https://www.example.com/c.js";
export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** What a test changes about a run. */
export type RunChanges<R> = Partial<Omit<R, "policy" | "urls">> & {
  readonly policy?: Partial<GatePolicy>;
  readonly interruptAfterMs?: number;
  readonly urlsAreSecret?: boolean;
};

export function urlsOf(texts: readonly string[]): PreloadUrl[] {
  return texts.map((text) => {
    const parsed = parsePreloadUrl(text);
    if (!parsed.ok) throw new Error(`${text} ${wordingFor().problem(parsed.problem)}`);
    return parsed.url;
  });
}

/** One process: a service, a clock, and what the runs of a process share. */
export class GateStage {
  readonly clock = new VirtualClock();
  readonly service = new ScriptedService(this.clock);
  readonly events: GateEvent[] = [];
  #scheduler = this.#newScheduler();
  #quotaLedger = new QuotaLedger();

  /** What a process remembers is forgotten; the service goes on. */
  startNewProcess(): void {
    this.#scheduler = this.#newScheduler();
    this.#quotaLedger = new QuotaLedger();
  }

  /** Runs a preload of `urls` to its end. */
  preload(urls: readonly string[], changes: RunChanges<PreloadRun> = {}): Promise<ToldOutcome> {
    return this.#told(
      runPreload({
        ...this.#context(changes.interruptAfterMs),
        urls: urlsOf(urls),
        settings: {},
        quotaCheck: "off",
        purgeFirst: false,
        adoptInFlight: false,
        wait: true,
        timeoutMs: 45 * MINUTE_MS,
        ...changes,
        policy: gatePolicy.parse(changes.policy ?? {}),
      }),
      changes,
    );
  }

  /** Waits for tasks that someone else has started. */
  gate(
    taskIds: readonly string[],
    { urls, ...changes }: RunChanges<ListedTasksRun> & { readonly urls?: readonly string[] } = {},
  ): Promise<ToldOutcome> {
    return this.#told(
      runListedTasks({
        ...this.#context(changes.interruptAfterMs),
        taskIds,
        urls: urls && urlsOf(urls),
        timeoutMs: 45 * MINUTE_MS,
        ...changes,
        policy: gatePolicy.parse(changes.policy ?? {}),
      }),
      changes,
    );
  }

  /** Polls tasks once. */
  pollTasks(taskIds: readonly string[]): Promise<ToldOutcome> {
    const policy = gatePolicy.parse({});
    return this.#told(pollListedTasks({ ...this.#context(undefined), taskIds, policy }), {});
  }

  notices(): string[] {
    return this.events.flatMap((event) =>
      event.type === "notice" ? [wordingFor().notice(event.notice)] : [],
    );
  }

  /** Whose key the runs use; `undefined` for one that names no account. */
  account: string | undefined;

  async #told(run: Promise<Outcome>, options: { readonly urlsAreSecret?: boolean }): Promise<ToldOutcome> {
    return outcomeInWords(await this.clock.run(run), options);
  }

  #context(interruptAfterMs: number | undefined) {
    const controller = new AbortController();
    const interrupt = () => controller.abort(new Error("the user's Ctrl-C"));
    if (interruptAfterMs === 0) interrupt();
    else if (interruptAfterMs !== undefined) this.clock.after(interruptAfterMs, interrupt);
    return {
      client: this.service,
      clock: this.clock,
      scheduler: this.#scheduler,
      quotaLedger: this.#quotaLedger,
      signal: controller.signal,
      account: async () => this.account,
      emit: (event: GateEvent) => void this.events.push(event),
    };
  }

  #newScheduler(): PollScheduler {
    return new PollScheduler({ clock: this.clock, callsPerSecond: () => 20 });
  }
}
