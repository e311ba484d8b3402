import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { GateDocument } from "../../provider/cli/document/schema";
import { htmlReport } from "../../provider/cli/reports/html-report";
import { ENGLISH } from "../../provider/wording/english/english";
import { openBrowser } from "./browser";
import { withBench } from "./cli-on-emulator";
import { CONTRAST_FAULTS } from "./contrast-faults";
import { hostileDocument, INJECTIONS, sampleDocument, sampleUrl } from "./sample-document";

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-html-"));
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Every request but the one for the page itself. */
  readonly requests: readonly string[];
  /** What the browser complained of. */
  readonly complaints: readonly string[];
}

async function openFile(file: string, options: BrowserContextOptions = {}, hash = ""): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.isNavigationRequest()) requests.push(request.url());
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(file).href + hash);
  return { page, requests, complaints };
}

/** Twelve URLs that one broken origin fails, three on too few POPs, and one of another domain that still runs. */
function failedRelease(): GateDocument {
  const [task, running] = sampleDocument().tasks;
  const failedTask = { ...task!, taskId: "50", status: "Failed", retCode: "500", requestId: REQUEST_ID };
  const failed = Array.from({ length: 12 }, (_, index) =>
    sampleUrl({
      url: `https://cdn.example.com/assets/release-41/chunks/vendor-react-router-${index}.a8f3c19d2b.js`,
      taskId: "50",
      state: "failed",
      successPercent: index,
      description: "Origin Return StatusCode 5XX|Internal Error",
      problem: `preload failed, ${index}% of POPs hold it`,
      problemKind: "taskFailed",
      advice: "Check the origin.",
    }),
  );
  const short = Array.from({ length: 3 }, (_, index) =>
    sampleUrl({
      url: `https://cdn.example.com/short-${index}.css`,
      state: "failed",
      successPercent: 40 + index,
      problem: `${40 + index}% of POPs hold it, at least 50% must`,
      problemKind: "tooFewPops",
      advice: "Run again later.",
    }),
  );
  return sampleDocument({
    results: [...sampleDocument().results.slice(0, 1), ...failed, ...short, sampleDocument().results[2]!],
    tasks: [task!, running!, failedTask],
    summary: { ...sampleDocument().summary, urls: 17, failed: 15, unknown: 1 },
    policy: { minSuccessPercent: 50, maxFailedUrls: 2, requireDetail: true, onInconclusive: "warn" },
  });
}

const REQUEST_ID = "0AEDAF20-4DDF-4165-8750-47FF9C1929C9";
const WIDTHS = [320, 375, 768, 1100, 1440];
const POINT = { elapsedMs: 0, processPercent: 50, preloaded: 1, failed: 0 };

/** Runs in a page: the elements whose content sticks out of them, and so is cut off or lies on something else. */
const CUT_OR_COVERED = `[...document.querySelectorAll("main *, header *")]
  .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && !element.closest("svg, select, input, .unseen, thead"))
  .map((element) => element.tagName + "." + element.className + ": " + element.textContent.trim().slice(0, 60))`;

function open(document: GateDocument, options?: BrowserContextOptions, hash = ""): Promise<Opened> {
  const file = join(folder, "report.html");
  writeFileSync(file, htmlReport(document, ENGLISH.reports));
  return openFile(file, options, hash);
}

const visibleUrls = (page: Page) => page.locator("#urls tbody th").allTextContents();

test("the verdict, the counts and what to do are read at a glance, failures first", async () => {
  const { page, requests, complaints } = await open(sampleDocument());
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("CDN preload: FAILED");
  expect(await page.locator(".verdict p").textContent()).toBe(
    "1 of 5 URLs preloaded, 1 failed, 3 without a result. The release must not go on.",
  );
  expect((await visibleUrls(page))[0]).toBe("https://cdn.example.com/late.js?…");
  expect(await page.locator("#urls tbody tr").first().textContent()).toContain(
    "33.33% of POPs hold it, at least 50% must",
  );
  expect([requests, complaints]).toEqual([[], []]);
  await page.screenshot({ path: join(folder, "report.png") });
});

