import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { spawn as spawnInTerminal } from "@lydell/node-pty";
import { openBrowser } from "../cli/browser";
import { type Bench, openBench } from "../cli/cli-on-emulator";
import { CLI, cleanEnvironment } from "../cli/run-cli";
import { screenOf } from "../support/screen";
import { svgOf } from "./terminal-picture";

const IMAGES = join(__dirname, "../../docs/images");
const COLUMNS = 100;
const IS_UPDATE = process.env.UPDATE_DOCS === "1";

/** Three files of a release, one of which the origin cannot deliver. */
const ARGUMENTS = [
  "run",
  "--dir",
  "dist",
  "--base",
  "https://cdn.example.com/",
  "--report",
  "html=report.html",
];

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({ speed: 2 });
  bench.emulator.setScenario({ rules: [{ path: "/app.js", script: "retcode-500" }] });
});
afterAll(() => bench.end());

/** A request id and a task id, as they stand in the picture: each run has others. */
const REQUEST_ID = "5C1A6F0E-3B7D-4E52-9A43-0D1E8C2B7F64";
const TASK_ID = "15423123921";

function withSampleIds(line: string): string {
  return line.replace(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, REQUEST_ID).replace(/\d{11,}/g, TASK_ID);
}

/** Durations differ with the machine. */
function withoutDurations(picture: string): string {
  return picture.replace(/\d+s, \d+ calls/g, "0s, 0 calls").replace(/\d+ 秒，\d+ 次调用/g, "0 秒，0 次调用");
}

beforeAll(() => {
  mkdirSync(join(bench.folder, "dist"));
  for (const name of ["index.html", "app.js", "app.css", "logo.svg"])
    writeFileSync(join(bench.folder, "dist", name), "");
});

test.each([
  ["zh", "failing-run.zh.svg"],
  ["en", "failing-run.svg"],
])("the README shows what the command line prints of a release that fails: %s", async (language, name) => {
  const output = await inTerminal(ARGUMENTS, language);
  const title = `cdn-preload-gate ${ARGUMENTS.join(" ")}`;
  const lines = [
    `\u001b[32m$\u001b[0m \u001b[1m${title}\u001b[0m`,
    ...screenOf(output.trimEnd()).map(withSampleIds),
  ];
  const picture = svgOf({ title, lines, columns: COLUMNS });
  const run = join(IMAGES, name);
  if (IS_UPDATE) writeFileSync(run, picture);
  expect(withoutDurations(picture)).toBe(withoutDurations(readFileSync(run, "utf8")));
});

/**
 * Whether a report has changed cannot be told from a picture's bytes: this one is taken anew with `UPDATE_DOCS=1`, of
 * the last run, which is in English. A picture in Chinese would need a font that few machines have.
 */
test("the README shows the report of a release that fails", async () => {
  const report = join(IMAGES, "report.png");
  if (IS_UPDATE) {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1_000, height: 760 }, deviceScaleFactor: 1.5 });
      await page.goto(pathToFileURL(join(bench.folder, "report.html")).href);
      await page.screenshot({ path: report });
    } finally {
      await browser.close();
    }
  }
  expect(readFileSync(report).subarray(1, 4).toString()).toBe("PNG");
});

/** What a run of the command line writes to a terminal. */
function inTerminal(args: readonly string[], language: string): Promise<string> {
  const terminal = spawnInTerminal(process.execPath, [CLI, ...args], {
    name: "xterm-256color",
    cols: COLUMNS,
    rows: 40,
    cwd: bench.folder,
    env: cleanEnvironment({ ...bench.env, TERM: "xterm-256color", ALICDN_LANG: language }),
  });
  let output = "";
  terminal.onData((text) => {
    output += text;
  });
  return new Promise((resolve) => terminal.onExit(() => resolve(output)));
}
