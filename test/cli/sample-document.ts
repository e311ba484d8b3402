import type { GateDocument, ReportedUrl } from "../../provider/cli/document/schema";

/** A gate's document to make reports from: of six URLs one is preloaded and each other state is there. */
export function sampleDocument(changes: Partial<GateDocument> = {}): GateDocument {
  return {
    kind: "gate",
    schemaVersion: 1,
    tool: { name: "cdn-preload-gate", version: "1.2.3" },
    command: "run",
    startedAt: "2026-03-01T10:00:00.123Z",
    endedAt: "2026-03-01T10:07:31.456Z",
    exitCode: 1,
    verdict: "failed",
    accepted: false,
    acceptedBy: null,
    notices: [],
    reasons: ["CDN preload failed; of 5 URLs: 1 preloaded, 1 failed, 3 others."],
    policy: { minSuccessPercent: 50, maxFailedUrls: 0, requireDetail: false, onInconclusive: "fail" },
    summary: {
      urls: 5,
      preloaded: 1,
      failed: 1,
      unknown: 3,
      lowestSuccessPercent: 33.33,
      elapsedMs: 451_333,
      apiCalls: 1_234,
    },
    taskIds: ["9007199254740993", "77"],
    results: [
      sampleUrl({ url: "https://cdn.example.com/app.js" }),
      sampleUrl({
        url: "https://cdn.example.com/late.js?token=hush",
        state: "failed",
        successPercent: 33.33,
        description: "Origin Timeout|Internal Error",
        problem: "33.33% of POPs hold it, at least 50% must",
        advice: "Check the origin.",
      }),
      sampleUrl({
        url: "img.example.com/a.png",
        domain: "img.example.com",
        taskId: "77",
        state: "pending",
        problem: "its task still runs",
        advice: "Wait.",
      }),
      sampleUrl({
        url: "https://cdn.example.com/u",
        state: "unknown",
        problem: "its task ended without a word on it",
        advice: "Run again.",
      }),
      sampleUrl({
        url: "https://cdn.example.com/n",
        state: "notSubmitted",
        taskId: "",
        problem: "it was not submitted",
        advice: "Run again.",
      }),
    ],
    tasks: [
      {
        taskId: "9007199254740993",
        domain: "cdn.example.com",
        status: "Complete",
        retCode: "0",
        process: "100%",
        creationTime: "2026-03-01T10:00:01Z",
        endTime: "2026-03-01T10:05:01Z",
        requestId: "E9D3257A-1B7C-414C-90C1-8D07AC47BCAC",
        evidence: "detail",
      },
      {
        taskId: "77",
        domain: "img.example.com",
        status: "Refreshing",
        retCode: null,
        process: "62.5%",
        creationTime: "2026-03-01T10:00:01Z",
        endTime: null,
        requestId: null,
        evidence: "statusOnly",
      },
    ],
    progress: [
      { elapsedMs: 30_000, processPercent: 12.5, preloaded: 0, failed: 0 },
      { elapsedMs: 200_000, processPercent: 60, preloaded: 1, failed: 0 },
      { elapsedMs: 451_333, processPercent: 92.5, preloaded: 1, failed: 1 },
    ],
    error: null,
    stateFile: null,
    resumeCommand: null,
    ...changes,
  };
}

export function sampleUrl(changes: Partial<ReportedUrl>): ReportedUrl {
  return {
    url: "https://cdn.example.com/app.js",
    domain: "cdn.example.com",
    taskId: "9007199254740993",
    state: "preloaded",
    successPercent: null,
    description: null,
    problem: null,
    advice: null,
    ...changes,
  };
}

/** Texts that try to become something else than text, in every kind of report. */
export const INJECTIONS = [
  '</script><script>window.injected = "script"</script>',
  '<img src="http://127.0.0.1:9/x" onerror="window.injected = 1">',
  '"><svg onload="window.injected = 2">',
  "' onmouseover='window.injected = 3",
  "javascript:window.injected=4",
  "]]><failure/>",
  "| a | b |\n\n# heading <details> @someone #1 [link](http://127.0.0.1:9) `code` ![x](http://127.0.0.1:9/x)",
  "::error::injected\r\n%0A::error::injected",
  "\u0000\u0008\u001b[31m\u202e\ud800\ufffe",
  "&lt;b&gt; &amp;",
] as const;

/** A document that holds all of them in every place that comes from elsewhere. */
export function hostileDocument(): GateDocument {
  const sample = sampleDocument();
  return {
    ...sample,
    reasons: [...INJECTIONS],
    error: {
      code: "malformedAnswer",
      message: INJECTIONS.join(" "),
      advice: "Look.",
      operation: null,
      serviceCode: null,
      requestId: null,
    },
    resumeCommand: `cdn-preload-gate run '${INJECTIONS.join("' '")}'`,
    results: INJECTIONS.map((text, index) =>
      sampleUrl({
        url: `https://cdn.example.com/${text}`,
        domain: text,
        taskId: text,
        state: index % 2 ? "failed" : "unknown",
        successPercent: 1,
        description: text,
        problem: text,
        advice: text,
      }),
    ),
    tasks: INJECTIONS.map((text) => ({
      ...sample.tasks[0]!,
      taskId: text,
      domain: text,
      status: text,
      retCode: text,
      process: text,
      creationTime: text,
      endTime: text,
      requestId: text,
    })),
    taskIds: [...INJECTIONS],
  };
}
