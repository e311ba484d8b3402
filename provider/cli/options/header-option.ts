import { UsageError } from "../usage-error";

/**
 * The headers as the gate takes them.
 *
 * @throws UsageError, without the header's value: it may be a token.
 */
export function headersOf(texts: readonly string[] | undefined): Record<string, string[]> | undefined {
  if (texts === undefined) return undefined;
  const headers: Record<string, string[]> = {};
  for (const [index, text] of texts.entries()) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*([^\r\n\0]*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError({ kind: "headerNotValid", place: index + 1 });
    }
    headers[name] = [...(headers[name] ?? []), value];
  }
  return headers;
}
