import type { TaskScript, TaskScriptInput } from "./scenario-types";
import { taskScriptSchema } from "./task-script";

const SCRIPTS = {
  passes: {
    summary: "Ends after 3.5 seconds with every POP holding the URL. This is the default",
  },
  "completes-at-once": { summary: "Has ended before the first poll", endsAfterMs: 0 },
  "retcode-500": {
    summary: "Complete with RetCode 500: the origin answered with a 5xx",
    retCode: "500",
    successPercent: 0,
    description: "Origin Return StatusCode 5XX|Internal Error",
    statusOnlyEndStatus: "Failed",
    statusOnlyDescription: "Origin Return StatusCode 5XX",
  },
  "failed-status": {
    summary: "Failed with RetCode 504: the origin did not answer in time",
    retCode: "504",
    endStatus: "Failed",
    successPercent: 0,
    description: "Origin Timeout",
    statusOnlyDescription: "Origin Timeout",
  },
  "failed-half-way": {
    summary: "Failed although the RetCode is 0. Half of the POPs hold the URL",
    endsAfterMs: 2_500,
    endStatus: "Failed",
    successPercent: 50,
    description: "Internal Error|Origin Timeout",
    statusOnlyDescription: "Internal Error",
  },
  "one-pop-in-three": {
    summary: "Complete with RetCode 0, but only every third POP holds the URL",
    successPercent: 33.33,
    description: "Origin Timeout|Internal Error",
  },
  "zero-pops": {
    summary: "Complete with RetCode 0, but no POP holds the URL",
    successPercent: 0,
    description: "Origin Timeout",
    statusOnlyEndStatus: "Failed",
    statusOnlyDescription: "Origin Timeout",
  },
  "forty-seven-percent": {
    summary: "Complete with RetCode 0 and 47 % of the POPs, like the example in the API reference",
    successPercent: 47,
  },
  slow: {
    summary: "Passes after ten minutes",
    endsAfterMs: 600_000,
    progress: [
      { atMs: 60_000, percent: 4.2 },
      { atMs: 180_000, percent: 31.58 },
      { atMs: 360_000, percent: 78.91 },
      { atMs: 480_000, percent: 95.04 },
    ],
  },
  "stalls-at-99": {
    summary: "Reaches 99.37 % within four seconds and passes after two minutes",
    endsAfterMs: 120_000,
    progress: [
      { atMs: 4_000, percent: 99.37 },
      { atMs: 119_999, percent: 99.37 },
    ],
  },
  "never-ends": {
    summary: "Reaches 62.5 % and stays there",
    endsAfterMs: null,
    progress: [{ atMs: 5_000, percent: 62.5 }],
  },
  "no-progress": {
    summary: "Shows 0 % until it passes after twenty seconds",
    endsAfterMs: 20_000,
    progress: [{ atMs: 19_999, percent: 0 }],
  },
  "falls-back": {
    summary: "Its progress falls from 80 % to 20 %. Passes after eight seconds",
    endsAfterMs: 8_000,
    progress: [
      { atMs: 3_000, percent: 80 },
      { atMs: 3_500, percent: 20 },
    ],
  },
  "pending-first": {
    summary: "Pending for three seconds in the operations that need no allow-list. Passes after six",
    endsAfterMs: 6_000,
    pendingForMs: 3_000,
    progress: [{ atMs: 3_000, percent: 0 }],
  },
  "unknown-status": {
    summary: "Ends with an undocumented status",
    endStatus: "Cancelled",
    description: "Cancelled",
    successPercent: 12.5,
  },
  "appears-late": {
    summary: "Visible to the query operations only after fifteen seconds, when it has already passed",
    appearsAfterMs: 15_000,
  },
  disappears: {
    summary: "Disappears after six seconds at 40 %",
    endsAfterMs: null,
    progress: [{ atMs: 6_000, percent: 40 }],
    disappearsAfterMs: 6_000,
  },
  "never-appears": {
    summary: "Accepted, but never visible to the query operations",
    disappearsAfterMs: 0,
  },
  "missing-retcode": { summary: "Complete without a RetCode", retCode: null },
  "missing-success": { summary: "Complete, but its row has no Success", successPercent: null },
  "missing-row": { summary: "Its task is Complete, but the URL has no row", rows: 0 },
  "duplicate-rows": {
    summary: "Complete with two rows for the URL: 100 % and 0 %",
    rows: 2,
    furtherRowsSuccessPercent: 0,
  },
} as const satisfies Record<string, TaskScriptInput>;

/** The name of a script that comes with the emulator. */
export type ScriptName = keyof typeof SCRIPTS;

/** The scripts that come with the emulator, by name. */
export const NAMED_SCRIPTS: ReadonlyMap<string, TaskScript> = new Map(
  Object.entries(SCRIPTS).map(([name, script]) => [name, taskScriptSchema.parse(script)]),
);

/** The script that a URL names. */
export interface ScriptInUrl {
  /** As written, without `emulate-` and `-once`. It may not exist. */
  readonly name: string;
  /** Whether only the first submission of the URL uses the script. */
  readonly once: boolean;
}

/** Reads the script in a path segment `emulate-<script>` or `emulate-<script>-once`. The first one counts. */
export function scriptInPath(pathAndQuery: string): ScriptInUrl | undefined {
  const path = pathAndQuery.split(/[?#]/, 1)[0] ?? "";
  const segment = path.split("/").find((part) => part.startsWith("emulate-"));
  if (segment === undefined) return undefined;
  const name = segment.slice("emulate-".length);
  if (!NAMED_SCRIPTS.has(name) && name.endsWith("-once")) {
    return { name: name.slice(0, -"-once".length), once: true };
  }
  return { name, once: false };
}
