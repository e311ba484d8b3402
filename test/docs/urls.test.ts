import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePreloadUrl } from "../../provider/core/preload-url";

const TEXT = readFileSync(join(__dirname, "../../docs/urls.md"), "utf8");

/** The decisions that the page's table lists: what, and what is done about it. */
const DECISIONS = TEXT.split("\n")
  .filter((line) => line.startsWith("|"))
  .slice(2)
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, what = "", decision = ""]) => ({ what, decision }));

/** For each row: URLs, and what is sent for them; `undefined` where they are refused. */
const SENT: Readonly<Record<string, readonly (readonly [string, string | undefined])[]>> = {
  "white space around it": [[" https://a.example.com/x\n", "https://a.example.com/x"]],
  "line feed, tab or other control character inside": [["https://a.example.com/x\ny", undefined]],
  "a second URL after white space, a comma or `;`": [
    ["https://a.example.com/1 https://a.example.com/2", undefined],
    ["https://a.example.com/1,https://a.example.com/2", undefined],
    ["https://a.example.com/1; http://a.example.com/2", undefined],
  ],
  "a second column after a comma, `;` or a bar": [
    ["https://a.example.com/a.js,2026-01-01", undefined],
    ["https://a.example.com/a.js;0.8;daily", undefined],
    ["https://a.example.com/a.js,2", undefined],
    ["https://a.example.com/a.js,d41d8cd98f00b204e9800998ecf8427e", undefined],
  ],
  "white space inside": [["https://a.example.com/a b", undefined]],
  "zero-width or other invisible character": [["https://a.example.com/a\u200b", undefined]],
  "`*`": [["https://a.example.com/*.js", undefined]],
  '`{`, `}`, `<`, `>`, `"`': [
    ["https://a.example.com/{a,b}.js", undefined],
    ["<https://a.example.com/a.js>", undefined],
    ['"https://a.example.com/a.js"', undefined],
  ],
  "comma or semicolon at its end": [
    ["https://a.example.com/a.js,", undefined],
    ["https://a.example.com/a.js;", undefined],
  ],
  backslash: [["https://a.example.com\\x", undefined]],
  "no scheme": [["a.example.com/x", "a.example.com/x"]],
  "another scheme than http or https": [["ftp://a.example.com/x", undefined]],
  "upper-case host": [["https://A.Example.com/X", "https://a.example.com/X"]],
  "international host name": [["https://bücher.example.com/", "https://xn--bcher-kva.example.com/"]],
  "port 443 with https, port 80 with http": [
    ["https://a.example.com:443/x", "https://a.example.com/x"],
    ["http://a.example.com:80/x", "http://a.example.com/x"],
    ["a.example.com:80/x", "a.example.com/x"],
    ["a.example.com:443/x", "a.example.com/x"],
  ],
  "any other port": [
    ["https://a.example.com:80/x", undefined],
    ["https://a.example.com:8443/x", undefined],
  ],
  "user name or password": [["https://user:word@a.example.com/x", undefined]],
  fragment: [["https://a.example.com/x#y", undefined]],
  "wildcard in the host": [["https://*.example.com/x", undefined]],
  "IP address, host without a dot": [
    ["https://192.0.2.1/x", undefined],
    ["https://localhost/x", undefined],
  ],
  "non-ASCII character in path or query": [
    ["https://a.example.com/äb?c=ö", "https://a.example.com/%C3%A4b?c=%C3%B6"],
  ],
  "percent-encoding": [
    ["https://a.example.com/a%2fb", "https://a.example.com/a%2fb"],
    ["https://a.example.com/a%2Fb", "https://a.example.com/a%2Fb"],
  ],
  "`%` that starts no percent-encoding": [["https://a.example.com/100%", undefined]],
  "`.` and `..` segments": [["https://a.example.com/a/./b/../c", "https://a.example.com/a/c"]],
  "no path": [["https://a.example.com", "https://a.example.com/"]],
  "query string": [
    ["https://a.example.com/x?b=1&a=%20", "https://a.example.com/x?b=1&a=%20"],
    ["https://a.example.com/x?", "https://a.example.com/x"],
  ],
  "more than 1,024 characters as sent": [[`https://a.example.com/${"x".repeat(1024)}`, undefined]],
};

test("every decision in docs/urls.md is tested here, and every tested decision is documented", () => {
  expect(DECISIONS.map(({ what }) => what)).toEqual(Object.keys(SENT));
});

test.each(DECISIONS)("$what: $decision", ({ what, decision }) => {
  const tried = SENT[what] ?? [];
  expect(tried.length).toBeGreaterThan(0);
  for (const [url, sent] of tried) {
    const parsed = parsePreloadUrl(url);
    expect(parsed.ok ? parsed.url.sent : undefined).toBe(sent);
    expect(decision.startsWith("refused")).toBe(sent === undefined);
  }
});
