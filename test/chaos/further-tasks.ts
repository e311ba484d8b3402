import type { AnswerHook, Emulator } from "../../emulator";

/** Statuses of a part that has ended, by its script. */
const ENDED = ["Complete", "Failed"];

/**
 * Lets the further tasks of each submission fail for all of their URLs, whatever becomes of the first one: they hold the
 * same URLs, so that none of these is preloaded.
 */
export function failFurtherTasks(emulator: Emulator): AnswerHook {
  return (_operation, body) => {
    const further = new Set(emulator.submissions().flatMap(({ furtherTaskIds = [] }) => furtherTaskIds));
    return further.size === 0 ? body : withFailed(body, (taskId) => further.has(taskId));
  };
}

/** The same body, or part of one, with each entry and row of these tasks failed. */
function withFailed(part: unknown, isFailed: (taskId: string) => boolean): unknown {
  if (Array.isArray(part)) return part.map((item) => withFailed(item, isFailed));
  if (typeof part !== "object" || part === null) return part;
  const fields = part as Record<string, unknown>;
  if ("TaskId" in fields && isFailed(String(fields.TaskId)) && ENDED.includes(String(fields.Status)))
    return failed(fields);
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, withFailed(value, isFailed)]));
}

function failed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { Urls: rows } = fields;
  if (!Array.isArray(rows)) return { ...fields, Status: "Failed" };
  return {
    ...fields,
    Status: "Failed",
    RetCode: "500",
    Urls: rows.map((row) => ({ ...row, Success: "0%" })),
  };
}
