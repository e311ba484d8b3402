import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  readSitemap,
  urlsFromFolder,
  urlsFromSitemap,
  urlsFromText,
  urlsOfFiles,
} from "../../provider/code/urls";
import { parsePreloadUrl } from "../../provider/core/preload-url";
import { decodeText } from "../../provider/gate/url-sources/decode-text";
import { type FolderUrlOptions, readFolder } from "../../provider/gate/url-sources/folder";
import { hashFiles } from "../../provider/resources/hash-files";
import { throwsInWords } from "../support/words";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-urls-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const urlset = (...locations: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locations.map((location) => `<url><loc>\n ${location}\n</loc><lastmod>2026-01-01</lastmod></url>`).join("")}</urlset>`;
const index = (...locations: readonly string[]) =>
  `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locations.map((location) => `<sitemap><loc>${location}</loc></sitemap>`).join("")}</sitemapindex>`;

describe("a text", () => {
  test("holds a URL a line, whatever ends the lines; blank lines and comments are skipped", () => {
    expect(urlsFromText("\uFEFFa.example.com/1\r\n\n  # no\n b.example.com/2 \rc.example.com/3")).toEqual([
      "a.example.com/1",
      "b.example.com/2",
      "c.example.com/3",
    ]);
  });
});

describe("a list", () => {
  test.each([
    ["https://a.example.com/1 https://a.example.com/2"],
    ["https://a.example.com/1,https://a.example.com/2"],
    ["https://a.example.com/1, https://a.example.com/2,"],
    ["https://a.example.com/1\thttps://a.example.com/2"],
    ["https://a.example.com/1; https://a.example.com/2"],
    ["https://a.example.com/1，https://a.example.com/2"],
    ["https://a.example.com/1\u00a0https://a.example.com/2"],
  ])("separates URLs of one line: %j", (line) => {
    expect(urlsFromText(line)).toEqual(["https://a.example.com/1", "https://a.example.com/2"]);
  });

  test("a comma in a query string separates nothing but a further http(s)://", () => {
    const urls = ["https://a.example.com/a.js?ids=1,2", "https://a.example.com/b.js?ids=3,4"];
    expect(urlsFromText(urls.join(","))).toEqual(urls);
  });

  test("a URL in a query string is no second URL", () => {
    const url = "https://a.example.com/r?to=https://b.example.com/x";
    expect(urlsFromText(url)).toEqual([url]);
  });
});

describe("bytes", () => {
  const text = "https://a.example.com/文件.js\n";

  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16 as PowerShell writes it", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 the other way round", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
  ])("are read as %s", (_, bytes) => {
    expect(urlsFromText(decodeText(bytes, "urls.txt"))).toEqual(["https://a.example.com/文件.js"]);
  });

  test.each([
    ["PowerShell's", Buffer.from(text, "utf16le")],
    ["the other way round", Buffer.from(text, "utf16le").swap16()],
  ])("that are UTF-16 without a mark (%s) are called that", (_, bytes) => {
    expect(throwsInWords(() => decodeText(bytes, "urls.txt"))).toThrow(
      "urls.txt looks like UTF-16 without a byte order mark; save it as UTF-8",
    );
    const file = write("sitemap.xml", Buffer.from(urlset("https://a.example.com/1").slice(39), "utf16le"));
    expect(() => urlsFromSitemap(file)).toThrow(
      `The sitemap ${file} looks like UTF-16 without a byte order mark; save it as UTF-8.`,
    );
  });

  test("that are no UTF-8 are refused by file and line", () => {
    // GBK for the same characters.
    const bytes = Buffer.concat([Buffer.from("https://a.example.com/1\n/"), Buffer.from([0xce, 0xc4])]);
    expect(throwsInWords(() => decodeText(bytes, "urls.txt"))).toThrow(
      "urls.txt line 2 holds bytes that are not UTF-8; save it as UTF-8",
    );
  });

  const sitemap = (encoding: string, path: Buffer) =>
    Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>\n<urlset><url><loc>https://a.example.com/`),
      path,
      Buffer.from("</loc></url></urlset>"),
    ]);

  test("of a sitemap are read as its declaration says", () => {
    const { locations } = readSitemap(sitemap("GBK", Buffer.from([0xce, 0xc4])));
    expect(locations).toEqual(["https://a.example.com/文"]);
  });

  test.each([
    ["UTF-8", "line 2 holds bytes that are not UTF-8"],
    ["x-none", "declares the encoding x-none, which is not known"],
  ])("of a sitemap that are not the %s that it declares are refused", (encoding, problem) => {
    const file = write("sitemap.xml", sitemap(encoding, Buffer.from([0xce, 0xc4])));
    expect(() => urlsFromSitemap(file)).toThrow(`The sitemap ${file} ${problem}; save it as UTF-8.`);
  });
});

