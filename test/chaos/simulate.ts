import { type Emulator, startEmulator } from "../../emulator";
import type { GateState } from "../../provider/core/gate-state";
import type { GatePolicy } from "../../provider/core/policy";
import { readGateState, savedStateOf } from "../../provider/core/saved-state";
import { shownResults, type UrlResult } from "../../provider/core/shown-results";
import type { EventSink } from "../../provider/gate/events";
import type { Outcome } from "../../provider/gate/outcome";
import { VirtualClock } from "../support/virtual-clock";
import { outcomeInWords, type ToldOutcome, wordingFor } from "../support/words";
import { failFurtherTasks } from "./further-tasks";
import {
  type AcceptedUrl,
  type GateRecord,
  type History,
  identity,
  type ResourceRun,
  type RunRecord,
  type SeenPass,
} from "./history";
import { LocalClock } from "./local-clock";
import { Network } from "./network";
import {
  domainsOfRun,
  hasCalmEnd,
  PLAIN_RUN,
  preloadsOf,
  type RunPlan,
  type Schedule,
  urlsOfRun,
} from "./schedule";
import { policyOf, type Subject, startProcess } from "./subject";

/** More turns of the event loop than the way from the network to the code that waits for it takes. */
const QUIET_TURNS = 4;
/** Timers that a stretch of time may fire before it counts as a hot loop. */
const MAX_TIMERS = 60_000;
/** Past the last run: what is still on its way arrives, or its signature expires. */
const AFTERMATH_MS = 40 * 60 * 1_000;
/** In the first ones purges and URLs can still fail as their scripts say; what then is submitted again passes. */
const CALM_RUNS = 5;
const CALM_RUN: RunPlan = { ...PLAIN_RUN, timeoutMs: 3_600_000 };
const DAY_START_MS = Date.parse("2026-11-24T00:00:00Z");

/** One emulator and one world, used for schedule after schedule. */
export class Simulator {
  readonly #time: VirtualClock;
  readonly #emulator: Emulator;
  readonly #network: Network;

  private constructor(time: VirtualClock, emulator: Emulator) {
    this.#time = time;
    this.#emulator = emulator;
    this.#network = new Network(time, emulator);
  }

  static async start(): Promise<Simulator> {
    const time = new VirtualClock({ startMs: DAY_START_MS, quietTurns: QUIET_TURNS, maxTimers: MAX_TIMERS });
    const emulator = await startEmulator({ clock: { nowMs: () => time.nowMs() } });
    return new Simulator(time, emulator);
  }

  async close(): Promise<void> {
    await this.#network.close();
    await this.#emulator.close();
  }

  /** Plays a schedule, and tells what happened to each preload; the same schedule always goes the same way. */
  async play(schedule: Schedule, subject: Subject = {}): Promise<History[]> {
    this.#prepare(schedule);
    if (schedule.account.furtherTasksFail) this.#emulator.onAnswer(failFurtherTasks(this.#emulator));
    if (subject.answer) this.#emulator.onAnswer(subject.answer);
    const lives = Array.from({ length: preloadsOf(schedule) }, (): Life => ({ runs: [], seenPasses: [] }));
    const gates: GateRecord[] = [];
    const last = () => lives.map(({ runs }) => runs.at(-1));
    const isFine = () =>
      [...last(), ...gates].every((run) => run?.ended === "done" && run.thrown === undefined);
    for (const [nth, plan] of schedule.runs.entries()) {
      if (nth > 0) await this.#time.pass(plan.pauseMs);
      await this.#playRun({ schedule, plan, subject, lives, gates });
      if (!isFine()) break;
    }
    if (hasCalmEnd(schedule) && isFine()) {
      this.#emulator.configure({ quotas: { preloadL1: 1_000_000 }, queueCapacityUrls: 1_000_000 });
      for (let nth = 0; nth < CALM_RUNS; nth += 1) {
        if (last().every((run) => run?.outcome?.verdict === "passed")) break;
        await this.#time.pass(1_000);
        await this.#playRun({ schedule, plan: CALM_RUN, subject, lives, gates });
      }
    }
    await this.#time.pass(AFTERMATH_MS);
    return lives.map(({ runs, seenPasses }, preload) => ({
      schedule,
      runs,
      gates: preload === 0 ? gates : [],
      submissions: this.#accepted("submissions", runs, schedule),
      purges: this.#accepted("purges", runs, schedule),
      seenPasses,
      calls: this.#emulator.calls.length,
    }));
  }

