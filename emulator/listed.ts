import type { TaskKind } from "./task-kind";

/** One URL that was accepted once. A URL in two calls, or twice in one call, has two. */
export interface Submission {
  /** As it was sent. */
  readonly url: string;
  readonly taskId: string;
  /** The other tasks of the submission. Absent if there is only one task. */
  readonly furtherTaskIds?: readonly string[];
  readonly domain: string;
  /** When it was accepted by the emulator's clock, in ISO 8601 UTC. */
  readonly at: string;
  /** The script's name, or `inline`. */
  readonly script: string;
}

/** The current state of one task, even if the query operations do not see it. */
export interface TaskListing {
  readonly taskId: string;
  /** The service's `CreationTime`. */
  readonly creationTime: string;
  readonly kind: TaskKind;
  readonly urls: readonly TaskUrlListing[];
}

/** One URL of a listed task. */
export interface TaskUrlListing {
  readonly url: string;
  readonly script: string;
  readonly status: string;
  readonly processPercent: number;
  readonly ended: boolean;
  readonly visible: boolean;
}