test("what failed is above the fold, one group for each cause, with the rule and its RetCode", async () => {
  const { page } = await open(failedRelease(), { viewport: { width: 1440, height: 900 } });
  expect(await page.locator(".rule").textContent()).toBe(
    "The gate passes if at least 50% of POPs hold each URL. Up to 2 URLs may fail. It accepts no status-only evidence. If the deadline passes without a verdict, it warns, and the release goes on.",
  );
  const causes = page.getByRole("region", { name: "URLs that are not preloaded, by cause" });
  expect(await causes.getByRole("heading", { level: 3 }).allTextContents()).toEqual([
    "12 URLs: The preload failed (RetCode 500, status Failed)",
    "3 URLs: Too few POPs hold the URL (RetCode 0, status Complete)",
    "1 URL: its task still runs (status Refreshing)",
  ]);
  const first = causes.getByRole("article").first();
  expect(await first.textContent()).toContain(
    "The service says: Origin Return StatusCode 5XX|Internal Error",
  );
  expect(await first.getByRole("listitem").filter({ visible: true }).count()).toBe(3 + 1);
  await first.getByText("9 more").click();
  expect(await first.getByRole("link").filter({ visible: true }).count()).toBe(12);
  expect((await causes.getByRole("article").nth(1).boundingBox())!.y).toBeLessThan(900);
  const chart = (await page.getByRole("img", { name: "Progress over time" }).boundingBox())!;
  expect(chart.y).toBeGreaterThan((await causes.boundingBox())!.y);
});

test("on a phone the verdict, the rule and the first failed URL are above the fold", async () => {
  const { page } = await open(failedRelease(), { viewport: { width: 375, height: 812 } });
  for (const part of ["h1", ".rule", ".cause h3", ".cause .examples a"]) {
    const box = (await page.locator(part).first().boundingBox())!;
    expect([part, box.y + box.height <= 812]).toEqual([part, true]);
  }
});

test.each<[string, Partial<GateDocument>, string]>([
  [
    "a run of a few seconds",
    { progress: [1_000, 2_000, 3_000].map((elapsedMs) => ({ ...POINT, elapsedMs })) },
    "There is no chart: the run took 3s, with 3 polls that told of progress.",
  ],
  [
    "a run with a single poll",
    { progress: [{ ...POINT, elapsedMs: 90_000 }] },
    "There is no chart: the run took 1m 30s, with 1 poll that told of progress.",
  ],
  [
    "a run without a poll",
    { progress: [] },
    "The tasks were not polled yet, so there is no progress to show.",
  ],
])("%s gets a sentence instead of an empty chart", async (_name, changes, sentence) => {
  const { page } = await open(sampleDocument(changes));
  const region = page.getByRole("region", { name: "Progress" });
  expect(await region.textContent()).toContain(sentence);
  expect(await region.locator("svg, table").count()).toBe(0);
});

test("the filters say how many URLs each choice leaves, beside the other filters", async () => {
  const { page } = await open(failedRelease());
  const choices = (label: string) =>
    page.getByLabel(label, { exact: true }).locator("option").allTextContents();
  expect(await choices("State")).toEqual([
    "all (17)",
    "not preloaded (16)",
    "preloaded (1)",
    "failed (15)",
    "unknown (0)",
    "pending (1)",
    "not submitted (0)",
  ]);
  expect(await choices("Domain")).toEqual(["all (17)", "cdn.example.com (16)", "img.example.com (1)"]);
  await page.getByLabel("Domain", { exact: true }).selectOption("img.example.com");
  expect(await choices("State")).toContain("failed (0)");
  expect(await choices("State")).toContain("pending (1)");
  await expectText(page.getByRole("status"), "1 to 1 of 1 URLs that match, 17 in all");
});

test("the address keeps the filters, so that a link to what was found can be shared", async () => {
  const { page, complaints } = await open(failedRelease());
  await page.getByLabel("State", { exact: true }).selectOption("failed");
  await page.getByLabel("Domain", { exact: true }).selectOption("cdn.example.com");
  await page.getByLabel("Search in URL, task and reason").fill("short & 1");
  const kept = "#state=failed&domain=cdn.example.com&search=short+%26+1";
  await page.waitForURL((url) => url.hash === kept);
  await expectText(page.getByRole("status"), "No URL matches, of 17");
  await page.getByLabel("Search in URL, task and reason").fill("short-1");
  await page.waitForURL((url) => url.hash.endsWith("search=short-1"));

  const other = await page.context().newPage();
  await other.goto(page.url());
  expect(await visibleUrls(other)).toEqual(["https://cdn.example.com/short-1.css"]);
  expect(await other.getByLabel("State", { exact: true }).inputValue()).toBe("failed");
  await other.getByRole("button", { name: "Clear the filters" }).click();
  expect(await visibleUrls(other)).toHaveLength(17);
  expect(new URL(other.url()).hash).toBe("");
  expect(complaints).toEqual([]);
});

