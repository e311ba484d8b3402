import { types } from "node:util";

/**
 * The one place that takes secrets out of what people and files get to see: access key secrets, security
 * tokens, signatures, `Authorization` headers, passwords in proxy URLs, the query strings of URLs, and the form that
 * a proxy's page may quote.
 */

const REDACTED = "[redacted]";

/** Names whose values are secret wherever they stand: as a header, a form field or a JSON property. */
const SECRET_NAME =
  "(?:proxy-)?authorization|auth_key|cookie|signature|(?:x-acs-)?security-?token|sts_?token|access_?key_?secret|(?:oauth_)?(?:access|refresh)_token|password";

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
  // A page that quotes the form that was sent quotes URLs and headers, percent-encoded.
  [/\b((?:ObjectPath|WithHeader)\s*(?:[:=]|%(?:25)*3D)\s*)[^\s&"'<>]+/gi, `$1${REDACTED}`],
];

const QUERY_PATTERNS: readonly [RegExp, string][] = [
  // A query string may hold a token, such as the CDN's own auth_key.
  [/((?:https?:\/\/|\/)[^\s?"'<>|]*)\?[^\s"'<>|]+/gi, "$1?…"],
  [/(\b[\w-]+(?:\.[\w-]+)+(?::\d+)?)\?[^\s"'<>|]+/gi, "$1?…"],
  [/(https?%(?:25)*3A[^\s&"'<>]*?)%(?:25)*3F[^\s&"'<>]+/gi, "$1?…"],
];

/**
 * What comes from outside (the service, a proxy, a library's error), fit to be shown: without secrets, and without the
 * query string of any URL that it quotes.
 */
export function redactWords(text: string, secrets: readonly string[] = []): string {
  return QUERY_PATTERNS.reduce(
    (clean, [pattern, replacement]) => clean.replace(pattern, replacement),
    redactText(text, secrets),
  );
}

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
    return new Error(redactWords(String(error), secrets));
  }
  const inner =
    error.cause ?? ("errors" in error && Array.isArray(error.errors) ? error.errors[0] : undefined);
  const clean = new Error(
    redactWords(error.message, secrets),
    inner === undefined ? undefined : { cause: redactError(inner, secrets) },
  );
  clean.name = error.name;
  clean.stack = redactWords(error.stack ?? String(error), secrets);
  return Object.assign(clean, "code" in error ? { code: error.code } : {});
}

function spellings(secret: string): Set<string> {
  const once = encodeURIComponent(secret);
  const asForm = once.replaceAll("%20", "+");
  const json = JSON.stringify(secret).slice(1, -1);
  return new Set([secret, once, asForm, encodeURIComponent(once), json, encodeURIComponent(json)]);
}
