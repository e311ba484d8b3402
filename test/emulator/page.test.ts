import type { Browser, Page } from "playwright-core";
import { type Emulator, startEmulator } from "../../emulator";
import { openBrowser } from "../cli/browser";
import { callService } from "./call-service";

jest.setTimeout(60_000);

const URL = "https://cdn.example.com/emulate-never-ends/app.js";

let browser: Browser;
let emulator: Emulator;
let page: Page;

// One page for all: the browser may run in one process, which ends with its last page.
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  emulator = await startEmulator();
  await page.goto(emulator.endpoint);
});

afterEach(() => emulator?.close());

function push(...urls: string[]) {
  return callService(
    emulator,
    { operation: "PushObjectCache", parameters: { ObjectPath: urls.join("\n") } },
    {},
  );
}

/** The text of a table's rows, cell by cell. */
function rowsOf(id: string): Promise<string[][]> {
  return page
    .locator(`#${id} tr`)
    .evaluateAll((rows) =>
      rows.map((row) =>
        Array.from(
          (row as unknown as { cells: Iterable<{ textContent: string }> }).cells,
          (cell) => cell.textContent,
        ),
      ),
    );
}

test("a browser shows tasks, calls and submissions live, and the page has no errors", async () => {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.getByText("No task yet.").waitFor();
  await push(URL);
  await push(URL);
  await page.getByRole("cell", { name: "never-ends" }).first().waitFor();
  expect((await rowsOf("submissions")).map((cells) => [cells[1], cells[3], cells[4]])).toEqual([
    [URL, "never-ends", "2"],
    [URL, "never-ends", "2"],
  ]);
  expect((await rowsOf("calls")).map((cells) => cells.slice(1, 3))).toEqual([
    ["PushObjectCache", "200"],
    ["PushObjectCache", "200"],
  ]);
  expect((await rowsOf("tasks"))[0]?.slice(1, 5)).toEqual(["preload", URL, "never-ends", "Refreshing"]);
  expect(faults).toEqual([]);
});

test("the page sets the script of a URL's tasks and of its next submission", async () => {
  await push(URL);
  await page.getByRole("button", { name: "script", exact: true }).click();
  await page.getByLabel("goes as").selectOption("failed-status");
  await page.getByRole("button", { name: "Set its script" }).click();
  await page.getByText("and so do its 1 submissions.").waitFor();
  await page.getByRole("button", { name: "Clock + 10 s" }).click();
  await page.getByRole("cell", { name: "Failed", exact: true }).waitFor();
  await push(URL);
  expect(emulator.submissions().map(({ script }) => script)).toEqual(["failed-status", "failed-status"]);
});

test("an invalid URL is refused with the emulator's own message", async () => {
  await page.getByLabel("URL").fill("not a url");
  await page.getByRole("button", { name: "Set its script" }).click();
  await page.getByText("must be domain/path or http(s)://domain/path").waitFor();
});

test("text from a client never becomes markup", async () => {
  await callService(emulator, { operation: "<img src=x onerror=alert(1)>", parameters: {} }, {});
  await page.getByRole("cell", { name: "<img src=x onerror=alert(1)>" }).waitFor();
  expect(await page.locator("#calls img").count()).toBe(0);
});

test("a client of the service never gets the page", async () => {
  const answer = await fetch(emulator.endpoint);
  expect([answer.status, (await answer.json()) as unknown]).toEqual([
    404,
    expect.objectContaining({ Code: "InvalidAction.NotFound" }),
  ]);
});
