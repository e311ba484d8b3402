import fc from "fast-check";
import {
  identityOfAnswer,
  identityOfObjectPath,
  mergeSpellings,
  type PreloadUrl,
  parsePreloadUrl,
  showUrl,
} from "../../provider/core/preload-url";
import { wordingFor } from "../support/words";

function urlOf(text: string): PreloadUrl {
  const parsed = parsePreloadUrl(text);
  if (!parsed.ok) throw new Error(`${JSON.stringify(text)} ${wordingFor().problem(parsed.problem)}`);
  return parsed.url;
}

function problemOf(text: string): string {
  const parsed = parsePreloadUrl(text);
  if (parsed.ok) throw new Error(`accepted as ${parsed.url.sent}`);
  return wordingFor().problem(parsed.problem);
}

test.each<[string, string, string]>([
  ["a full URL stays as it is", "https://cdn.example.com/app.js", "https://cdn.example.com/app.js"],
  ["http stays http", "http://cdn.example.com/app.js", "http://cdn.example.com/app.js"],
  ["a URL without a scheme stays without one", "cdn.example.com/app.js", "cdn.example.com/app.js"],
  ["a host alone means its root", "cdn.example.com", "cdn.example.com/"],
  ["a query straight after the host means the root", "cdn.example.com?v=1", "cdn.example.com/?v=1"],
  ["surrounding white space is dropped", " \t https://cdn.example.com/a \n", "https://cdn.example.com/a"],
  ["scheme and host become lower case", "HTTPS://CDN.Example.COM/App.JS", "https://cdn.example.com/App.JS"],
  ["an international host becomes punycode", "https://bücher.example/a", "https://xn--bcher-kva.example/a"],
  ["a Chinese host becomes punycode", "例子.测试/首页", "xn--fsqu00a.xn--0zwm56d/%E9%A6%96%E9%A1%B5"],
  ["a percent-encoded host is decoded", "https://%63dn.example.com/a", "https://cdn.example.com/a"],
  ["https drops its own port", "https://cdn.example.com:443/a", "https://cdn.example.com/a"],
  ["http drops its own port", "http://cdn.example.com:80/a", "http://cdn.example.com/a"],
  ["no scheme drops either standard port", "cdn.example.com:80/a", "cdn.example.com/a"],
  ["no scheme drops the other one as well", "cdn.example.com:443/a", "cdn.example.com/a"],
  ["an encoded space", "https://cdn.example.com/my%20file.js", "https://cdn.example.com/my%20file.js"],
  [
    "non-ASCII is encoded as UTF-8",
    "https://cdn.example.com/ü?q=é",
    "https://cdn.example.com/%C3%BC?q=%C3%A9",
  ],
  ["an emoji is encoded", "https://cdn.example.com/😀", "https://cdn.example.com/%F0%9F%98%80"],
  ["lower-case encoding stays", "https://cdn.example.com/a%2fb", "https://cdn.example.com/a%2fb"],
  ["upper-case encoding stays", "https://cdn.example.com/a%2Fb", "https://cdn.example.com/a%2Fb"],
  ["an encoded line feed stays encoded", "https://cdn.example.com/a%0Ab", "https://cdn.example.com/a%0Ab"],
  [
    "a query keeps its order",
    "https://cdn.example.com/a?b=2&a=1&b=1",
    "https://cdn.example.com/a?b=2&a=1&b=1",
  ],
  ["an empty query is dropped", "https://cdn.example.com/a?", "https://cdn.example.com/a"],
  ["a second question mark stays", "https://cdn.example.com/a?b?c", "https://cdn.example.com/a?b?c"],
  ["a plus stays a plus", "https://cdn.example.com/a+b?c+d", "https://cdn.example.com/a+b?c+d"],
  ["dot segments are resolved", "https://cdn.example.com/a/./b/../c", "https://cdn.example.com/a/c"],
  ["encoded dot segments are resolved", "https://cdn.example.com/a/%2e%2e/c", "https://cdn.example.com/c"],
  ["dot segments never leave the root", "https://cdn.example.com/../../c", "https://cdn.example.com/c"],
  ["dots in a query stay", "https://cdn.example.com/a?../b", "https://cdn.example.com/a?../b"],
  ["double slashes in a path stay", "https://cdn.example.com//a//b", "https://cdn.example.com//a//b"],
  [
    "an @ in a path is no user name",
    "https://cdn.example.com/@scope/pkg.js",
    "https://cdn.example.com/@scope/pkg.js",
  ],
  ["an encoded asterisk", "https://cdn.example.com/%2A.js", "https://cdn.example.com/%2A.js"],
  ["a URL in a query is no scheme", "cdn.example.com/?u=ftp://x", "cdn.example.com/?u=ftp://x"],
  ["an underscore in a label is taken", "my_cdn.example.com/a", "my_cdn.example.com/a"],
  [
    "1,024 characters are taken",
    `https://cdn.example.com/${"a".repeat(1000)}`,
    `https://cdn.example.com/${"a".repeat(1000)}`,
  ],
])("%s", (_name, written, sent) => {
  expect(urlOf(written).sent).toBe(sent);
});

