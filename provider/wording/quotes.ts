/** An instant, by the service's clock; the same in every language, so that it can be found in logs. */
export function instantText(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** Words that others have written, in quotation marks. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 300 ? `${text.slice(0, 300)}…` : text);
}
