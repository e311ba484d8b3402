import { type Emulator, startEmulator } from "../../emulator";
import { type GateState, readGateState } from "../../provider/core/gate-state";
import type { Outcome } from "../../provider/gate/outcome";
import { Network } from "./network";
import { hasCalmEnd, type RunPlan, type Schedule, urlsOfRun } from "./schedule";
import { runAsProcess, type Subject } from "./subject";
import { type Ended, LocalClock, VirtualTime } from "./virtual-time";

/** What a run showed from outside. Instants are true ones, in milliseconds since 1970. */
export interface RunRecord {
  readonly plan: RunPlan;
  readonly urls: readonly string[];
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly interruptedAtMs: number | undefined;
  readonly isKilled: boolean;
  /** How the world's time ran out on it, where it neither ended nor died. */
  readonly ended: Ended;
  readonly outcome: Outcome | undefined;
  /** What it said while it worked. */
  readonly notices: readonly string[];
  readonly thrown: unknown;
  /** What the run began with. */
  readonly previous: GateState | undefined;
  /** What is saved at the end. */
  readonly saved: GateState | undefined;
  /** Submissions by us in the emulator's record by the end of this run, by their places there. */
  readonly ownAtEnd: { readonly submissions: number; readonly purges: number };
}

/** A URL of ours that a state has shown as preloaded, and what was known of it. */
export interface SeenPass {
  readonly url: string;
  readonly taskId: string;
  readonly atMs: number;
  readonly successPercent: number | undefined;
}

/** One submission of one URL, by us or by a stranger. */
export interface AcceptedUrl {
  readonly url: string;
  readonly taskId: string;
  readonly atMs: number;
  readonly script: string;
  readonly isOurs: boolean;
  /** By the end of which run it was accepted; the last one also for what came later. */
  readonly run: number;
  /** Which of our runs sent it. */
  readonly sentBy: number | undefined;
}

/** All that happened, for the checker to judge. */
export interface History {
  readonly schedule: Schedule;
  readonly runs: readonly RunRecord[];
  readonly submissions: readonly AcceptedUrl[];
  readonly purges: readonly AcceptedUrl[];
  readonly seenPasses: readonly SeenPass[];
  readonly calls: number;
}

/** Past the last run: what is still on its way arrives, or its signature expires. */
const AFTERMATH_MS = 40 * 60 * 1_000;
/** In the first ones purges and URLs can still fail as their scripts say; what then is submitted again passes. */
const CALM_RUNS = 5;
/** A run in which nothing goes wrong. */
const CALM_RUN: RunPlan = {
  pauseMs: 0,
  without: [],
  policy: {
    minSuccessPercent: 0,
    maxFailedUrls: 0,
    requireDetail: false,
    onInconclusive: "fail",
    override: false,
  },
  wait: true,
  timeoutMs: 3_600_000,
  adoptInFlight: false,
  quotaCheck: "fail",
  clock: { aheadMs: 0, gainMsPerS: 0 },
  faults: [],
};
const DAY_START_MS = Date.parse("2026-11-24T00:00:00Z");

/** One emulator and one world, used for schedule after schedule. */
export class Simulator {
  readonly #time: VirtualTime;
  readonly #emulator: Emulator;
  readonly #network: Network;

  private constructor(time: VirtualTime, emulator: Emulator) {
    this.#time = time;
    this.#emulator = emulator;
    this.#network = new Network(time, emulator);
  }

  static async start(): Promise<Simulator> {
    const time = new VirtualTime(DAY_START_MS);
    const emulator = await startEmulator({ clock: { nowMs: () => time.nowMs() } });
    return new Simulator(time, emulator);
  }

  async close(): Promise<void> {
    await this.#network.close();
    await this.#emulator.close();
  }

