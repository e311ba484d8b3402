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

async function openFile(file: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.isNavigationRequest()) requests.push(request.url());
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return { page, requests, complaints };
}

function open(document: GateDocument, options?: BrowserContextOptions): Promise<Opened> {
  const file = join(folder, "report.html");
  writeFileSync(file, htmlReport(document, ENGLISH.reports));
  return openFile(file, options);
}

const visibleUrls = (page: Page) => page.locator("#urls tbody th").allTextContents();

test("the verdict, the counts and what to do are read at a glance, failures first", async () => {
  const { page, requests, complaints } = await open(sampleDocument());
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("CDN preload: FAILED");
  expect(await page.locator(".verdict p").textContent()).toBe(
    "1 of 5 URLs preloaded, 1 failed, 3 not settled. The release must not go on.",
  );
  expect((await visibleUrls(page))[0]).toBe("https://cdn.example.com/late.js?…");
  expect(await page.locator("#urls tbody tr").first().textContent()).toContain(
    "33.33% of POPs hold it, at least 50% must",
  );
  expect([requests, complaints]).toEqual([[], []]);
  await page.screenshot({ path: join(folder, "report.png") });
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
