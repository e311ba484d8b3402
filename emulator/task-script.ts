import { z } from "zod";

/**
 * How one URL of a task behaves, as data. All times are milliseconds from the submission at speed 1; a
 * higher speed divides them.
 */
export const taskScriptSchema = z.strictObject({
  /** What the script shows, for people. */
  summary: z.string().default(""),
  /** When it ends; `null`: never. */
  endsAfterMs: z.number().nonnegative().nullable().default(3_500),
  /**
   * Share of POPs on which it has ended, as points joined by straight lines, from 0 % at the submission to
   * 100 % at the end. Empty: one straight line. After the last point of a task without an end it stays.
   */
  progress: z
    .array(z.strictObject({ atMs: z.number().nonnegative(), percent: z.number().min(0).max(100) }))
    .default([]),
  /** `Status` while it runs. */
  runningStatus: z.string().min(1).default("Refreshing"),
  /** How long the operations that need no allow-list call it `Pending`. */
  pendingForMs: z.number().nonnegative().default(0),
  /** `Status` once it has ended. */
  endStatus: z.string().min(1).default("Complete"),
  /** `Status` once it has ended, in the operations that need no allow-list; `null`: as `endStatus`. */
  statusOnlyEndStatus: z.string().min(1).nullable().default(null),
  /** `RetCode` once it has ended; `null`: the field is missing. */
  retCode: z.string().nullable().default("0"),
  /** Share of POPs that hold the URL once it has ended; `null`: the field is missing. */
  successPercent: z.number().min(0).max(100).nullable().default(100),
  /** `Description` in a detail answer once it has ended: failures separated by `|`. */
  description: z.string().default("Successfully preloaded"),
  /** `Description` once it has ended, in the operations that need no allow-list. */
  statusOnlyDescription: z.string().default(""),
  /** How many rows the URL has in an answer; 0: its row is missing. */
  rows: z.number().int().nonnegative().default(1),
  /** `Success` of the rows after the first, in percent; `null`: as the first. */
  furtherRowsSuccessPercent: z.number().min(0).max(100).nullable().default(null),
  /** When the query operations begin to see it; `null`: after the emulator's `visibilityDelayMs`. */
  appearsAfterMs: z.number().nonnegative().nullable().default(null),
  /** When the query operations stop seeing it; `null`: never. */
  disappearsAfterMs: z.number().nonnegative().nullable().default(null),
});

/** A script with every field set. */
export type TaskScript = z.output<typeof taskScriptSchema>;

/** A script as written by hand: every field has a default, that of a URL which passes. */
export type TaskScriptInput = z.input<typeof taskScriptSchema>;

/** What a script says at one instant. */
export interface ScriptProgress {
  readonly ended: boolean;
  /** Share of POPs on which it has ended. */
  readonly processPercent: number;
}

/** Where a script stands so many milliseconds after the submission (already multiplied by the speed). */
export function scriptProgress(script: TaskScript, elapsedMs: number): ScriptProgress {
  if (script.endsAfterMs !== null && elapsedMs >= script.endsAfterMs) {
    return { ended: true, processPercent: 100 };
  }
  const points = [{ atMs: 0, percent: 0 }, ...script.progress];
  if (script.endsAfterMs !== null) points.push({ atMs: script.endsAfterMs, percent: 100 });
  return { ended: false, processPercent: interpolate(points, elapsedMs) };
}

function interpolate(points: readonly { atMs: number; percent: number }[], atMs: number): number {
  const next = points.findIndex((point) => point.atMs > atMs);
  if (next === -1) return points.at(-1)?.percent ?? 0;
  const from = points[next - 1];
  const to = points[next];
  if (!from || !to) return 0;
  return from.percent + ((to.percent - from.percent) * (atMs - from.atMs)) / (to.atMs - from.atMs);
}
