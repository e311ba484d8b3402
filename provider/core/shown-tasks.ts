import { evidence, type TaskPart } from "./gate-state";
import { instantMs } from "./instant";
import * as z from "./zod";

/** A task's part as users read it; versions 1 and 2 of the state kept it so, too. */
export const taskResult = z.object({
  taskId: z.string(),
  domain: z.string(),
  /** As the service wrote it. */
  creationTime: z.string(),
  /** As the service wrote it. */
  endTime: z.string().optional(),
  /** `"0"` is success. Never known from status-only evidence. */
  retCode: z.string().optional(),
  /** Share of POPs on which the task has ended, such as `"99.37%"`. */
  process: z.string().optional(),
  status: z.string(),
  /** Of the answer that said so; name it in a support ticket. */
  requestId: z.string().optional(),
  evidence,
  /** The entry failed although each of its rows claims 100 %: the rows are not to be believed. */
  failedWithoutFailedUrl: z.literal(true).optional(),
  /** An entry of it holds no row of any URL. */
  namesNoUrl: z.literal(true).optional(),
  /** How many entries or rows the service counted and did not show: evidence that is missing. */
  unseenCount: z.number().int().positive().optional(),
  /** It was created, or ended, before the submission that it is to prove was sent: it proves nothing of that. */
  isOlderThanSubmission: z.literal(true).optional(),
});
/** What was last seen of one domain's part of a task, as users read it. */
export type TaskResult = z.infer<typeof taskResult>;

/** A part as users read it. */
export function shownTask(part: TaskPart): TaskResult {
  const { createdMs: _, endedMs: __, processPercent, ...shared } = part;
  return { ...shared, ...(processPercent === undefined ? {} : { process: `${processPercent}%` }) };
}

/** The part that {@link shownTask} has shown. */
export function partOfShownTask({ process, ...shared }: TaskResult): TaskPart {
  const createdMs = instantMs(shared.creationTime);
  const endedMs = instantMs(shared.endTime);
  const processPercent = Number.parseFloat(process ?? "");
  return {
    ...shared,
    ...(createdMs === undefined ? {} : { createdMs }),
    ...(endedMs === undefined ? {} : { endedMs }),
    ...(Number.isNaN(processPercent) ? {} : { processPercent }),
  };
}