test.each<[string, string, string]>([
  ["empty text", "", "must not be empty"],
  ["white space alone", " \n\t ", "must not be empty"],
  ["a line feed inside", "https://cdn.example.com/a\nhttps://cdn.example.com/b", "control character"],
  ["a carriage return inside", "https://cdn.example.com/a\r/b", "control character"],
  ["a tab inside", "https://cdn.example.com/a\tb", "control character"],
  ["a NUL inside", "https://cdn.example.com/a\u0000b", "control character"],
  ["a C1 control inside", "https://cdn.example.com/a\u0085b", "control character"],
  ["a line separator inside", "https://cdn.example.com/a\u2028b", "control character"],
  ["a backslash", "https://cdn.example.com\\a", "backslash"],
  ["a fragment", "https://cdn.example.com/a#top", "fragment"],
  ["an empty fragment", "https://cdn.example.com/a#", "fragment"],
  ["ftp", "ftp://cdn.example.com/a", "scheme ftp"],
  ["a scheme in upper case", "FILE:///etc/passwd", "scheme file"],
  ["a path without a host", "/app.js", "has no host"],
  ["a host without a scheme but slashes", "//cdn.example.com/a", "has no host"],
  ["three slashes", "https:///cdn.example.com/a", "has no host"],
  ["one slash after the scheme", "https:/cdn.example.com/a", "not a full domain name"],
  ["a scheme without a host", "https://", "is not a URL"],
  ["a lone percent", "https://cdn.example.com/100%", "starts no percent-encoding"],
  ["a percent before no hexadecimal digits", "https://cdn.example.com/%zz", "starts no percent-encoding"],
  ["a user name", "https://me@cdn.example.com/a", "user name or password"],
  ["a password", "https://me:secret@cdn.example.com/a", "user name or password"],
  ["an empty user name", "https://@cdn.example.com/a", "user name or password"],
  ["a user name without a scheme", "me@cdn.example.com/a", "user name or password"],
  ["another port", "https://cdn.example.com:8443/a", "names port 8443"],
  ["http's port under https", "https://cdn.example.com:80/a", "names port 80"],
  ["https's port under http", "http://cdn.example.com:443/a", "names port 443"],
  ["a port that is none", "https://cdn.example.com:99999/a", "is not a URL"],
  ["a wildcard host", "https://*.example.com/a", "wildcard"],
  ["an IPv4 address", "http://192.0.2.1/a", "IP address"],
  ["an IPv4 address in hexadecimal", "http://0x7f.1/a", "IP address"],
  ["an IPv6 address", "http://[2001:db8::1]/a", "IP address"],
  ["a single-label host", "http://localhost/a", "not a full domain name"],
  ["a host with an empty label", "http://cdn..example.com/a", "not a full domain name"],
  ["a host with a trailing dot", "http://cdn.example.com./a", "not a full domain name"],
  ["a host that starts with a hyphen", "http://-cdn.example.com/a", "not a full domain name"],
  ["a space in the host", "https://cdn example.com/a", "holds white space at character 12"],
  [
    "a space in the path",
    "https://cdn.example.com/a b",
    "holds white space at character 26; write it as %20",
  ],
  ["a second column", "https://cdn.example.com/a.js 2026-11-27", "holds white space at character 29"],
  [
    "a second URL",
    "https://a.example.com/1 https://a.example.com/2",
    "holds a second URL, from character 25 on",
  ],
  ["a second URL after a comma", "https://a.example.com/1,https://a.example.com/2", "holds a second URL"],
  ["a second URL after a full-width comma", "https://a.example.com/1，http://b.example.com/2", "second URL"],
  [
    "the same host again after a comma",
    "a.example.com/1,a.example.com/2",
    "holds a second URL, from character 17",
  ],
  [
    "a date after a comma",
    "https://a.example.com/a.js,2026-01-01",
    "holds a second column, from character 28",
  ],
  ["a date and a time after a comma", "https://a.example.com/a.js,2026-01-01T08:00:00Z", "a second column"],
  ["a sitemap's columns", "https://a.example.com/a.js;0.8;daily", "holds a second column, from character 28"],
  ["another host after a comma", "a.example.com/1,b.example.com/2", "holds a second URL, from character 17"],
  ["a second URL after a bar", "https://a.example.com/1|https://a.example.com/2", "holds a second URL"],
  [
    "two URLs with nothing between",
    "https://a.example.com/a.jshttps://a.example.com/b.js",
    "second URL, from character 27",
  ],
  [
    "a tab before a date",
    "https://a.example.com/a.js\t2026",
    "control character; give each URL an item of its own (a tab at character 27)",
  ],
  [
    "a NUL",
    "https://a.example.com/\u0000a",
    "control character; give each URL an item of its own (a NUL at character 23)",
  ],
  ["a bell", "https://a.example.com/\u0007a", "(U+0007 at character 23)"],
  ["a number after a file", "https://a.example.com/a.js,2", "holds a second column, from character 28 on"],
  ["a rank and a word", "https://a.example.com/a.js,2,x", "holds a second column, from character 28 on"],
  ["a size after a file", "https://a.example.com/a.js;12.5KB", "holds a second column, from character 28 on"],
  ["a share after a file", "a.example.com/a.js,-1", "holds a second column, from character 20 on"],
  ["an empty column and a number", "https://a.example.com/a.js,,404", "second column, from character 29 on"],
  [
    "a digest after a file",
    "https://a.example.com/a.js,d41d8cd98f00b204e9800998ecf8427e",
    "holds a second column, from character 28 on",
  ],
  ["a comma at its end", "https://a.example.com/1,", "ends in a comma"],
  ["a no-break space", "https://a.example.com/1\u00a02", "holds white space at character 24"],
  [
    "a zero-width space",
    "https://a.example.com/a\u200b.js",
    "an invisible character (U+200B) at character 24",
  ],
  ["a byte order mark inside", "https://a.example.com/a\ufeffb", "U+FEFF"],
  ["a soft hyphen", "https://a.example.com/a\u00adb", "an invisible character (U+00AD)"],
  ["a character that was lost", "https://a.example.com/caf\ufffd", "lost in decoding (U+FFFD)"],
  ["a wildcard", "https://cdn.example.com/*.js", "holds a wildcard (*)"],
  ["a brace pattern", "https://cdn.example.com/{a,b}.js", "holds a brace"],
  ["a variable that was not filled in", "https://cdn.example.com/{{RELEASE}}/a.js", "holds a brace"],
  ["angle brackets around it", "<https://cdn.example.com/a.js>", "angle bracket"],
  ["quotation marks around it", '"https://cdn.example.com/a.js"', "quotation mark"],
  [
    "the text of an Output",
    "https://Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value of an Output<T> as an Output<string> consider either:\n1: o.apply(v => v)/a.js",
    "holds the text of an Output that was put into a string; build it with pulumi.interpolate or apply",
  ],
  ["1,025 characters", `https://cdn.example.com/${"a".repeat(1001)}`, "has 1025 characters as sent"],
  [
    "characters that grow when they are encoded",
    `https://cdn.example.com/${"ü".repeat(200)}`,
    "has 1224 characters",
  ],
])("%s is refused", (_name, written, problem) => {
  expect(problemOf(written)).toContain(problem);
});