  #prepare({ account, startHour, purgeScript }: Schedule): void {
    this.#time.restart(DAY_START_MS + startHour * 3_600_000);
    this.#emulator.reset();
    this.#network.reset();
    this.#emulator.setScenario({
      rules: [{ host: "**", task: "refresh", script: purgeScript, firstSubmissions: 1 }],
      settings: {
        allowListed: account.allowListed,
        allowListRefusalCode: account.allowListRefusalCode,
        quotas: { preloadL1: account.quota },
        queueCapacityUrls: account.queue,
        unseenTask: account.unseenTask,
        taskIdSharing: account.sharing,
        urlsPerTaskId: account.urlsPerTaskId,
        tasksPerSubmission: account.tasksPerSubmission ?? 1,
        taskIdsAsNumbers: account.hugeIds,
        ...account.wording,
        searchPageCap: account.pageCap,
        searchPageSizeTold: account.pageCap === 20 ? "asked" : "given",
      },
    });
  }

  /** Runs all resources in one process, and adds to each one's life how it went. */
  async #playRun(options: {
    schedule: Schedule;
    plan: RunPlan;
    subject: Subject;
    lives: readonly Life[];
    gates: GateRecord[];
  }): Promise<void> {
    const { schedule, plan, subject, lives, gates } = options;
    const time = this.#time;
    this.#emulator.configure({ domains: domainsOfRun(plan) });
    const clock = new LocalClock(time, plan.clock);
    const startedAtMs = time.nowMs();
    const abort = new AbortController();
    let isKilled = false;
    const hasEnded = ({ endedAtMs }: UnderWay) => endedAtMs !== undefined;
    const end = () => {
      if (plan.end?.by === "interrupt") {
        for (const each of resources) if (!hasEnded(each)) each.interruptedAtMs ??= time.nowMs();
        abort.abort(new Error("interrupted by the test"));
      } else if (!resources.every(hasEnded)) {
        isKilled = true;
        clock.kill();
        line.cut();
      }
    };
    const trigger = new Trigger(plan, end);
    const line = this.#network.open({
      run: lives[0]!.runs.length,
      faults: plan.faults,
      isOtherAccount: plan.isOtherAccount,
      onCall: () => trigger.hit("call"),
    });
    const policy = policyOf(plan.policy);
    const process = startProcess({
      subject,
      transport: { ...this.#network.transportOptions(), dispatcher: line.dispatcher },
      clock,
      plan,
      account: accountOf(schedule, plan, lives[0]!.runs.length),
      purgeFirst: schedule.purgeFirst,
      signal: abort.signal,
    });
    const resources = lives.map(({ runs, seenPasses }, preload): UnderWay => {
      const urls = urlsOfRun(schedule, plan, preload);
      const previous = asSaved(runs.at(-1)?.saved);
      return {
        ...NOT_ENDED,
        previous,
        last: previous,
        seenPasses,
        notices: [],
        start: (emit) => process.preload({ urls, previous, emit }),
        note: (run, ownAtEnd) => runs.push({ ...run, urls, ownAtEnd }),
      };
    });
    const taskIds = schedule.gate ? [...new Set(lives.flatMap(({ runs }) => tasksOf(runs.at(-1))))] : [];
    if (taskIds.length > 0) {
      const previous = asSaved(gates.at(-1)?.saved);
      resources.push({
        ...NOT_ENDED,
        previous,
        last: previous,
        seenPasses: [],
        notices: [],
        start: (emit) => process.gate({ taskIds, previous, emit }),
        note: (run) => gates.push({ ...run, taskIds }),
      });
    }
    if (plan.end?.at.on === "time") time.after(startedAtMs + plan.end.at.n - time.nowMs(), end);
    for (const each of resources) {
      const emit: EventSink = (event) => {
        if (event.type === "notice") each.notices.push(wordingFor().notice(event.notice));
        if (event.type !== "state" || isKilled) return;
        notePasses({ state: event.state, before: each.last, policy }, each.seenPasses, time.nowMs());
        each.last = event.state;
        trigger.hit("state");
      };
      each.start(emit).then(
        (outcome) => {
          if (isKilled) return;
          each.outcome = outcomeInWords(outcome);
          this.#noteEnd(each);
        },
        (error: unknown) => {
          if (isKilled) return;
          each.thrown = error ?? new Error("rejected with nothing");
          this.#noteEnd(each);
        },
      );
    }
    const ended = await time.passUntil(() => isKilled || resources.every(hasEnded));
    if (!resources.every(({ outcome }) => outcome !== undefined)) {
      clock.kill();
      line.cut();
    }
    for (const each of resources) {
      const { previous, notices, outcome, thrown, interruptedAtMs } = each;
      const isDone = hasEnded(each);
      if (!isDone) this.#noteEnd(each);
      if (outcome)
        notePasses({ state: outcome.state, before: each.last, policy }, each.seenPasses, each.endedAtMs!);
      const run: ResourceRun = {
        plan,
        startedAtMs,
        endedAtMs: each.endedAtMs!,
        interruptedAtMs,
        isKilled: isKilled && !isDone,
        ended: isDone ? "done" : ended,
        outcome,
        notices,
        thrown,
        previous,
        saved: outcome?.state ?? each.last,
      };
      each.note(run, each.ownAtEnd!);
    }
  }

  #noteEnd(each: UnderWay): void {
    each.endedAtMs = this.#time.nowMs();
    each.ownAtEnd = { submissions: this.#emulator.submissionCount(), purges: this.#emulator.purgeCount() };
  }

  #accepted(
    kind: "submissions" | "purges",
    runs: readonly RunRecord[],
    { account }: Schedule,
  ): AcceptedUrl[] {
    const furtherFail = kind === "submissions" && account.furtherTasksFail === true;
    const sentByUs = kind === "submissions" ? this.#network.ownSubmissions : this.#network.ownPurges;
    const urls = new Set(runs.flatMap((run) => run.urls.map(identity)));
    return this.#emulator[kind]().flatMap((submission, place) => {
      const sentBy = urls.has(identity(submission.url)) ? sentByUs.get(place) : undefined;
      const run = runs.findIndex(({ ownAtEnd }) => place < ownAtEnd[kind]);
      const taskIds = [submission.taskId, ...(submission.furtherTaskIds ?? [])];
      return taskIds.map((taskId) => ({
        url: submission.url,
        taskId,
        atMs: Date.parse(submission.at),
        script: submission.script,
        isOurs: sentBy !== undefined,
        sentBy,
        run: run < 0 ? runs.length - 1 : run,
        isFurther: taskId !== submission.taskId,
        failsAnyway: furtherFail && taskId !== submission.taskId,
      }));
    });
  }
}

