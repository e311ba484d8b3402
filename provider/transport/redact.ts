import { types } from "node:util";

/**
 * The one place that takes secrets out of what people and files get to see: access key secrets, security
 * tokens, signatures, `Authorization` headers, and passwords in proxy URLs.
 */

const REDACTED = "[redacted]";

/** Names whose values are secret wherever they stand: as a header, a form field or a JSON property. */
const SECRET_NAME =
  "(?:proxy-)?authorization|signature|(?:x-acs-)?security-?token|sts_?token|access_?key_?secret|(?:oauth_)?(?:access|refresh)_token|password";

const SECRET_PATTERNS: readonly [RegExp, string][] = [
  // Where the signature does not match, the service quotes what it signed, token included.
  [/((?:string[\s_-]*to[\s_-]*sign|canonical[\s_-]*request)\b[^:=]*[:=])[\s\S]*/gi, `$1 ${REDACTED}`],
  [/ACS3-HMAC-SHA256\s+Credential=[^\s"']*/g, REDACTED],
  [new RegExp(`("(?:${SECRET_NAME})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, "gi"), `$1"${REDACTED}"`],
  [/\b((?:proxy-)?authorization\s*[:=]\s*)[^\r\n"']+/gi, `$1${REDACTED}`],
  // The separators also as they look once and twice percent-encoded.
  [
    new RegExp(`\\b((?:${SECRET_NAME})\\s*(?:[:=]|%(?:25)*3D)\\s*)(?:(?!%(?:25)*26)[^\\s&,"'<>])+`, "gi"),
    `$1${REDACTED}`,
  ],
  [/(:\/\/)[^/\s@"']*@/g, `$1${REDACTED}@`],
];

/** A text without secrets: everything that looks like one, and every one of `secrets` in any encoding. */
export function redactText(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets.filter((value) => value !== "")) {
    for (const spelling of spellings(secret)) {
      clean = clean.replaceAll(spelling, REDACTED);
    }
  }
  for (const [pattern, replacement] of SECRET_PATTERNS) {
    clean = clean.replace(pattern, replacement);
  }
  return clean;
}

/**
 * An error of a library as a plain one: its name, its `code`, its message without secrets, and its cause
 * likewise. Nothing else survives, since such errors carry sockets, proxy URLs and headers as properties.
 */
export function redactError(error: unknown, secrets: readonly string[] = []): Error {
  // `instanceof` does not know the errors of another realm, such as Node's own inside a sandbox.
  if (!types.isNativeError(error)) {
    return new Error(redactText(String(error), secrets));
  }
  const inner =
    error.cause ?? ("errors" in error && Array.isArray(error.errors) ? error.errors[0] : undefined);
  const clean = new Error(
    redactText(error.message, secrets),
    inner === undefined ? undefined : { cause: redactError(inner, secrets) },
  );
  clean.name = error.name;
  clean.stack = redactText(error.stack ?? String(error), secrets);
  return Object.assign(clean, "code" in error ? { code: error.code } : {});
}

function spellings(secret: string): Set<string> {
  const once = encodeURIComponent(secret);
  return new Set([secret, once, encodeURIComponent(once), JSON.stringify(secret).slice(1, -1)]);
}