  /** Plays a schedule; the same schedule always goes the same way. */
  async play(schedule: Schedule, subject: Subject = {}): Promise<History> {
    this.#prepare(schedule);
    if (subject.answer) this.#emulator.onAnswer(subject.answer);
    const seenPasses: SeenPass[] = [];
    const runs: RunRecord[] = [];
    for (const plan of schedule.runs) {
      if (runs.length > 0) await this.#time.pass(plan.pauseMs);
      const run = await this.#playRun({ schedule, plan, subject, earlier: runs, seenPasses });
      runs.push(run);
      if (run.ended !== "done" || run.thrown !== undefined) break;
    }
    if (hasCalmEnd(schedule) && runs.every(({ ended, thrown }) => ended === "done" && thrown === undefined)) {
      this.#emulator.configure({ quotas: { preloadL1: 1_000_000 }, queueCapacityUrls: 1_000_000 });
      for (let nth = 0; nth < CALM_RUNS && runs.at(-1)?.outcome?.verdict !== "passed"; nth += 1) {
        await this.#time.pass(1_000);
        runs.push(await this.#playRun({ schedule, plan: CALM_RUN, subject, earlier: runs, seenPasses }));
      }
    }
    await this.#time.pass(AFTERMATH_MS);
    const bounds = runs.map(({ ownAtEnd }) => ownAtEnd);
    return {
      schedule,
      runs,
      submissions: this.#accepted("submissions", bounds),
      purges: this.#accepted("purges", bounds),
      seenPasses,
      calls: this.#emulator.calls.length,
    };
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
        taskIdsAsNumbers: account.hugeIds,
      },
    });
  }

  async #playRun(options: {
    schedule: Schedule;
    plan: RunPlan;
    subject: Subject;
    earlier: readonly RunRecord[];
    seenPasses: SeenPass[];
  }): Promise<RunRecord> {
    const { schedule, plan, subject, earlier, seenPasses } = options;
    const time = this.#time;
    const saved = earlier.at(-1)?.saved;
    const previous = saved && readGateState(JSON.parse(JSON.stringify(saved)));
    const clock = new LocalClock(time, plan.clock);
    const startedAtMs = time.nowMs();
    const abort = new AbortController();
    let interruptedAtMs: number | undefined;
    let isKilled = false;
    const notices: string[] = [];
    let last = previous;
    let outcome: Outcome | undefined;
    let thrown: unknown;
    const end = () => {
      if (plan.end?.by === "interrupt") {
        interruptedAtMs ??= time.nowMs();
        abort.abort(new Error("interrupted by the test"));
      } else if (outcome === undefined) {
        isKilled = true;
        clock.kill();
        line.cut();
      }
    };
    const trigger = new Trigger(plan, end);
    const line = this.#network.open({
      run: earlier.length,
      faults: plan.faults,
      onCall: () => trigger.hit("call"),
    });
    if (plan.end?.at.on === "time") time.at(startedAtMs + plan.end.at.n, end);
    const urls = urlsOfRun(schedule, plan);
    runAsProcess({
      subject,
      transport: { ...this.#network.transportOptions(), dispatcher: line.dispatcher },
      clock,
      plan,
      urls,
      purgeFirst: schedule.purgeFirst,
      previous,
      signal: abort.signal,
      emit: (event) => {
        if (event.type === "notice") notices.push(event.message);
        if (event.type !== "state" || isKilled) return;
        notePasses(event.state, last, seenPasses, time.nowMs());
        last = event.state;
        trigger.hit("state");
      },
    }).then(
      (result) => {
        if (!isKilled) outcome = result;
      },
      (error: unknown) => {
        if (!isKilled) thrown = error ?? new Error("rejected with nothing");
      },
    );
    const ended = await time.passUntil(() => isKilled || outcome !== undefined || thrown !== undefined);
    if (!outcome) {
      clock.kill();
      line.cut();
    }
    if (outcome) notePasses(outcome.state, last, seenPasses, time.nowMs());
    return {
      plan,
      urls,
      startedAtMs,
      endedAtMs: time.nowMs(),
      interruptedAtMs,
      isKilled,
      ended,
      outcome,
      notices,
      thrown,
      previous,
      saved: outcome?.state ?? last,
      ownAtEnd: { submissions: this.#emulator.submissionCount(), purges: this.#emulator.purgeCount() },
    };
  }

  #accepted(
    kind: "submissions" | "purges",
    bounds: readonly { readonly submissions: number; readonly purges: number }[],
  ): AcceptedUrl[] {
    const own = kind === "submissions" ? this.#network.ownSubmissions : this.#network.ownPurges;
    return this.#emulator[kind]().map((submission, place) => ({
      url: submission.url,
      taskId: submission.taskId,
      atMs: Date.parse(submission.at),
      script: submission.script,
      isOurs: own.has(place),
      sentBy: own.get(place),
      run: Math.max(
        0,
        bounds.findIndex((bound) => place < bound[kind]) < 0
          ? bounds.length - 1
          : bounds.findIndex((bound) => place < bound[kind]),
      ),
    }));
  }
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
  state: GateState,
  before: GateState | undefined,
  seenPasses: SeenPass[],
  atMs: number,
): void {
  if (state.results === before?.results) return;
  const known = new Set(before?.results);
  for (const result of state.results) {
    if (result.state !== "preloaded" || known.has(result)) continue;
    seenPasses.push({ url: result.url, taskId: result.taskId, atMs, successPercent: result.successPercent });
  }
}
