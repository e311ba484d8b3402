import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import {
  type SitemapLimits,
  sourcedUrlsFromRemoteSitemap,
} from "../../provider/gate/url-sources/remote-sitemap";
import { rethrowInWords } from "../support/words";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What the site answers, by path; a text is a document. */
let pages: Record<string, string | Uint8Array | Answer>;
let asked: string[];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const page = pages[request.url ?? ""];
  if (typeof page === "function") page(request, response);
  else if (page === undefined) response.writeHead(404).end("<html>not here</html>");
  else response.end(page);
});
let site: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  pages = {};
  asked = [];
});

const urlset = (...locations: readonly string[]) =>
  `<urlset>${locations.map((location) => `<url><loc>${location}</loc></url>`).join("")}</urlset>`;
const index = (...locations: readonly string[]) =>
  `<sitemapindex>${locations.map((location) => `<sitemap><loc>${location}</loc></sitemap>`).join("")}</sitemapindex>`;
const redirect =
  (location: string, status = 302): Answer =>
  (_request, response) =>
    response.writeHead(status, { location }).end();

async function urlsAt(path: string, limits?: Partial<SitemapLimits>): Promise<string[]> {
  // A proxy of the machine has no part in it.
  const found = await sourcedUrlsFromRemoteSitemap(site + path, { env: {}, ...(limits ? { limits } : {}) });
  return found.map(({ url }) => url);
}

/** What a user is told. */
async function faultAt(path: string, limits?: Partial<SitemapLimits>): Promise<string> {
  const failed: Error = await urlsAt(path, limits).then(
    () => Promise.reject(new Error("It was read.")),
    (error) => {
      try {
        rethrowInWords(error);
      } catch (told) {
        return told as Error;
      }
    },
  );
  return failed.message;
}

test("a sitemap and an index are downloaded, plain or gzipped, with places for messages", async () => {
  pages["/sitemap.xml"] = index(`${site}/a.xml.gz`, "/b.xml");
  pages["/a.xml.gz"] = gzipSync(urlset("https://a.example.com/1", "https://a.example.com/2"));
  pages["/b.xml"] = urlset("https://a.example.com/3");
  expect(await sourcedUrlsFromRemoteSitemap(`${site}/sitemap.xml`, { env: {} })).toEqual([
    { url: "https://a.example.com/1", from: { kind: "sitemap", file: `${site}/a.xml.gz`, place: 1 } },
    { url: "https://a.example.com/2", from: { kind: "sitemap", file: `${site}/a.xml.gz`, place: 2 } },
    { url: "https://a.example.com/3", from: { kind: "sitemap", file: `${site}/b.xml`, place: 1 } },
  ]);
  expect(asked).toEqual(["/sitemap.xml", "/a.xml.gz", "/b.xml"]);
});

test("a sitemap that two indexes name is downloaded once", async () => {
  pages["/sitemap.xml"] = index(`${site}/a.xml`, `${site}/a.xml`);
  pages["/a.xml"] = urlset("https://a.example.com/1");
  expect(await urlsAt("/sitemap.xml")).toEqual(["https://a.example.com/1"]);
  expect(asked).toEqual(["/sitemap.xml", "/a.xml"]);
});

test.each([301, 302, 303, 307, 308])("a redirect is followed: HTTP %d", async (status) => {
  pages["/old.xml"] = redirect("/new.xml", status);
  pages["/new.xml"] = urlset("https://a.example.com/1");
  expect(await urlsAt("/old.xml")).toEqual(["https://a.example.com/1"]);
});

test.each([404, 403, 500, 503, 204, 304])(
  "an error tells the URL and the status: HTTP %d",
  async (status) => {
    pages["/s.xml"] = (_request, response) => response.writeHead(status).end();
    expect(await faultAt("/s.xml?key=hush")).toBe(
      `The sitemap ${site}/s.xml?… cannot be downloaded: the server answered HTTP 404.`,
    );
    expect(await faultAt("/s.xml")).toBe(
      `The sitemap ${site}/s.xml cannot be downloaded: the server answered HTTP ${status}.`,
    );
  },
);