describe("file names", () => {
  test("that a URL would read otherwise are encoded", () => {
    for (const name of ["a*.js", "b c.js", "d\u200b.js", "{e}.js"]) write(name, "");
    const urls = urlsFromFolder(folder, { base: "https://a.example.com/" });
    expect(urls).toEqual([
      "https://a.example.com/a%2A.js",
      "https://a.example.com/b%20c.js",
      "https://a.example.com/d%E2%80%8B.js",
      "https://a.example.com/%7Be%7D.js",
    ]);
    expect(urls.every((url) => parsePreloadUrl(url).ok)).toBe(true);
  });

  test("that are not UTF-8 are refused unless they are left out, and have a digest", () => {
    write("a.js", "1");
    const before = hashFiles(folder);
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from(".js")]),
      "2",
    );
    const base = "https://a.example.com/";
    expect(() => urlsFromFolder(folder, { base })).toThrow(
      /^The file .*caf.\.js has a name that is not UTF-8/,
    );
    expect(urlsFromFolder(folder, { base, exclude: ["caf*"] })).toEqual(["https://a.example.com/a.js"]);
    expect(hashFiles(folder)).not.toBe(before);
  });
});

describe("a sitemap", () => {
  test("is read with entities, CDATA and white space taken as XML takes them", () => {
    const { kind, locations } = readSitemap(
      Buffer.from(urlset("https://a.example.com/?x=1&amp;y=2", "<![CDATA[https://a.example.com/z]]>")),
    );
    expect(kind).toBe("urlset");
    expect(locations).toEqual(["https://a.example.com/?x=1&y=2", "https://a.example.com/z"]);
  });

  test("counts only its own <loc>, not those of its image and video extensions", () => {
    const xml =
      '<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><s:url><s:loc>https://a.example.com/1</s:loc><image:image><image:loc>https://a.example.com/i.png</image:loc></image:image></s:url></s:urlset>';
    expect(readSitemap(Buffer.from(xml)).locations).toEqual(["https://a.example.com/1"]);
  });

  test("may be gzipped, whatever its name", () => {
    const file = write("sitemap.xml", gzipSync(urlset("https://a.example.com/1")));
    expect(urlsFromSitemap(file)).toEqual(["https://a.example.com/1"]);
  });

  test("may be an index: its sitemaps are found beside it by the end of their address", () => {
    write("maps/a.xml.gz", gzipSync(urlset("https://a.example.com/a")));
    write("b.xml", urlset("https://a.example.com/b"));
    const file = write(
      "index.xml",
      index("https://www.example.com/maps/a.xml.gz", "https://www.example.com/deep/b.xml"),
    );
    expect(urlsFromSitemap(file)).toEqual(["https://a.example.com/a", "https://a.example.com/b"]);
  });

  test("is never looked for outside of the index's folder", () => {
    const file = write("in/index.xml", index("https://www.example.com/..%2f..%2foutside.xml"));
    write("outside.xml", urlset("https://a.example.com/x"));
    expect(() => urlsFromSitemap(file)).toThrow("which is not beside it");
  });

  test.each<[string, string | Uint8Array, string]>([
    ["is no XML", "hello", "is not well-formed XML"],
    ["is cut off", "<urlset><url>", "is not well-formed XML"],
    ["is another document", "<html/>", "is neither a sitemap (<urlset>) nor an index"],
    ["names itself", index("https://www.example.com/x.xml"), "names itself"],
    [
      "is an index whose sitemap is missing",
      index("https://www.example.com/no.xml"),
      "Nothing is downloaded",
    ],
    ["is a bomb", gzipSync(Buffer.alloc(65 * 1024 * 1024)), "x.xml"],
    [
      "expands entities without end",
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>',
      "is not well-formed XML",
    ],
  ])("that %s is an error that names the file", (_name, content, message) => {
    const file = write("x.xml", content);
    expect(() => urlsFromSitemap(file)).toThrow(message);
    expect(() => urlsFromSitemap(file)).toThrow("x.xml");
  });
});