test("an address with filters that the report does not have shows every URL", async () => {
  const { page } = await open(failedRelease(), {}, "#state=odd&domain=elsewhere.example.com");
  expect(await visibleUrls(page)).toHaveLength(17);
  expect(await page.getByLabel("Domain", { exact: true }).inputValue()).toBe("");
});

test("the link to the URLs leaves the filters as they are", async () => {
  const { page } = await open(failedRelease(), {}, "#state=pending");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("document.activeElement.id")).toBe("urls-heading");
  expect(await visibleUrls(page)).toEqual(["img.example.com/a.png"]);
  await page.waitForURL((url) => url.hash === "#state=pending");
});

test("each row has its RetCode and its request id, whole, with a button that copies it", async () => {
  const { page, complaints } = await open(failedRelease());
  const row = page.locator("#urls tbody tr").first();
  expect(await row.locator("td").allTextContents()).toContain("500");
  expect(await row.locator(".request-id").textContent()).toBe(REQUEST_ID);
  const button = row.getByRole("button", { name: `Copy request id ${REQUEST_ID}` });
  await button.focus();
  await page.keyboard.press("Enter");
  await row.getByText("Copied").waitFor();
  expect(await page.locator("[aria-live]:not([role])").textContent()).toBe("Copied");
  expect(await pasted(page)).toBe(REQUEST_ID);
  expect(complaints).toEqual([]);
});

test("where a browser gives a file no clipboard, the request id is copied in the older way", async () => {
  const { page } = await open(failedRelease());
  await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
  await page
    .getByRole("button", { name: `Copy request id ${REQUEST_ID}` })
    .first()
    .click();
  await page.getByText("Copied").first().waitFor();
  expect(await pasted(page)).toBe(REQUEST_ID);
});

/** What the clipboard holds, as a user gets it. */
async function pasted(page: Page): Promise<string> {
  const search = page.getByLabel("Search in URL, task and reason");
  await search.focus();
  await page.keyboard.press("Control+V");
  return search.inputValue();
}

test("on paper there is every row and every URL of a cause, in dark ink, and nothing is cut", async () => {
  const many = Array.from({ length: 250 }, (_, index) =>
    sampleUrl({ url: `https://cdn.example.com/${"long-".repeat(30)}${index}.js`, successPercent: 100 }),
  );
  const document = failedRelease();
  const { page } = await open(
    { ...document, results: [...document.results, ...many] },
    { colorScheme: "dark", viewport: { width: 703, height: 1000 } },
    "#state=pending",
  );
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const rows = page.locator("#urls tbody tr");
  await rows.nth(266).waitFor();
  expect(await rows.count()).toBe(267);
  expect(await page.locator(".cause li a").filter({ visible: true }).count()).toBe(12 + 3 + 1);
  expect(await page.getByText(REQUEST_ID).first().isVisible()).toBe(true);
  expect(await page.locator(".copy, .tools").filter({ visible: true }).count()).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(703);
  expect(await page.evaluate(CUT_OR_COVERED)).toEqual([]);
  expect(await page.evaluate(CONTRAST_FAULTS)).toEqual([]);
  expect(await page.evaluate("getComputedStyle(document.body).color")).toBe("rgb(0, 0, 0)");
  await page.emulateMedia({ media: "screen" });
  await expectText(page.getByRole("status"), "1 to 1 of 1 URLs that match, 267 in all");
  expect(await page.locator("details[open]").count()).toBe(0);
});

test("a PDF is made of a report", async () => {
  const { page } = await open(failedRelease());
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  // What is folded away on the screen makes no page.
  expect(await page.locator("details[open]").count()).toBe(0);
});

test("states differ by a word and a sign, not by colour alone", async () => {
  const { page } = await open(sampleDocument());
  const signs = await page.evaluate<string[]>(
    "[...document.querySelectorAll('td.state')].map((cell) => getComputedStyle(cell, '::before').content[1] + cell.textContent)",
  );
  expect(new Set(signs)).toEqual(
    new Set(["✗failed", "?unknown", "–not submitted", "…pending", "✓preloaded"]),
  );
});

