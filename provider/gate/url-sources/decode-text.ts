import { GateError } from "../../core/errors";
import type { SourceFailure, TextFault } from "../../core/failure-facts";

/** What the first bytes of a text say of its encoding. */
const BYTE_ORDER_MARKS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];
/** The same without a mark, for a text that is known to begin with `<?`. */
const XML_BEGINNINGS: readonly (readonly [readonly number[], string])[] = [
  [[0x3c, 0x00, 0x3f, 0x00], "utf-16le"],
  [[0x00, 0x3c, 0x00, 0x3f], "utf-16be"],
];
/** The share of zeros among every second byte from which on a text is UTF-16: a list of addresses is mostly ASCII. */
const UTF16_ZERO_SHARE = 0.25;
/** An XML declaration stands in the first line; this is far more than one takes. */
const MAX_DECLARATION_BYTES = 200;

/**
 * Reads a text of any origin: by its byte order mark, else as UTF-8.
 *
 * @param file for messages; `undefined` is standard input.
 * @throws GateError `usage` with the line whose bytes are none of that: a wrong guess would be another URL.
 */
export function decodeText(bytes: Uint8Array, file: string | undefined): string {
  const encoding = markedEncoding(bytes, BYTE_ORDER_MARKS) ?? "utf-8";
  return decode(bytes, encoding, (fault) => ({ kind: "textNotReadable", file, fault }));
}

/**
 * Reads an XML text: by its byte order mark, else by its declaration (`encoding="GBK"`), else as UTF-8.
 *
 * @throws GateError `usage` where it is none of that.
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding =
    markedEncoding(bytes, BYTE_ORDER_MARKS) ??
    markedEncoding(bytes, XML_BEGINNINGS) ??
    declaredEncoding(bytes) ??
    "utf-8";
  return decode(bytes, encoding, (fault) => ({ kind: "sitemapNotReadable", file: undefined, fault }));
}

function markedEncoding(
  bytes: Uint8Array,
  beginnings: readonly (readonly [readonly number[], string])[],
): string | undefined {
  return beginnings.find(([beginning]) => beginning.every((byte, index) => bytes[index] === byte))?.[1];
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, MAX_DECLARATION_BYTES));
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1];
}

function decode(bytes: Uint8Array, encoding: string, failure: (fault: TextFault) => SourceFailure): string {
  if (encoding === "utf-8" && looksLikeUtf16(bytes)) throw new GateError(failure({ kind: "utf16" }));
  const decoder = decoderOf(encoding);
  if (!decoder) throw new GateError(failure({ kind: "unknownEncoding", encoding }));
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    const line = firstWrongLine(bytes, encoding);
    throw new GateError(failure({ kind: "wrongBytes", line, encoding }), { cause });
  }
}

/** As UTF-8 each of its characters would be followed, or preceded, by a NUL. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const zeros = [0, 0];
  for (let index = 0; index < bytes.length; index += 1) if (bytes[index] === 0) zeros[index % 2]! += 1;
  return Math.max(...zeros) > (bytes.length / 2) * UTF16_ZERO_SHARE;
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return undefined;
  }
}

/** From 1; lines end at a line feed. */
function firstWrongLine(bytes: Uint8Array, encoding: string): number {
  const lossy = new TextDecoder(encoding).decode(bytes);
  return lossy.slice(0, lossy.indexOf("\uFFFD")).split("\n").length;
}