test("an error of a sitemap of an index names that sitemap, and where a redirect has led", async () => {
  pages["/sitemap.xml"] = index(`${site}/gone.xml`);
  expect(await faultAt("/sitemap.xml")).toContain(`The sitemap ${site}/gone.xml cannot be downloaded`);
  pages["/moved.xml"] = redirect("/gone.xml");
  expect(await faultAt("/moved.xml")).toBe(
    `The sitemap ${site}/moved.xml (redirected to ${site}/gone.xml) cannot be downloaded: the server answered HTTP 404.`,
  );
});

test.each([
  ["plain http", "http://www.example.com/s.xml", "http://www.example.com"],
  ["another scheme", "file:///etc/passwd", "file://"],
  ["an address with a password", "https://me:hush@www.example.com/s.xml", "https://www.example.com"],
])("a redirect to %s is not followed", async (_name, location, shown) => {
  pages["/s.xml"] = redirect(location);
  const fault = await faultAt("/s.xml");
  expect(fault).toContain(`cannot be downloaded: ${shown} is not asked.`);
  expect(fault).not.toContain("hush");
});

test("redirects are counted", async () => {
  pages["/s.xml"] = redirect("/s.xml");
  expect(await faultAt("/s.xml")).toContain("there are more than 5 redirects");
  expect(asked).toHaveLength(6);
});

test("a document is bounded in size, as sent and as it unpacks", async () => {
  pages["/endless.xml"] = (_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(1_000)));
    };
    response.on("drain", more);
    more();
  };
  expect(await faultAt("/endless.xml", { mostBytes: 10_000 })).toContain(
    "the answer is longer than 10000 bytes",
  );
  pages["/bomb.xml.gz"] = gzipSync(Buffer.alloc(65 * 1024 * 1024));
  expect(await faultAt("/bomb.xml.gz")).toContain(`The sitemap ${site}/bomb.xml.gz`);
});

test("all documents together are bounded in time", async () => {
  pages["/slow.xml"] = () => undefined;
  expect(await faultAt("/slow.xml", { withinMs: 50 })).toBe(
    `The sitemap ${site}/slow.xml cannot be downloaded: no complete answer within 50 ms.`,
  );
});

test("sitemaps are bounded in number, and an index that names itself ends", async () => {
  pages["/sitemap.xml"] = index(...Array.from({ length: 9 }, (_, place) => `${site}/${place}.xml`));
  for (let place = 0; place < 9; place += 1)
    pages[`/${place}.xml`] = urlset(`https://a.example.com/${place}`);
  expect(await faultAt("/sitemap.xml", { mostSitemaps: 5 })).toBe(
    `The sitemap index ${site}/sitemap.xml leads to more than 5 sitemaps. Name those that you need with --sitemap.`,
  );
  pages["/loop.xml"] = index(`${site}/loop.xml`);
  expect(await faultAt("/loop.xml")).toContain("names itself");
});

test.each([
  ["a page of HTML", "<html></html>", "is neither a sitemap"],
  ["no XML", "hello", "is not well-formed XML"],
])("%s is told with its address", async (_name, content, why) => {
  pages["/s.xml"] = content;
  expect(await faultAt("/s.xml")).toMatch(new RegExp(`^The sitemap ${site}/s.xml ${why}`));
});

test("a server that is not there is told", async () => {
  const fault = await sourcedUrlsFromRemoteSitemap("http://127.0.0.1:1/s.xml", { env: {} }).catch(String);
  expect(fault).toContain("sitemapNotFetched");
});

test("an address with a password is not asked, and the password is not shown", async () => {
  const told = await sourcedUrlsFromRemoteSitemap("https://me:hush@www.example.com/s.xml", { env: {} }).catch(
    (error: unknown) => {
      try {
        rethrowInWords(error);
      } catch (cause) {
        return String(cause);
      }
    },
  );
  expect(told).toContain("The sitemap https://www.example.com/s.xml cannot be downloaded");
  expect(told).not.toContain("hush");
});

test("plain http is for this machine alone, and nothing is asked", async () => {
  await expect(
    sourcedUrlsFromRemoteSitemap("http://www.example.com/s.xml", { env: {} }).catch(rethrowInWords),
  ).rejects.toThrow("http://www.example.com is not asked. An address must begin with https://");
});