test("the commit and the CI run are links, and only where they are https", async () => {
  const build = {
    system: "github" as const,
    commit: "c1fa6a29c50d2a16cdfbc4d1ce9e8f5f5de0a7c1",
    commitUrl: 'https://ci.example.com/commit/c1fa6a2?a="b"&c=<d>',
    runUrl: "javascript:window.injected=5",
  };
  const { page } = await open(sampleDocument({ build }));
  // Without an address that a browser may open, there is nothing to say of a run.
  expect(await page.locator(".build").textContent()).toBe("commit c1fa6a2");
  expect(await page.locator(".build a").count()).toBe(1);
  expect(await page.getByRole("link", { name: "commit c1fa6a2" }).getAttribute("href")).toBe(
    "https://ci.example.com/commit/c1fa6a2?a=%22b%22&c=%3Cd%3E",
  );
  const runUrl = "https://ci.example.com/runs/7";
  const known = await open(sampleDocument({ build: { ...build, commitUrl: null, runUrl } }));
  expect(await known.page.locator(".build").textContent()).toBe("commit c1fa6a2 · CI run");
  expect(await known.page.getByRole("link", { name: "CI run" }).getAttribute("href")).toBe(runUrl);
  const unknown = await open(sampleDocument({ build: null }));
  expect(await unknown.page.locator(".build").count()).toBe(0);
});

test.each(WIDTHS)("%i pixels wide, nothing has to be scrolled sideways", async (width) => {
  for (const document of [failedRelease(), hostileDocument()]) {
    const { page } = await open(document, { viewport: { width, height: 800 } });
    await page.locator("details").evaluateAll((all) => all.map((one) => one.setAttribute("open", "")));
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect(await page.evaluate(CUT_OR_COVERED)).toEqual([]);
  }
});

test("the chart draws the polls, and says the same in words and as a table", async () => {
  const { page } = await open(sampleDocument());
  const chart = page.getByRole("img", { name: "Progress over time" });
  expect(await chart.isVisible()).toBe(true);
  const line = await page.locator(".line-pops").first().getAttribute("points");
  expect(line?.split(" ")).toHaveLength(4);
  expect((await page.locator(".line-pops").first().boundingBox())?.width).toBeGreaterThan(500);
  expect(await page.locator("figcaption").textContent()).toContain(
    "After 7m 31s: 92.5% of POPs have ended, 1 of 5 URLs preloaded, 1 failed.",
  );
  await page.getByText("The same as a table").click();
  expect(await page.getByRole("row", { name: "3m 20s 60% 1 0" }).isVisible()).toBe(true);
});

test("tasks and request ids are there for a support ticket, ids beyond 2^53 to the last digit", async () => {
  const { page } = await open(sampleDocument());
  const tasks = page.getByRole("region", { name: "Tasks" });
  expect(await tasks.textContent()).toContain("9007199254740993");
  expect(await tasks.textContent()).toContain("E9D3257A-1B7C-414C-90C1-8D07AC47BCAC");
});

test("ten thousand URLs are searched, filtered, ordered and paged", async () => {
  const results = Array.from({ length: 10_000 }, (_, index) =>
    sampleUrl({
      url: `https://cdn.example.com/assets/chunk-${String(index).padStart(5, "0")}.js`,
      successPercent: (index * 7) % 101,
      ...(index % 100 === 0 && { state: "failed" as const, problem: "no POP holds it", advice: "Look." }),
    }),
  );
  const { page, complaints } = await open(sampleDocument({ results }));
  const status = page.getByRole("status");
  const rows = page.locator("#urls tbody tr");
  await expectText(status, "1 to 100 of 10000 URLs");
  expect(await rows.count()).toBe(100);
  await page.getByLabel("State").selectOption("failed");
  await expectText(status, "1 to 100 of 100 URLs that match, 10000 in all");
  await page.getByLabel("State").selectOption("");
  await page.getByLabel("Search in URL, task and reason").fill("chunk-0999");
  await expectText(status, "1 to 10 of 10 URLs that match, 10000 in all");
  await page.getByLabel("Search in URL, task and reason").fill("");
  await expectText(status, "1 to 100 of 10000 URLs");
  await page.getByRole("button", { name: "POPs", exact: true }).click();
  expect(await page.getByRole("columnheader", { name: "POPs" }).first().getAttribute("aria-sort")).toBe(
    "ascending",
  );
  expect(await rows.first().locator("td.number").last().textContent()).toBe("0%");
  await page.getByRole("button", { name: "POPs", exact: true }).click();
  expect(await page.getByRole("columnheader", { name: "POPs" }).first().getAttribute("aria-sort")).toBe(
    "descending",
  );
  expect(await rows.first().locator("td.number").last().textContent()).toBe("100%");
  await page.getByRole("button", { name: "#", exact: true }).click();
  await page.getByRole("button", { name: "Next page" }).click();
  await expectText(status, "101 to 200 of 10000 URLs");
  expect((await visibleUrls(page))[0]).toBe("https://cdn.example.com/assets/chunk-00100.js");
  expect(complaints).toEqual([]);
});

