import { type Browser, chromium } from "playwright-core";

/**
 * Chromium out of the package `@sparticuz/chromium`, which holds the browser itself; where that does not
 * start (a machine without the libraries it needs), one that the machine has.
 */
export async function openBrowser(): Promise<Browser> {
  const packaged = await import("@sparticuz/chromium");
  const { default: bundle } = packaged;
  const faults: string[] = [];
  const candidates = [
    async () => ({ executablePath: await bundle.executablePath(), args: bundle.args }),
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
  throw new Error(
    `No browser starts. The one in node_modules needs libraries such as libnss3: install them, or Debian's \`chromium\`.\n${faults.join("\n")}`,
  );
}
