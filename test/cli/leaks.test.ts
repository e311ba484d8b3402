import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bench, openBench } from "./cli-on-emulator";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

const REPORTS = ["html", "markdown", "junit", "gitlab-annotations", "dotenv"];
const TOKEN = "tok-0123456789";

test("what the service quotes of URLs and headers stands in no output and no report", async () => {
  bench.emulator.onAnswer((operation, body) => {
    if (operation !== "DescribePreloadDetailById") return body;
    const quote = `GET https://cdn.example.com/a.js?auth_key=leaked-key Authorization-Token ${TOKEN} said 403\u0000\u001b[31m`;
    const text = JSON.stringify(body).replaceAll(
      "Origin Return StatusCode 5XX",
      JSON.stringify(quote).slice(1, -1),
    );
    return JSON.parse(text);
  });
  const summary = join(bench.folder, "summary.md");
  writeFileSync(summary, "");
  const reports = REPORTS.flatMap((kind) => ["--report", `${kind}=${kind}.out`]);
  const url = "https://cdn.example.com/emulate-retcode-500/a.js";
  for (const format of [[], ["--json"]]) {
    const run = await bench.run(["run", url, "-H", `X-Origin-Token: ${TOKEN}`, ...reports, ...format], {
      env: { GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS: "true" },
    });
    expect(run.exitCode).toBe(1);
    const files = [...REPORTS.map((kind) => join(bench.folder, `${kind}.out`)), summary];
    const texts = [run.stdout, run.stderr, ...files.map((file) => readFileSync(file, "utf8"))];
    expect(run.stdout).toContain("a.js?…");
    for (const text of texts) {
      expect(text).not.toContain("leaked-key");
      expect(text).not.toContain(TOKEN);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(text).not.toMatch(/[\u0000\u001b]/);
    }
  }
});

test("a line feed in what the service answers adds no line to what other programs read", async () => {
  bench.emulator.onAnswer((operation, body) =>
    operation === "PushObjectCache"
      ? { ...body, PushTaskId: "123\nINJECTED=1\r\n::set-output name=x::y" }
      : body,
  );
  const output = join(bench.folder, "output");
  writeFileSync(output, "");
  const run = await bench.run(["submit", "https://cdn.example.com/a.js", "--report", "dotenv=d.env"], {
    env: { GITHUB_OUTPUT: output, GITHUB_ACTIONS: "true" },
  });
  const texts = [readFileSync(join(bench.folder, "d.env"), "utf8"), readFileSync(output, "utf8")];
  for (const text of [...texts, run.stdout, run.stderr])
    expect(text).not.toMatch(/^(INJECTED|::set-output)/m);
});
