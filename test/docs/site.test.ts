import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { promisify } from "node:util";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "../cli/browser";
import { CONTRAST_FAULTS } from "../cli/contrast-faults";
import { runModule } from "../scripts/run-module";

const ROOT = join(__dirname, "../..");
const LANGUAGES = [
  { language: "English", folder: "", locale: "root" },
  { language: "Chinese", folder: "zh/", locale: "zh" },
];

let site: string;

// Making the site takes some ten seconds of processor time, so all tests share one.
beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), "cdn-preload-gate-site-"));
  await promisify(execFile)(process.execPath, ["scripts/docs.mjs", "--out", site], { cwd: ROOT });
}, 300_000);

afterAll(() => rmSync(site, { recursive: true, force: true }));

/** The files under a folder, with slashes. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.split(sep).join("/"));
}

/** The pages that the navigation of the language's first page leads to. */
function navigationOf(folder: string): Set<string> {
  const html = readFileSync(join(site, folder, "index.html"), "utf8");
  const [sidebar = ""] = /<aside class="VPSidebar"[\s\S]*?<\/aside>/.exec(html) ?? [];
  const links = [...sidebar.matchAll(/href="\/([^"]*)"/g)].map(([, link = ""]) => link);
  return new Set(links.map((link) => link.replace(/(^|\/)$/, "$1index.html")));
}

function pageOf(document: string): string {
  return document.replace(/(^|\/)README\.md$/, "$1index.md").replace(/\.md$/, ".html");
}

const DOCUMENTS = filesIn(join(ROOT, "docs")).filter((file) => file.endsWith(".md"));

test.each(LANGUAGES)("each page in $language is in its navigation", ({ folder }) => {
  const navigation = navigationOf(folder);
  const english = DOCUMENTS.filter((file) => !file.startsWith("zh/"));
  expect(english.length).toBeGreaterThan(10);
  const missing = english
    .map((file) => (DOCUMENTS.includes(`${folder}${file}`) ? `${folder}${file}` : file))
    .filter((file) => !navigation.has(pageOf(file)));
  expect(missing).toEqual([]);
});

test("the README leads to each page, or CONTRIBUTING.md where only contributors need it", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const contributing = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const pages = DOCUMENTS.filter((file) => !/^(zh|design)\//.test(file) || file === "design/README.md");
  const isLinked = (file: string) => [readme, contributing].some((text) => text.includes(`](docs/${file}`));
  expect(pages.filter((file) => !isLinked(file))).toEqual([]);
});

test("a page in Chinese has an English one, by the same name", () => {
  const chinese = DOCUMENTS.filter((file) => file.startsWith("zh/")).map((file) => file.slice(3));
  // The first page in English is the README of the repository.
  const orphans = chinese.filter((file) => file !== "README.md" && !DOCUMENTS.includes(file));
  expect(orphans).toEqual([]);
});

test("the navigation leads to pages that are there, and to the API of each entry of the package", () => {
  const navigation = navigationOf("");
  const files = filesIn(site);
  expect([...navigation].filter((page) => !files.includes(page))).toEqual([]);
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { exports: object };
  const entries = Object.keys(exports).filter((entry) => !/\.json$|\/provider$/.test(entry));
  expect(entries.length).toBe(4);
  for (const entry of entries) expect(navigation).toContain(`api/${join("cdn-preload-gate", entry)}.html`);
});

test("a page that is not translated leads to the English one, from the page and from the navigation", () => {
  const page = "api/cdn-preload-gate.html";
  expect(navigationOf("zh/")).toContain(page);
  expect(readFileSync(join(site, "zh", page), "utf8")).toContain(`href="/${page}"`);
});

test.each(LANGUAGES)("the search has an index in $language", ({ locale }) => {
  const [index] = filesIn(join(site, "assets/chunks")).filter((file) =>
    file.startsWith(`@localSearchIndex${locale}.`),
  );
  expect(readFileSync(join(site, "assets/chunks", index!), "utf8").length).toBeGreaterThan(100);
});

