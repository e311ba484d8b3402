import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { SaxesParser } from "saxes";
import { validateXML } from "xmllint-wasm";
import type { GateDocument } from "../../provider/cli/document/schema";
import { writeCiOutputs } from "../../provider/cli/reports/ci-outputs";
import { dotenvReport } from "../../provider/cli/reports/dotenv-report";
import { gitlabAnnotations } from "../../provider/cli/reports/gitlab-annotations";
import { htmlReport } from "../../provider/cli/reports/html-report";
import { junitReport } from "../../provider/cli/reports/junit-report";
import { markdownReport } from "../../provider/cli/reports/markdown-report";
import { writeReports } from "../../provider/cli/reports/write-reports";
import { CHINESE } from "../../provider/wording/chinese/chinese";
import { ENGLISH } from "../../provider/wording/english/english";
import type { ReportWords } from "../../provider/wording/report-words";
import { hostileDocument, sampleDocument, sampleUrl } from "./sample-document";

const WORDS = ENGLISH.reports;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-reports-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const XSD = readFileSync(join(__dirname, "../fixtures/junit-10.xsd"), "utf8");

async function junitFaults(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: "report.xml", contents: xml }],
    schema: [{ fileName: "junit-10.xsd", contents: XSD }],
  });
  return errors.map(({ message }) => message);
}

/** Elements by name, with their attributes. */
function elementsOf(xml: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => found.push({ name, attributes: { ...attributes } }));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return found;
}

const DOCUMENTS: readonly [string, GateDocument][] = [
  ["a failed gate", sampleDocument()],
  ["a passed gate", sampleDocument({ verdict: "passed", accepted: true, results: [sampleUrl({})] })],
  [
    "a gate that was let through",
    sampleDocument({ verdict: "inconclusive", accepted: true, acceptedBy: "warn" }),
  ],
  ["a submission", sampleDocument({ command: "submit", verdict: "pending", tasks: [], progress: [] })],
  [
    "a gate that knows nothing",
    sampleDocument({ verdict: "inconclusive", results: [], tasks: [], progress: [], taskIds: [] }),
  ],
  ["a gate full of injections", hostileDocument()],
];

test.each(DOCUMENTS)("the JUnit report of %s is valid against the schema", async (_name, document) => {
  expect(await junitFaults(junitReport(document, WORDS))).toEqual([]);
});

test("the schema refuses what is no JUnit report", async () => {
  expect(await junitFaults("<testsuites><testsuite/></testsuites>")).not.toEqual([]);
});

test("in JUnit a domain is a suite, a URL a case, a failed one a failure, one that is not settled an error", () => {
  const xml = junitReport(sampleDocument(), WORDS);
  const suites = elementsOf(xml).filter(({ name }) => name === "testsuite");
  expect(suites.map(({ attributes }) => attributes)).toMatchObject([
    { name: "cdn.example.com", tests: "4", failures: "1", errors: "2", skipped: "0", time: "451.333" },
    { name: "img.example.com", tests: "1", failures: "0", errors: "1" },
  ]);
  expect(xml).toContain('message="33.33% of POPs hold it, at least 50% must"');
  expect(xml).toContain("The service says: Origin Timeout|Internal Error");
  expect(xml).not.toContain("hush");
});

test("in JUnit what a gate lets through is skipped, so that no CI system turns red for it", () => {
  const xml = junitReport(sampleDocument({ accepted: true, verdict: "passed" }), WORDS);
  const names = new Set(elementsOf(xml).map(({ name }) => name));
  expect(names.has("skipped")).toBe(true);
  expect(names.has("failure") || names.has("error")).toBe(false);
});

test("in JUnit a gate that could not ask is an error even where no URL is", () => {
  const [, document] = DOCUMENTS[4]!;
  expect(elementsOf(junitReport(document, WORDS)).filter(({ name }) => name === "error")).toHaveLength(1);
});

const htmlValidator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // Presentation of the source, not of the page.
    "long-title": "off",
    "no-inline-style": "error",
    "require-sri": "off",
    "no-trailing-whitespace": "off",
  },
});

const IN_EACH_LANGUAGE = DOCUMENTS.flatMap(([name, document]): [string, GateDocument, ReportWords][] => [
  [name, document, WORDS],
  [`${name}, in Chinese`, document, CHINESE.reports],
]);

