/** `1 URL`, `2 URLs`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The first of many, and how many more there are: `1, 2 and 3 more`. */
export function firstOf(items: readonly string[], most: number): string {
  const more = items.length > most ? ` and ${items.length - most} more` : "";
  return `${items.slice(0, most).join(", ")}${more}`;
}

/** `a, b or c`. */
export function oneOf(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}

/** `a, b and c`. */
export function allOf(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `task 1`, `tasks 1, 2 and 3 more`. */
export function tasksText(taskIds: readonly string[], most: number): string {
  return `${taskIds.length === 1 ? "task" : "tasks"} ${firstOf(taskIds, most)}`;
}