test("a dead link, a dead anchor and a foreign script are found, and nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-faulty-site-"));
  try {
    mkdirSync(join(folder, "a"));
    writeFileSync(join(folder, "file.txt"), "");
    writeFileSync(join(folder, "a/index.html"), '<h1 id="one">One</h1><h2 id="命令">Two</h2>');
    const links = [
      ...[
        "/a/",
        "a/",
        "/a/#one",
        "a/index.html#%E5%91%BD%E4%BB%A4",
        "#here",
        "/file.txt",
        "https://example.com/#x",
      ],
      ...["/b/", "b.html", "/a/#two", "#there", "/file.txt#x"],
    ].map((href) => `<a class="x" href="${href}">x</a>`);
    writeFileSync(
      join(folder, "index.html"),
      `<p id="here">${links.join("")}</p><script src="https://example.com/x.js"></script><img alt="" src="/file.txt"><img alt="" src="gone.png">`,
    );
    const faults = runModule("docs/check-site.mjs", "return it.faultsInSite(args[0]);", folder);
    expect(faults).toEqual([
      ...["/b/", "b.html", "/a/#two", "#there", "/file.txt#x", "gone.png"].map(
        (link) => `index.html: dead link ${link}`,
      ),
      "index.html: fetches https://example.com/x.js",
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a folder that holds something else is left as it is", () => {
  const folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-no-site-"));
  try {
    writeFileSync(join(folder, "thesis.txt"), "mine");
    const { status, stderr } = spawnSync(process.execPath, ["scripts/docs.mjs", "--out", folder], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toContain(`${folder} is not empty, and holds no site that could be replaced.`);
    expect(readdirSync(folder)).toEqual(["thesis.txt"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("in a browser", () => {
  let browser: Browser;
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    browser = await openBrowser();
    server = createServer((request, response) => {
      const path = decodeURI(request.url ?? "/")
        .replace(/\?.*$/, "")
        .replace(/\/$/, "/index.html");
      const type = /\.(html|js|css|svg)$/.exec(path)?.[1] ?? "";
      const types: Record<string, string> = { js: "text/javascript", svg: "image/svg+xml" };
      response.setHeader("content-type", types[type] ?? `text/${type}`);
      try {
        response.end(readFileSync(join(site, path)));
      } catch {
        response.writeHead(404).end();
      }
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** A page, and what it complains of or fetches from elsewhere. */
  async function open(path: string, options: BrowserContextOptions = {}) {
    const page = await (await browser.newContext(options)).newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("request", (request) => {
      if (!request.url().startsWith(origin)) faults.push(request.url());
    });
    await page.goto(`${origin}/${path}`);
    return { page, faults };
  }

  const PHONE = { viewport: { width: 390, height: 844 } };

  const sidewaysBy = (page: Page) =>
    page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

  test("no page scrolls sideways on a phone", async () => {
    const { page, faults } = await open("", PHONE);
    const wide: string[] = [];
    for (const path of filesIn(site).filter((file) => /^(?!404).*\.html$/.test(file))) {
      await page.goto(`${origin}/${path}`, { waitUntil: "domcontentloaded" });
      if ((await sidewaysBy(page)) !== 0) wide.push(path);
    }
    expect({ wide, faults }).toEqual({ wide: [], faults: [] });
  });

  test.each(["light", "dark"] as const)(
    "it is readable in %s, from its own files alone",
    async (colorScheme) => {
      const { page, faults } = await open("", { ...PHONE, colorScheme });
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await page.evaluate("document.documentElement.classList.contains('dark')")).toBe(
        colorScheme === "dark",
      );
      // Code is on a background that shows through, which this measure takes for a full one.
      const faint = ((await page.evaluate(CONTRAST_FAULTS)) as string[]).filter(
        (fault) => !/^(CODE|SPAN) /.test(fault),
      );
      expect(faint).toEqual([]);
      expect(faults).toEqual([]);
    },
  );

  test.each([
    ["", "Search", "minSuccessPercent", "Configuration"],
    ["zh/", "搜索", "白名单", "未加入白名单时"],
  ])("the search at /%s finds a page without the network", async (path, button, words, title) => {
    const { page, faults } = await open(path);
    await page.getByRole("button", { name: button }).click();
    await page.getByRole("searchbox").fill(words);
    await page.getByRole("option").first().waitFor();
    expect(await page.getByRole("option").allTextContents()).toContainEqual(expect.stringContaining(title));
    expect(faults).toEqual([]);
  });
});