test.each(IN_EACH_LANGUAGE)(
  "the HTML report of %s is valid, and accessible as far as that can be read from it",
  async (_name, document, words) => {
    const report = await htmlValidator.validateString(htmlReport(document, words));
    const messages = report.results.flatMap(({ messages: all }) => all);
    expect(messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`)).toEqual([]);
  },
);

test("the HTML report names nothing that a browser would fetch, and forbids it as well", () => {
  const html = htmlReport(sampleDocument(), WORDS);
  expect(html).not.toMatch(/<(link|img|iframe|object|embed|base|form)\b|@import|url\(|\bsrc=|srcset=/i);
  expect(html).toMatch(
    /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'"/,
  );
  expect(html).not.toContain("hush");
});

test("the Markdown report names the verdict, each URL with percent, reason and what to do, and the tasks", () => {
  const markdown = markdownReport(sampleDocument(), WORDS);
  expect(markdown).toMatch(/^## ❌ CDN preload: FAILED\n/);
  expect(markdown).toContain(
    "| https://cdn.example.com/late.js?… | 33.33% | 33.33% of POPs hold it, at least 50% must (task 9007199254740993, RetCode 0, status Complete, request E9D3257A-1B7C-414C-90C1-8D07AC47BCAC). The service says: Origin Timeout&#124;Internal Error | Check the origin. |",
  );
  expect(markdown).not.toContain("hush");
});

/** Forty URLs of one cause among others. */
function fortyOfOneCause(changes: Partial<GateDocument> = {}): GateDocument {
  const { results, tasks } = sampleDocument();
  const failed = Array.from({ length: 40 }, (_, index) =>
    sampleUrl({
      url: `https://cdn.example.com/${index}.js`,
      taskId: "50",
      state: "failed",
      successPercent: index,
      description: "Origin Timeout",
      problem: `preload failed, ${index}% of POPs hold it`,
      problemKind: "taskFailed",
      advice: "Check the origin.",
    }),
  );
  const task = { ...tasks[0]!, taskId: "50", status: "Failed", retCode: "500" };
  return sampleDocument({ results: [...results, ...failed], tasks: [...tasks, task], ...changes });
}