describe("a folder", () => {
  test("gives a URL a file, in the order of the paths, .well-known too, links to folders not", () => {
    write("index.html", "");
    write("assets/b.js", "");
    write("assets/a.js", "");
    write(".well-known/x.json", "");
    symlinkSync(join(folder, "assets"), join(folder, "linked"));
    expect(urlsFromFolder(folder, { base: "https://cdn.example.com/app" })).toEqual([
      "https://cdn.example.com/app/.well-known/x.json",
      "https://cdn.example.com/app/assets/a.js",
      "https://cdn.example.com/app/assets/b.js",
      "https://cdn.example.com/app/index.html",
    ]);
  });

  const paths = (options: Omit<FolderUrlOptions, "base"> = {}) =>
    urlsFromFolder(folder, { base: "https://cdn.example.com", ...options }).map((url) =>
      url.slice("https://cdn.example.com".length),
    );

  test("leaves out what no release means to serve: the system's files, dot files, source maps", () => {
    const served = ["app.js", ".well-known/security.txt", "Thumbs.dbx", "map", "a.map/b.js", "a..b/c.js"];
    const leftOut = [
      ".DS_Store",
      "img/.DS_Store",
      "img/Thumbs.db",
      "img/thumbs.db",
      "Desktop.ini",
      ".env",
      ".git/config",
      "a/.hidden/x.js",
      ".well-known/.DS_Store",
      "app.js.map",
      "style.css.MAP",
    ];
    for (const name of [...served, ...leftOut]) write(name, "");
    expect(paths()).toEqual(served.map((name) => `/${name}`).toSorted());
    const { leftOut: found } = readFolder(folder, { base: "c" });
    expect(found.map(({ path }) => path).toSorted()).toEqual(leftOut.toSorted());
  });

  test("takes source maps where it is asked to, by an option or by a glob that names them", () => {
    for (const name of ["a.js", "a.js.map", "x/.b.js.map"]) write(name, "");
    expect(paths({ sourceMaps: true })).toEqual(["/a.js", "/a.js.map"]);
    expect(paths({ include: ["*.map"] })).toEqual(["/a.js.map"]);
    expect(paths({ include: ["**/*.js*"] })).toEqual(["/a.js"]);
    expect(paths({ sourceMaps: true, exclude: ["*.map"] })).toEqual(["/a.js"]);
  });

  test("takes a dot file or a system's file only by a glob that names it", () => {
    for (const name of [".htaccess", "a/.htaccess", ".x/y.js", ".x/.z", "Thumbs.db"]) write(name, "");
    expect(paths({ include: [".htaccess"] })).toEqual(["/.htaccess", "/a/.htaccess"]);
    expect(paths({ include: [".x/**"] })).toEqual(["/.x/y.js"]);
    expect(paths({ include: ["Thumbs.db"] })).toEqual(["/Thumbs.db"]);
    expect(paths({ include: ["**"] })).toEqual([]);
  });

  test("also gives the address of a folder for each file that is its index", () => {
    for (const name of ["index.html", "about us/index.html", "a/b/index.html", "a/xindex.html"])
      write(name, "");
    expect(paths({ directoryIndex: "index.html" })).toEqual([
      "/a/b/",
      "/a/b/index.html",
      "/a/xindex.html",
      "/about%20us/",
      "/about%20us/index.html",
      "/",
      "/index.html",
    ]);
    expect(urlsOfFiles(["x/i.htm"], { base: "https://c.example.com/v1", directoryIndex: "i.htm" })).toEqual([
      "https://c.example.com/v1/x/",
      "https://c.example.com/v1/x/i.htm",
    ]);
  });

  test("a digest of it does not change with what the operating system writes", () => {
    write("a.js", "1");
    const before = hashFiles(folder);
    for (const name of [".DS_Store", "x/Thumbs.db", "x/desktop.ini"]) write(name, "looked at");
    expect(hashFiles(folder)).toBe(before);
    write(".htaccess", "deny");
    expect(hashFiles(folder)).not.toBe(before);
  });

  test("is narrowed by include, then by exclude; a glob without a slash matches at every depth", () => {
    const paths = ["index.html", "a/x.js", "a/x.js.map", "a/deep/y.js", "b/z.css", ".hidden/k.js"];
    const narrowed = (include: string[], exclude: string[] = []) =>
      urlsOfFiles(paths, { base: "c", include, exclude }).map((url) => url.slice(2));
    expect(narrowed(["*.js"])).toEqual(["a/x.js", "a/deep/y.js", ".hidden/k.js"]);
    expect(narrowed(["a/**"], ["*.map"])).toEqual(["a/x.js", "a/deep/y.js"]);
    expect(narrowed(["a/*"])).toEqual(["a/x.js", "a/x.js.map"]);
    expect(narrowed(["**/*.{js,css}"], ["a/deep/**"])).toEqual(["a/x.js", "b/z.css", ".hidden/k.js"]);
    expect(narrowed([], ["*.map", "*.html"])).toHaveLength(4);
  });

  test("names are encoded as a browser that follows a link to them would", () => {
    const names = [
      "a b.js",
      "100%.js",
      "q?.js",
      "c#.js",
      "é.js",
      "a+b@1.js",
      "back\\slash.js",
      "tail ",
      "nl\n.js",
    ];
    const identities = urlsOfFiles(names, { base: "https://cdn.example.com/" }).map((url) => {
      const parsed = parsePreloadUrl(url);
      return parsed.ok ? parsed.url.identity : parsed.problem;
    });
    expect(identities).toEqual([
      "cdn.example.com/a%20b.js",
      "cdn.example.com/100%25.js",
      "cdn.example.com/q%3F.js",
      "cdn.example.com/c%23.js",
      "cdn.example.com/%C3%A9.js",
      "cdn.example.com/a+b@1.js",
      "cdn.example.com/back%5Cslash.js",
      "cdn.example.com/tail%20",
      "cdn.example.com/nl%0A.js",
    ]);
  });
});
