import type { GateState } from "../../provider/core/gate-state";
import type { Ended } from "../support/virtual-clock";
import type { ToldOutcome } from "../support/words";
import type { RunPlan, Schedule } from "./schedule";

/** What a run of one resource showed from outside. Instants are true ones, in milliseconds since 1970. */
export interface ResourceRun {
  readonly plan: RunPlan;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly interruptedAtMs: number | undefined;
  readonly isKilled: boolean;
  /** How the world's time ran out on it, where it neither ended nor died. */
  readonly ended: Ended;
  readonly outcome: ToldOutcome | undefined;
  /** What it said while it worked. */
  readonly notices: readonly string[];
  readonly thrown: unknown;
  /** What the run began with. */
  readonly previous: GateState | undefined;
  /** What is saved at the end. */
  readonly saved: GateState | undefined;
}

/** A run of one gate over tasks. */
export interface GateRecord extends ResourceRun {
  readonly taskIds: readonly string[];
}

/** A run of one preload. */
export interface RunRecord extends ResourceRun {
  readonly urls: readonly string[];
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

/** One submission of one URL, by us, by another preload of the same run or by a stranger. */
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
  /** A further task that the same submission has started. */
  readonly isFurther: boolean;
  /** Whether it fails, once it has ended, whatever its script says. */
  readonly failsAnyway: boolean;
}

/** All that happened to one preload, for the checker to judge. */
export interface History {
  readonly schedule: Schedule;
  readonly runs: readonly RunRecord[];
  /** Of the gate over the tasks of all preloads, where there is one; told with the first of them only. */
  readonly gates: readonly GateRecord[];
  readonly submissions: readonly AcceptedUrl[];
  readonly purges: readonly AcceptedUrl[];
  readonly seenPasses: readonly SeenPass[];
  readonly calls: number;
}

/** What the service knows a URL by: its scheme does not count. */
export function identity(url: string): string {
  return url.replace(/^https?:\/\//, "");
}
