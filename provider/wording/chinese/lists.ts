/** A text that comes after a Chinese one: with a space before it unless it begins in Chinese. */
export function after(text: string): string {
  return /^[\p{Script=Han}“‘（《]/u.test(text) || text === "" ? text : ` ${text}`;
}

/** A text that comes before a Chinese one: with a space after it unless it ends in Chinese. */
export function before(text: string): string {
  return /[\p{Script=Han}”’）》，。；：、]$/u.test(text) || text === "" ? text : `${text} `;
}

/** `2 小时 3 分 4 秒`, `45 分钟`. */
export function durationText(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  const parts = [
    [Math.floor(seconds / 3600), "小时"],
    [Math.floor((seconds % 3600) / 60), seconds % 60 === 0 ? "分钟" : "分"],
    [seconds % 60, "秒"],
  ] as const;
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return shown.length > 0 ? shown.join(" ") : "0 秒";
}

/** The first of many, and how many more there are: `1、2，另有 3 个`. */
export function firstOf(items: readonly string[], most: number): string {
  const more = items.length > most ? `，另有 ${items.length - most} 个` : "";
  return `${items.slice(0, most).join("、")}${more}`;
}

/** `a、b 或 c`. */
export function oneOf(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : joined(items, "或");
}

/** `a、b 和 c`. */
export function allOf(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : joined(items, "和");
}

function joined(items: readonly string[], word: string): string {
  return `${before(items.slice(0, -1).join("、"))}${word}${after(items.at(-1) ?? "")}`;
}

/** `任务 1、2，另有 3 个`. */
export function tasksText(taskIds: readonly string[], most: number): string {
  return `任务 ${firstOf(taskIds, most)}`;
}

/** A text that a sentence goes on after. */
export function withoutStop(text: string): string {
  return text.replace(/[.。]$/, "");
}