function accountOf({ keyPerRun }: Schedule, { isOtherAccount }: RunPlan, run: number): string {
  if (isOtherAccount) return "another account";
  return keyPerRun ? `this account's key of run ${run}` : "this account";
}

/** What has happened to one preload so far. */
interface Life {
  readonly runs: RunRecord[];
  readonly seenPasses: SeenPass[];
}

/** One resource while its run goes on. */
interface UnderWay {
  readonly previous: GateState | undefined;
  /** The state that was saved last. */
  last: GateState | undefined;
  readonly seenPasses: SeenPass[];
  readonly notices: string[];
  outcome: ToldOutcome | undefined;
  thrown: unknown;
  endedAtMs: number | undefined;
  interruptedAtMs: number | undefined;
  ownAtEnd: RunRecord["ownAtEnd"] | undefined;
  readonly start: (emit: EventSink) => Promise<Outcome>;
  /** Takes how it went. */
  readonly note: (run: ResourceRun, ownAtEnd: RunRecord["ownAtEnd"]) => void;
}

const NOT_ENDED = {
  outcome: undefined,
  thrown: undefined,
  endedAtMs: undefined,
  interruptedAtMs: undefined,
  ownAtEnd: undefined,
} as const;

/** As the next run reads it. */
function asSaved(state: GateState | undefined): GateState | undefined {
  return state && readGateState(JSON.parse(JSON.stringify(savedStateOf(state))));
}

/** Ids of the preload tasks that a run has saved. */
function tasksOf(run: RunRecord | undefined): string[] {
  const submissions = run?.saved?.saved.submissions ?? [];
  return submissions.flatMap(({ purpose, taskIds }) => (purpose === "preload" ? taskIds : []));
}

/** Fires once, at the moment that a plan names. */
class Trigger {
  readonly #plan: RunPlan;
  readonly #fire: () => void;
  #hits = 0;

  constructor(plan: RunPlan, fire: () => void) {
    this.#plan = plan;
    this.#fire = fire;
  }

  hit(on: "state" | "call"): void {
    const at = this.#plan.end?.at;
    if (at?.on !== on) return;
    this.#hits += 1;
    if (this.#hits === at.n) this.#fire();
  }
}

function notePasses(
  seen: {
    readonly state: GateState;
    readonly before: GateState | undefined;
    readonly policy: GatePolicy;
  },
  seenPasses: SeenPass[],
  atMs: number,
): void {
  const passesOf = (state: GateState) =>
    shownResults(state, seen.policy).filter((result) => result.state === "preloaded");
  const keyOf = ({ url, taskId, successPercent }: UrlResult) => `${url} ${taskId} ${successPercent}`;
  const known = new Set(seen.before && passesOf(seen.before).map(keyOf));
  for (const result of passesOf(seen.state)) {
    if (known.has(keyOf(result))) continue;
    seenPasses.push({ url: result.url, taskId: result.taskId, atMs, successPercent: result.successPercent });
  }
}
