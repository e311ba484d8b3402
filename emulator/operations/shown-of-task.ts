import type { Settings } from "../settings";

/** What an answer counts of a task, and what it shows of that. */
export function shownOfTask<T>(
  items: readonly T[],
  { shownOfTask: shown, taskTotalCountAsText }: Settings,
): { readonly totalCount: number | string; readonly items: readonly T[] } {
  return {
    totalCount: taskTotalCountAsText ? String(items.length) : items.length,
    items: shown === "all" ? items : items.slice(0, -1),
  };
}