test("the Markdown report has the rule, and URLs of one cause under one heading, five of them in sight", () => {
  const markdown = markdownReport(fortyOfOneCause(), WORDS);
  expect(markdown).toContain(
    "The gate passes if at least 50% of POPs hold each URL. No URL may fail. If the deadline passes without a verdict, it fails.",
  );
  const [, section] = markdown.split("#### 40 URLs: The preload failed &#40;RetCode 500, status Failed&#41;");
  expect(section).toBeDefined();
  const [inSight, folded] = section!.split("<details><summary>35 more</summary>");
  expect(inSight!.match(/^\| https/gm)).toHaveLength(5);
  expect(folded!.split("</details>")[0]!.match(/^\| https/gm)).toHaveLength(35);
  expect(markdown.match(/^#### /gm)).toHaveLength(5);
});

test("in the Markdown report the commit and the CI run are links where they are https, and stay text", () => {
  const build = { system: "gitlab" as const, commit: "c1fa6a29c50d2a16", commitUrl: null, runUrl: null };
  const address = "https://ci.example.com/a b/<script>?x=[1](2)>";
  expect(markdownReport(sampleDocument({ build: { ...build, commitUrl: address } }), WORDS)).toContain(
    "\n[commit c1fa6a2](<https://ci.example.com/a%20b/%3Cscript%3E?x=[1](2)%3E>)\n",
  );
  const unsafe = { ...build, commitUrl: "http://ci.example.com/", runUrl: "javascript:alert(1)" };
  const markdown = markdownReport(sampleDocument({ build: unsafe }), WORDS);
  expect(markdown).toContain("\ncommit c1fa6a2\n");
  expect(markdown).not.toContain("](");
});

test("what was told on the way is in the HTML and the Markdown report, as text", () => {
  const document = sampleDocument({ notices: ["Left out of dist: 3 source maps.", "<b>bold</b>"] });
  expect(htmlReport(document, WORDS)).toContain(
    "<li>Left out of dist: 3 source maps.</li><li>&lt;b&gt;bold&lt;/b&gt;</li>",
  );
  expect(markdownReport(document, WORDS)).toContain(
    "### Notes\n\n- Left out of dist: 3 source maps.\n- &lt;b&gt;bold&lt;/b&gt;\n",
  );
});

test("in each report URLs that differ in their query alone are told apart, without the query", () => {
  const results = ["one", "two"].map((secret) =>
    sampleUrl({
      url: `https://cdn.example.com/a.js?token=${secret}`,
      state: "failed",
      problem: "preload failed",
      problemKind: "taskFailed",
    }),
  );
  const document = sampleDocument({ results });
  for (const report of [htmlReport, markdownReport, junitReport, gitlabAnnotations]) {
    const text = report(document, WORDS).replaceAll("&#35;", "#");
    expect(new Set(text.match(/a\.js\?…#[0-9a-f]{6}/g))).toHaveProperty("size", 2);
    expect(text).not.toMatch(/token/);
  }
});

test("GitHub shows one annotation for URLs of one cause, with examples", () => {
  const written: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  writeCiOutputs(fortyOfOneCause(), { reports: [], env: { GITHUB_ACTIONS: "true" }, words: WORDS });
  write.mockRestore();
  expect(written.join("").split("\n")[0]).toBe(
    '::error title=CDN preload failed::40 URLs, such as https://cdn.example.com/0.js, https://cdn.example.com/1.js, https://cdn.example.com/2.js: The preload failed (RetCode 500, status Failed). The service says: "Origin Timeout". Check the origin.',
  );
  expect(written.join("").match(/^::error/gm)).toHaveLength(5);
});

test("in the Markdown report nothing from elsewhere becomes markup", () => {
  const markdown = markdownReport(hostileDocument(), WORDS);
  const body = markdown.slice(markdown.indexOf("| --- |"), markdown.indexOf("To go on waiting"));
  expect(body.replaceAll(/<details><summary>Tasks \(\d+\)<\/summary>|<\/details>/g, "")).not.toMatch(/[<>]/);
  for (const line of body.split("\n").filter((text) => text.startsWith("| http"))) {
    expect(line.match(/\|/g)).toHaveLength(5);
  }
  expect(body).not.toMatch(/[^&]#1\b|@someone|\]\(/);
});

test("a job summary stays within what GitHub takes, at ten thousand URLs as well", () => {
  const results = Array.from({ length: 10_000 }, (_, index) =>
    sampleUrl({
      url: `https://cdn.example.com/${"x".repeat(400)}/${index}`,
      state: "failed",
      problem: "p",
      advice: "a",
    }),
  );
  const markdown = markdownReport(sampleDocument({ results }), WORDS);
  expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
  expect(markdown).toContain("… and 9500 more.");
});

test("GitHub gets the job summary and the outputs, appended to its files", () => {
  const env = {
    GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
    GITHUB_OUTPUT: join(folder, "output"),
  };
  writeFileSync(env.GITHUB_OUTPUT, "before=1\n");
  const reports = [{ kind: "html" as const, file: "out/report.html" }];
  expect(writeCiOutputs(sampleDocument(), { reports, env, words: WORDS })).toEqual([]);
  expect(readFileSync(env.GITHUB_STEP_SUMMARY, "utf8")).toMatch(/^## ❌ CDN preload: FAILED\n/);
  expect(readFileSync(env.GITHUB_OUTPUT, "utf8").replaceAll(/cdn-preload-gate-[\w-]+/g, "EOF")).toBe(
    "before=1\nverdict<<EOF\nfailed\nEOF\naccepted<<EOF\nfalse\nEOF\nexit-code<<EOF\n1\nEOF\ntask-ids<<EOF\n9007199254740993,77\nEOF\nreport<<EOF\nout/report.html\nEOF\n",
  );
});

test("a file of the runner that cannot be written is a warning, not a failure", () => {
  const env = { GITHUB_OUTPUT: join(folder, "no/such/folder/output") };
  expect(writeCiOutputs(sampleDocument(), { reports: [], env, words: WORDS })).toEqual([
    expect.stringContaining("was not written"),
  ]);
});

test("GitLab gets variables for later jobs, and a link to each URL that is not preloaded", () => {
  expect(dotenvReport(sampleDocument())).toBe(
    "CDN_PRELOAD_VERDICT=failed\nCDN_PRELOAD_ACCEPTED=false\nCDN_PRELOAD_EXIT_CODE=1\nCDN_PRELOAD_TASK_IDS=9007199254740993,77\n",
  );
  const annotations = JSON.parse(gitlabAnnotations(sampleDocument()));
  expect(annotations["CDN preload"]).toHaveLength(4);
  expect(annotations["CDN preload"][0]).toEqual({
    external_link: {
      label: "https://cdn.example.com/late.js?…: 33.33% of POPs hold it, at least 50% must",
      url: "https://cdn.example.com/late.js",
    },
  });
});

test("GitLab's links have one of each cause first, so that many URLs of one hide no other", () => {
  const { "CDN preload": links } = JSON.parse(gitlabAnnotations(fortyOfOneCause())) as {
    "CDN preload": { external_link: { label: string } }[];
  };
  expect(links).toHaveLength(44);
  const reasons = links.slice(0, 5).map(({ external_link: { label } }) => label.replace(/^.*: /, ""));
  expect(new Set(reasons).size).toBe(5);
});

test("reports are written with the folders that they need; one that cannot be is told", () => {
  const faults = writeReports(
    sampleDocument(),
    [
      { kind: "junit", file: join(folder, "deep/er/junit.xml") },
      { kind: "markdown", file: folder },
    ],
    WORDS,
  );
  expect(existsSync(join(folder, "deep/er/junit.xml"))).toBe(true);
  expect(faults).toEqual([expect.stringContaining("The markdown report")]);
});
