import { STATE_VERSION, type UrlFacts } from "./gate-state";
import { type PreloadUrl, plainUrl } from "./preload-url";
import * as z from "./zod";

/**
 * The schemas of a saved state. `gate-state.ts` has the types of what they give, in plain words for users' compilers and
 * editors; `test/types` keeps both in step.
 */

const rowFacts = z.object({
  taskId: z.string(),
  successPercent: z.number().optional(),
  description: z.string().optional(),
  says: z.enum(["pending", "preloaded", "failed", "unknown"]).optional(),
  refuted: z.boolean().optional(),
});

/** A URL as it was parsed; its text alone where that says all. */
const savedUrl = z.union([
  z.string().transform(plainUrl),
  z
    .object({ written: z.string(), sent: z.string(), host: z.string(), identity: z.string() })
    .transform((url): PreloadUrl => url),
]);

const taskIdList = z.array(z.string()).default([]);

/** What is saved of one URL: less than {@link UrlFacts} holds, where the rest follows. */
export const urlFacts = z
  .object({
    url: savedUrl,
    taskIds: taskIdList,
    /** Without a `taskId` where only one task may hold the URL. */
    rows: z.array(rowFacts.partial({ taskId: true })).default([]),
    purgeTaskIds: z.array(z.string()).optional(),
    purged: z.literal(true).optional(),
  })
  .transform(
    ({ rows, ...facts }): UrlFacts => ({
      ...facts,
      rows: rows.map(({ taskId = facts.taskIds[0] ?? "", ...row }) => ({ taskId, ...row })),
    }),
  );

export const taskPart = z.object({
  taskId: z.string(),
  domain: z.string(),
  creationTime: z.string(),
  createdMs: z.number().optional(),
  endTime: z.string().optional(),
  endedMs: z.number().optional(),
  retCode: z.string().optional(),
  processPercent: z.number().optional(),
  status: z.string(),
  requestId: z.string().optional(),
  evidence: z.enum(["detail", "statusOnly"]),
  failedWithoutFailedUrl: z.literal(true).optional(),
  namesNoUrl: z.literal(true).optional(),
  unseenCount: z.number().int().positive().optional(),
  isOlderThanSubmission: z.literal(true).optional(),
});

/** A task's part as users read it; versions 1 and 2 of the state kept it so, too. */
export const taskResult = taskPart.omit({ createdMs: true, endedMs: true, processPercent: true }).extend({
  process: z.string().optional(),
});

const purpose = z.enum(["preload", "purge"]);

export const submission = z.object({
  purpose: purpose.default("preload"),
  taskIds: z.array(z.string()),
  submittedAtMs: z.number(),
  sentAtMs: z.number().optional(),
  clockDoubtMs: z.number().optional(),
  account: z.string().optional(),
});

export const openAttempt = z.object({
  purpose: purpose.default("preload"),
  urls: z.array(savedUrl),
  sentAtMs: z.number(),
  expiresAtMs: z.number(),
  clockDoubt: z.object({ earlierMs: z.number(), laterMs: z.number() }).optional(),
});

export const gateState = z.object({
  stateVersion: z.literal(STATE_VERSION),
  urls: z.array(urlFacts),
  tasks: z.array(taskPart),
  saved: z.object({
    submissions: z.array(submission),
    openAttempts: z.array(openAttempt),
    unresolvableTaskIds: z.array(z.string()),
    removedUrls: z.array(urlFacts),
    wanted: z.enum(["listed", "any"]).optional(),
    account: z.string().optional(),
    judgedEvidence: z.string().optional(),
  }),
});
