import type { Emulator, EmulatorOptions } from "../../emulator";
import { systemSleep } from "../../emulator/sleep";
import { until } from "./until";

/** Where a preload stands when it is killed, in the order in which a run passes these points. */
export const STEPS = ["before", "during", "after", "polling", "saving"] as const;
export type Step = (typeof STEPS)[number];

/** The steps in words. */
export const STEP_WORDS: Readonly<Record<Step, string>> = {
  before: "before the submission is sent",
  during: "accepted, but the response has not arrived",
  after: "answered, but not polled yet",
  polling: "while waiting",
  saving: "passed, but the state is not saved yet",
};

/** What a run of a preload is called, and what it submits anew. */
export type Verb = "create" | "update";

/** A run's own URL at a step: each has a domain, and so a task, of its own. */
export const urlOf = (step: Step, verb: Verb) => `https://${step}.example.com/${verb}.js`;

/** Delays that the test ends: no machine is so slow that one ends by itself. */
const HELD_MS = { during: 1_000_001, after: 1_000_002 } as const;

/** How long a host that has seen its last answer takes to hand it over, in milliseconds: a message to a stopped engine is given up after a second. */
const HAND_OVER_MS = 1_400;

/** Holds five preloads at five points of their run at once, so that one kill shows what becomes of each. */
export class KillStage {
  /** Give these to the emulator. */
  readonly emulatorOptions: EmulatorOptions;
  readonly #released = { during: new AbortController(), after: new AbortController() };

  constructor() {
    this.emulatorOptions = {
      scenario: { rules: [{ path: "/*", script: "never-ends" }] },
      sleep: async (durationMs, signal) => {
        const held = Object.entries(HELD_MS).find(([, heldMs]) => heldMs === durationMs);
        if (!held) return systemSleep(durationMs, signal);
        const released = this.#released[held[0] as keyof typeof HELD_MS].signal;
        await systemSleep(Number.POSITIVE_INFINITY, AbortSignal.any([signal, released])).catch(
          () => undefined,
        );
      },
    };
  }

  /**
   * Starts each preload and returns once it stands at its step.
   *
   * @param options.start starts the preload of a step, which asks for running tasks first at the step `before`.
   * @param options.stop keeps the one at `saving` from being saved once it has passed.
   */
  async set(
    emulator: Emulator,
    verb: Verb,
    options: { readonly start: (step: Step) => void; readonly stop: () => void },
  ): Promise<void> {
    this.#released.during = new AbortController();
    this.#released.after = new AbortController();
    const isSubmitted = (step: Step) => emulator.submissionCount(urlOf(step, verb)) === 1;
    const pollsOf = (step: Step) => {
      const taskId = emulator.submissions().find(({ url }) => url === urlOf(step, verb))?.taskId;
      return emulator.calls.filter(
        ({ operation, parameters, httpStatus }) =>
          operation === "DescribePreloadDetailById" && parameters.TaskId === taskId && httpStatus === 200,
      ).length;
    };

    options.start("polling");
    options.start("saving");
    await until(() => pollsOf("polling") > 0 && pollsOf("saving") > 0);

    const hang = { kind: "hang", operation: "DescribeRefreshTasks", toCall: null } as const;
    const held = { kind: "delay", operation: "PushObjectCache", toCall: null, afterWork: true } as const;
    emulator.setFaults([hang, { ...held, delayMs: HELD_MS.during }]);
    options.start("before");
    options.start("during");
    await until(
      () =>
        isSubmitted("during") &&
        emulator.calls.some(
          ({ operation, fault }) => operation === "DescribeRefreshTasks" && fault === "hang",
        ),
    );
    emulator.setFaults([hang, { ...held, delayMs: HELD_MS.after }]);
    options.start("after");
    await until(() => isSubmitted("after"));

    const looks = pollsOf("saving");
    options.stop();
    emulator.changeScript(urlOf("saving", verb), "completes-at-once");
    await until(() => pollsOf("saving") > looks);
    await new Promise((resolve) => setTimeout(resolve, HAND_OVER_MS));
    this.#released.after.abort();
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (pollsOf("after") > 0) throw new Error("This machine was too slow: somebody has looked already.");
    if (!isSubmitted("during") || isSubmitted("before"))
      throw new Error("A preload is not where it was put.");
  }

  /** Ends all that was held, for the next run: tasks end at once, and every answer comes. */
  clear(emulator: Emulator, verb: Verb): void {
    emulator.setFaults([]);
    this.#released.during.abort();
    emulator.setScenario({ rules: [{ path: "/*", script: "completes-at-once" }] });
    for (const step of STEPS) emulator.changeScript(urlOf(step, verb), "completes-at-once");
  }
}
