import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { openerOf } from "../../provider/cli/commands/show-report-action";
import { startCliIn } from "./run-cli";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "cdn-preload-gate-show-")));
  writeFileSync(join(folder, "cdn-preload-report.html"), "");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `show-report` on a machine whose opener notes what it is given, and ends so. */
function show(args: readonly string[], env: Record<string, string>, opener?: string) {
  if (opener !== undefined) {
    writeFileSync(join(folder, "xdg-open"), `#!/bin/sh\n${opener}\n`);
    chmodSync(join(folder, "xdg-open"), 0o755);
  }
  const PATH = `${folder}${delimiter}${opener === undefined ? "" : process.env.PATH}`;
  return startCliIn({ cwd: folder, env: { PATH, ...env } }, ["show-report", ...args]).ended;
}

const NOT_OPENED = "No browser was opened. Open the file yourself.\n";

test("the report is opened in the default browser, and its path printed", async () => {
  writeFileSync(join(folder, "a b;c.html"), "");
  const run = await show(["a b;c.html"], { DISPLAY: ":0" }, `printf '%s|' "$@" > opened`);
  const path = join(folder, "a b;c.html");
  expect([run.exitCode, run.stdout, run.stderr]).toEqual([0, `${path}\n`, ""]);
  expect(readFileSync(join(folder, "opened"), "utf8")).toBe(`${path}|`);
});

test.each<[string, Record<string, string>, string | undefined]>([
  ["on a machine without a display", {}, "exit 0"],
  ["in CI", { DISPLAY: ":0", CI: "true" }, "exit 0"],
  ["where no opener is installed", { DISPLAY: ":0" }, undefined],
  ["where the opener finds no browser", { DISPLAY: ":0" }, "exit 3"],
])("%s the path of the report is printed, and all is well", async (_name, env, opener) => {
  const run = await show([], env, opener);
  expect(run.stdout).toBe(`${join(folder, "cdn-preload-report.html")}\n`);
  expect([run.exitCode, run.stderr]).toEqual([0, NOT_OPENED]);
});

test.each([
  ["missing.html", "There is no report missing.html. Write one with --report html=missing.html"],
  ["xdg-open", "xdg-open is no HTML report: its name must end with .html."],
])("%s is refused", async (file, message) => {
  const run = await show([file], { DISPLAY: ":0" }, "exit 0");
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(message);
});

test("each platform has its own opener, and none of them is a shell", () => {
  expect(openerOf("darwin", {})).toEqual(["open"]);
  expect(openerOf("win32", {})).toEqual(["rundll32", "url.dll,FileProtocolHandler"]);
  expect(openerOf("linux", { WAYLAND_DISPLAY: "wayland-0" })).toEqual(["xdg-open"]);
  expect(openerOf("linux", {})).toBeUndefined();
  expect(openerOf("darwin", { CI: "1" })).toBeUndefined();
});
