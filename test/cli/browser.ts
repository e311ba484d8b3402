import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import bundle from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/**
 * Chromium out of the package `@sparticuz/chromium`, which holds the browser itself, on a machine without
 * the libraries that it needs with those that the package holds as well; else one that the machine has.
 */
export async function openBrowser(): Promise<Browser> {
  const faults: string[] = [];
  const candidates = [
    async () => ({ executablePath: await bundle.executablePath(), args: bundle.args }),
    async () => ({
      executablePath: await bundle.executablePath(),
      args: bundle.args,
      env: { ...process.env, LD_LIBRARY_PATH: packagedLibraries() } as Record<string, string>,
    }),
    async () => ({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] }),
    async () => ({ executablePath: "/usr/bin/google-chrome", args: ["--no-sandbox"] }),
  ];
  for (const candidate of candidates) {
    try {
      return await chromium.launch({ ...(await candidate()), headless: true });
    } catch (error) {
      faults.push(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
    }
  }
  throw new Error(`No browser starts; install Debian's \`chromium\`.\n${faults.join("\n")}`);
}

/** Unpacks the package's own libraries; returns their folder. */
function packagedLibraries(): string {
  const packageFolder = dirname(dirname(dirname(require.resolve("@sparticuz/chromium"))));
  const folder = join(tmpdir(), "cdn-preload-gate-browser-libraries");
  mkdirSync(folder, { recursive: true });
  const archive = brotliDecompressSync(readFileSync(join(packageFolder, "bin", "al2023.tar.br")));
  execFileSync("tar", ["-x", "-C", folder], { input: archive });
  return join(folder, "lib");
}
