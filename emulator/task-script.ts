import { z } from "zod";
import type { TaskScript } from "./scenario-types";

/**
 * How one URL of a task behaves, as data. All times are milliseconds after the submission at speed 1. A higher speed
 * divides them.
 */
export const taskScriptSchema = z.strictObject({
  summary: z.string().default("").describe("What the script shows, as text."),
  endsAfterMs: z
    .number()
    .nonnegative()
    .nullable()
    .default(3_500)
    .describe("When it ends. `null` means never."),
  progress: z
    .array(z.strictObject({ atMs: z.number().nonnegative(), percent: z.number().min(0).max(100) }))
    .default([])
    .describe(
      "The share of POPs on which it has ended, as points joined by straight lines, from 0 % at the submission to 100 % at the end. If empty, one straight line. A task without an end stays at its last point.",
    ),
  runningStatus: z.string().min(1).default("Refreshing").describe("`Status` while it runs."),
  pendingForMs: z
    .number()
    .nonnegative()
    .default(0)
    .describe("How long the operations that need no allow-list show `Pending`."),
  endStatus: z.string().min(1).default("Complete").describe("`Status` after the end."),
  statusOnlyEndStatus: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe("`Status` after the end, in the operations that need no allow-list. `null` means `endStatus`."),
  retCode: z.string().nullable().default("0").describe("`RetCode` after the end. `null` omits the field."),
  successPercent: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .default(100)
    .describe("The share of POPs that hold the URL after the end. `null` omits the field."),
  description: z
    .string()
    .default("Successfully preloaded")
    .describe("`Description` in a detail answer after the end: failures separated by `|`."),
  statusOnlyDescription: z
    .string()
    .default("")
    .describe("`Description` after the end, in the operations that need no allow-list."),
  rows: z
    .number()
    .int()
    .nonnegative()
    .default(1)
    .describe("How many rows the URL has in an answer. 0 omits its row."),
  furtherRowsSuccessPercent: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .default(null)
    .describe("`Success` of the rows after the first, in percent. `null` means the same as the first."),
  appearsAfterMs: z
    .number()
    .nonnegative()
    .nullable()
    .default(null)
    .describe(
      "When the query operations start to see it. `null` means after the emulator's `visibilityDelayMs`.",
    ),
  disappearsAfterMs: z
    .number()
    .nonnegative()
    .nullable()
    .default(null)
    .describe("When the query operations stop seeing it. `null` means never."),
});

/** The state of a script at one instant. */
export interface ScriptProgress {
  readonly ended: boolean;
  /** Share of POPs on which it has ended. */
  readonly processPercent: number;
}

/** The state of a script this many milliseconds after the submission, already multiplied by the speed. */
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