test("a problem never repeats the URL, which may be secret", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), (noise) => {
      const parsed = parsePreloadUrl(`https://s3cr3tt0k3n:${noise}@h/s3cr3tp4th?s3cr3tqu3ry#${noise}`);
      expect(parsed.ok ? "accepted" : JSON.stringify(parsed.problem)).not.toMatch(/s3cr3t|accepted/);
    }),
  );
});

const label = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,8}$/).filter((text) => !text.startsWith("xn--"));
const unicodeLabel = fc.constantFrom("bücher", "例子", "пример", "παράδειγμα", "CDN", "Static");
const host = fc
  .tuple(fc.oneof(label, unicodeLabel), fc.constantFrom("example.com", "Example.ORG", "example.测试"))
  .map(([first, rest]) => `${first}.${rest}`);
const segment = fc
  .string({
    unit: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(..."abz019-._~!$&'()*+,;=:@ \"<>^`{|}") },
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  })
  .map((text) => text.replace(/[#\\%?/\p{Cc}\u2028\u2029\p{Cs}]/gu, ""));
const encoded = fc.constantFrom("%20", "%2f", "%2F", "%C3%BC", "%0a", "%25", "%3F", "%23");
const path = fc
  .array(fc.oneof(segment, encoded, fc.constantFrom(".", "..", "")), { maxLength: 5 })
  .map((segments) => `/${segments.join("/")}`);
const query = fc.oneof(
  fc.constant(""),
  fc.array(fc.oneof(segment, encoded), { maxLength: 3 }).map((parts) => `?${parts.join("&")}`),
);
const written = fc
  .tuple(fc.constantFrom("", "http://", "https://", "HTTPS://"), host, path, query)
  .map((parts) => parts.join(""))
  .filter((text) => parsePreloadUrl(text).ok);

test("what is sent is sent unchanged when it is read again", () => {
  fc.assert(
    fc.property(written, (text) => {
      const url = urlOf(text);
      const again = urlOf(url.sent);
      expect(again.sent).toBe(url.sent);
      expect(again.identity).toBe(url.identity);
      expect(again.host).toBe(url.host);
    }),
    { numRuns: 1000 },
  );
});

test("what is sent is one line of printable ASCII without white space", () => {
  fc.assert(
    fc.property(fc.oneof(written, fc.webUrl(), fc.string({ unit: "grapheme" })), (text) => {
      const parsed = parsePreloadUrl(text);
      if (parsed.ok) expect(parsed.url.sent).toMatch(/^[\x21-\x7e]+$/);
    }),
    { numRuns: 1000 },
  );
});

/** As the service names a URL in a detail answer: by domain and path. */
function answerOf(url: PreloadUrl): { domain: string; path: string } {
  return { domain: url.host, path: url.identity.slice(url.host.length) };
}

test("the identity of an answered path is the identity of the URL that was sent", () => {
  fc.assert(
    fc.property(written, fc.constantFrom("", "\n", "\r\n", "\r", "\n\n"), (text, lineEnd) => {
      const url = urlOf(text);
      const { domain, path: answered } = answerOf(url);
      expect(identityOfAnswer(domain, answered + lineEnd)).toBe(url.identity);
      expect(identityOfObjectPath(url.sent + lineEnd)).toBe(url.identity);
      expect(identityOfObjectPath(`http://${url.identity}${lineEnd}`)).toBe(url.identity);
    }),
    { numRuns: 1000 },
  );
});

test("an answer that decodes a path as UTF-8, or shouts its domain, still names the URL", () => {
  const url = urlOf("https://cdn.example.com/ü%20ö.js?q=é");
  expect(identityOfAnswer("CDN.Example.com", "/ü ö.js?q=é\n")).toBe(url.identity);
  expect(identityOfAnswer("bücher.example", "/a")).toBe(urlOf("bücher.example/a").identity);
});

test("spellings of one URL have one identity", () => {
  fc.assert(
    fc.property(written, (text) => {
      const url = urlOf(text);
      const bare = text.replace(/^https?:\/\//i, "");
      for (const spelling of [bare, `http://${bare}`, `https://${bare}`, `  ${text}\n`]) {
        expect(urlOf(spelling).identity).toBe(url.identity);
      }
    }),
  );
});

test.each([
  ["https://cdn.example.com/a%2fb?c=%c3%bc", "https://cdn.example.com/a%2Fb?c=%C3%BC"],
  ["cdn.example.com/%e4%bd%a0", "https://cdn.example.com/\u4f60"],
])(
  "the digits of a percent-encoding have no case: %s and %s are one URL, sent as it was written",
  (left, right) => {
    expect(urlOf(left).identity).toBe(urlOf(right).identity);
    expect(urlOf(left).sent).toBe(left);
    expect(mergeSpellings([urlOf(left), urlOf(right)])).toEqual([urlOf(left)]);
  },
);

test("a row whose percent-encoding is in the other case names the URL", () => {
  const url = urlOf("https://cdn.example.com/%c3%BC.js?q=%2f");
  expect(identityOfAnswer("cdn.example.com", "/%C3%bc.js?q=%2F\n")).toBe(url.identity);
  expect(identityOfObjectPath("http://cdn.example.com/%C3%BC.js?q=%2F")).toBe(url.identity);
});

test.each<[string, string]>([
  ["https://cdn.example.com/a", "https://cdn.example.com/A"],
  ["https://cdn.example.com/a", "https://cdn.example.com/a/"],
  ["https://cdn.example.com/a", "https://www.example.com/a"],
  ["https://cdn.example.com/a", "https://cdn.example.com/a?b"],
  ["https://cdn.example.com/a?b&c", "https://cdn.example.com/a?c&b"],
  ["https://cdn.example.com/a%2Fb", "https://cdn.example.com/a/b"],
])("%s and %s are two URLs", (left, right) => {
  expect(urlOf(left).identity).not.toBe(urlOf(right).identity);
});

test.each<[string, string, string]>([
  ["a fragment", "cdn.example.com", "/a#b"],
  ["a backslash", "cdn.example.com", "/a\\b"],
  ["a tab", "cdn.example.com", "/a\tb"],
  ["a space at the end", "cdn.example.com", "/a "],
  ["a port in the domain", "cdn.example.com:8080", "/a"],
  ["a user name in the domain", "me@cdn.example.com", "/a"],
])("a neighbour's row with %s is not taken for one of ours", (_name, domain, answered) => {
  const ours = ["/a", "/b", "/a/b", "/ab", "/a/"].map((own) => urlOf(`cdn.example.com${own}`).identity);
  expect(ours).not.toContain(identityOfAnswer(domain, answered));
  expect(ours).not.toContain(identityOfObjectPath(`https://${domain}${answered}`));
});

test("a domain that holds a path names none of our URLs", () => {
  expect(identityOfAnswer("cdn.example.com/a", "/")).not.toBe(urlOf("cdn.example.com/a/").identity);
});

test("merging keeps the first spelling of each URL, in order", () => {
  const urls = [
    "cdn.example.com/b",
    "https://CDN.example.com/a",
    "http://cdn.example.com/b",
    "cdn.example.com/a",
  ];
  expect(mergeSpellings(urls.map(urlOf)).map((url) => url.written)).toEqual([
    "cdn.example.com/b",
    "https://CDN.example.com/a",
  ]);
});

test("merging twice changes nothing more", () => {
  fc.assert(
    fc.property(fc.array(written.map(urlOf), { maxLength: 8 }), (urls) => {
      const merged = mergeSpellings(urls);
      expect(new Set(merged.map((url) => url.identity)).size).toBe(merged.length);
      expect(mergeSpellings(merged)).toEqual(merged);
    }),
  );
});

test("a URL is shown without its query", () => {
  expect(showUrl("https://cdn.example.com/a?token=s3cr3t")).toBe("https://cdn.example.com/a?…");
  expect(showUrl("https://cdn.example.com/a")).toBe("https://cdn.example.com/a");
});

test.each([
  ["https://cdn.example.com/a.js?v=1", "cdn.example.com/a.js?v=1"],
  ["http://CDN.example.com/a.js\n", "cdn.example.com/a.js"],
  ["https://cdn.example.com:443/a.js\r\n", "cdn.example.com/a.js"],
])("an answer that names a whole URL of its own domain is matched: %j", (answered, identity) => {
  expect(identityOfAnswer("cdn.example.com", answered)).toBe(identity);
});

test.each([
  "https://www.example.com/a.js",
  "https://cdn.example.com:8443/a.js",
  "https://cdn.example.com/a.js#b",
])("an answer that names a whole URL of another address is no row of ours: %s", (answered) => {
  expect(identityOfAnswer("cdn.example.com", answered)).not.toBe("cdn.example.com/a.js");
});

test.each([
  "https://a.example.com/combo/a.js,b.js",
  "https://a.example.com/tiles/3,4",
  "https://a.example.com/v1.2,3/a.js",
  "https://a.example.com/a.js,2/b.js",
  "https://a.example.com/a.js,b2",
  "https://a.example.com/a.js?ids=1,2",
  "https://a.example.com/a.js?ids=1,2&v=3;4",
  "https://a.example.com/a;v=1/b.js",
  "https://a.example.com/x?range=2026-01-01,2026-02-01",
  "https://a.example.com/fit/https://b.example.com/c.png",
  "https://a.example.com/r?to=https://b.example.com/x",
])("a comma, a semicolon or an address inside a URL is its own: %s", (url) => {
  expect(parsePreloadUrl(url)).toMatchObject({ ok: true, url: { sent: url } });
});
