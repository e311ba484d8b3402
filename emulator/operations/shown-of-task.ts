import type { Settings } from "../scenario-types";

/** The number of items that an answer counts in a task, and the items that it shows. */
export function shownOfTask<T>(
  items: readonly T[],
  { shownOfTask: shown, taskTotalCountAsText }: Settings,
): { readonly totalCount: number | string; readonly items: readonly T[] } {
  return {
    totalCount: taskTotalCountAsText ? String(items.length) : items.length,
    items: shown === "all" ? items : items.slice(0, -1),
  };
}
