import { spawn } from "node:child_process";
import { join } from "node:path";
import { startEmulator } from "../../emulator";

// On a busy machine eight processes take their time to start.
jest.setTimeout(120_000);

const PROCESSES = 8;
const TASKS_PER_PROCESS = 25;
/** What all operations of the account allow, in calls per second. */
const CALLS_PER_SECOND = 30;
/** How long eight processes that know nothing of each other may take to settle, in milliseconds. */
const SETTLING_MS = 5_000;
const THROTTLED = new Set(["Throttling", "Throttling.User", "Throttling.Api", "TooManyRequests"]);

/** A pipeline: one gate over a domain, and so a task, for each URL. */
const PIPELINE = `
  const { runGate } = require(${JSON.stringify(join(__dirname, "../../dist/provider/gate/index.js"))});
  const [endpoint, name, tasks] = process.argv.slice(1);
  const urls = Array.from({ length: Number(tasks) }, (_, n) => \`https://\${name}-\${n}.example.com/\${n % 10}/app.js\`);
  runGate({
    urls,
    timeout: "90s",
    quotaCheck: "off",
    connection: {
      endpoint,
      accessKey: { accessKeyId: "emulatorAccessKeyId", accessKeySecret: "emulatorAccessKeySecret", from: "the test" },
    },
  }).then(({ verdict, reasons, taskIds, summary }) =>
    process.stdout.write(JSON.stringify({ verdict, reasons, tasks: taskIds.length, summary })),
  );
`;

interface PipelineEnd {
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly tasks: number;
  readonly summary: { readonly preloaded: number; readonly apiCalls: number };
}

test("eight processes on one account at 30 calls a second with 200 tasks: all finish, and throttling settles", async () => {
  // Ends spread over ten seconds, as those of files of different sizes.
  const rules = Array.from({ length: 10 }, (_, n) => ({
    path: `/${n}/*`,
    script: { endsAfterMs: 5_000 + n * 1_000 },
  }));
  const emulator = await startEmulator({
    scenario: { rules },
    callsPerSecond: {
      PushObjectCache: CALLS_PER_SECOND,
      DescribePreloadDetailById: CALLS_PER_SECOND,
      DescribeRefreshTaskById: CALLS_PER_SECOND,
      DescribeRefreshTasks: CALLS_PER_SECOND,
      DescribeRefreshQuota: CALLS_PER_SECOND,
    },
  });
  try {
    const startedAtMs = performance.now();
    const ends = await Promise.all(
      Array.from({ length: PROCESSES }, (_, n) => runPipeline(emulator.endpoint, `p${n}`)),
    );
    const elapsedS = (performance.now() - startedAtMs) / 1_000;
    for (const end of ends) {
      expect(end).toMatchObject({ verdict: "passed", reasons: [], tasks: TASKS_PER_PROCESS });
      expect(end.summary.preloaded).toBe(TASKS_PER_PROCESS);
    }
    expect(emulator.submissionCount()).toBe(PROCESSES * TASKS_PER_PROCESS);

    const { calls } = emulator;
    const settledFrom = Date.parse(calls[0]!.at) + SETTLING_MS;
    const settled = calls.filter(({ at }) => Date.parse(at) >= settledFrom);
    const throttledOf = (some: typeof calls) =>
      some.filter(({ errorCode }) => THROTTLED.has(errorCode ?? ""));
    const share = throttledOf(settled).length / settled.length;
    const percent = (share * 100).toFixed(1);
    process.stdout.write(
      `Shared account: ${PROCESSES} processes, ${emulator.tasks().length} tasks, ${calls.length} calls in ${elapsedS.toFixed(1)} s; after ${SETTLING_MS / 1000} s ${percent} % of ${settled.length} answers were throttled (${throttledOf(calls).length} in all).\n`,
    );
    expect(share).toBeLessThan(0.2);
  } finally {
    await emulator.close();
  }
});

async function runPipeline(endpoint: string, name: string): Promise<PipelineEnd> {
  const child = spawn(process.execPath, ["-e", PIPELINE, endpoint, name, String(TASKS_PER_PROCESS)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  await new Promise((resolve) => child.once("close", resolve));
  return JSON.parse(stdout);
}