test("by keyboard alone the table is reached and ordered", async () => {
  const { page } = await open(sampleDocument());
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the URLs");
  const button = page.getByRole("button", { name: "URL", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  expect(await page.getByRole("columnheader", { name: "URL" }).getAttribute("aria-sort")).toBe("ascending");
});

test("a screen reader gets landmarks, named tables, headers of rows and columns, and states in words", async () => {
  const { page } = await open(sampleDocument());
  const tree = await page.locator("body").ariaSnapshot();
  for (const part of [
    "- banner:",
    "- main:",
    '- region "Progress":',
    '- region "URLs":',
    '- table "Every URL with the share of POPs that hold it":',
    '- rowheader "https://cdn.example.com/app.js"',
    '- cell "preloaded"',
    '- cell "not submitted"',
    "- contentinfo:",
  ]) {
    expect(tree).toContain(part);
  }
});

test.each(["light", "dark"] as const)(
  "in %s every text stands out from what is behind it",
  async (colorScheme) => {
    const { page } = await open(sampleDocument(), { colorScheme });
    const weak = await page.evaluate(CONTRAST_FAULTS);
    expect(weak).toEqual([]);
    const background = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(background).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(13, 17, 23)");
  },
);

test("without its script, as some CI systems show it, every URL is there", async () => {
  const { page } = await open(sampleDocument(), { javaScriptEnabled: false });
  expect(await visibleUrls(page)).toHaveLength(5);
  expect(await page.locator("#tools").isVisible()).toBe(false);
});

test("on a small screen nothing sticks out of the page", async () => {
  const { page } = await open(sampleDocument(), { viewport: { width: 360, height: 700 } });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
});

test("what URLs and descriptions say stays text: nothing runs and nothing is fetched", async () => {
  const { page, requests, complaints } = await open(hostileDocument());
  expect(await page.evaluate("window.injected")).toBeUndefined();
  expect([requests, complaints]).toEqual([[], []]);
  const text = await page.locator("#urls").textContent();
  expect(text).toContain(INJECTIONS[0]);
  expect(text).toContain(INJECTIONS[9]);
  const hrefs = await page.evaluate<string[]>(
    "[...document.querySelectorAll('a[href]')].map((link) => link.protocol)",
  );
  expect(new Set(hrefs)).toEqual(new Set(["https:", "file:"]));
});

test("ten thousand files of a folder go through run to a report that a browser shows", async () => {
  await withBench({ quotas: { preloadL1: 20_000 } }, async (bench) => {
    for (let part = 0; part < 10; part += 1) {
      const path = join(bench.folder, `dist/part-${part}${part === 3 ? "/emulate-retcode-500" : ""}`);
      mkdirSync(path, { recursive: true });
      for (let index = 0; index < 1_000; index += 1) writeFileSync(join(path, `chunk-${index}.js`), "");
    }
    const document = await bench.json([
      "run",
      "--dir",
      "dist",
      "--base",
      "https://cdn.example.com/",
      "--report",
      "html=report.html,junit=junit.xml",
    ]);
    expect(document).toMatchObject({
      exitCode: 1,
      summary: { urls: 10_000, preloaded: 9_000, failed: 1_000 },
    });
    expect(bench.emulator.submissionCount()).toBe(10_000);
    const { page, requests, complaints } = await openFile(join(bench.folder, "report.html"));
    await expectText(page.getByRole("status"), "1 to 100 of 10000 URLs");
    expect((await visibleUrls(page))[0]).toContain("/emulate-retcode-500/");
    expect([requests, complaints]).toEqual([[], []]);
  });
});

async function expectText(locator: ReturnType<Page["getByRole"]>, text: string): Promise<void> {
  await locator.filter({ hasText: new RegExp(`^${text}$`) }).waitFor({ timeout: 20_000 });
}
