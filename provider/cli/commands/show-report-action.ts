import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { cliWording } from "../cli-wording";
import { printable } from "../output/printable";
import { UsageError } from "../usage-error";

/** How long an opener may take to say that it could not open anything. */
const OPENER_MS = 3_000;

/** Opens a report in the default browser; where there is no display, its path is all. */
export async function showReport(file: string): Promise<void> {
  const path = resolve(file);
  if (![".html", ".htm"].includes(extname(path).toLowerCase())) {
    throw new UsageError({ kind: "reportNotHtml", file });
  }
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new UsageError({ kind: "reportMissing", file });
  }
  process.stdout.write(`${printable(path)}\n`);
  const opener = openerOf(process.platform, process.env);
  const isOpened = opener !== undefined && (await opens(opener, path));
  if (!isOpened) process.stderr.write(`${cliWording().commandLine.noBrowser}\n`);
}

type Opener = readonly [command: string, ...args: string[]];

/** What opens a file as its user would; none where there is no display to open it on. */
export function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Opener | undefined {
  if (env.CI && env.CI !== "false") return undefined;
  // Neither takes its argument through a shell, which would read signs in a file's name.
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}

/** Whether the opener has not failed; one that goes on is the browser itself. */
function opens([command, ...args]: Opener, path: string): Promise<boolean> {
  const { promise, resolve: settle } = Promise.withResolvers<boolean>();
  // As an address it has no spaces, which rundll32 would get with quotation marks around them.
  const named = command === "rundll32" ? pathToFileURL(path).href : path;
  const child = spawn(command, [...args, named], { detached: true, stdio: "ignore" });
  const timer = setTimeout(() => settle(true), OPENER_MS);
  child.once("error", () => settle(false));
  child.once("exit", (code) => settle(code === 0));
  child.unref();
  return promise.finally(() => clearTimeout(timer));
}
