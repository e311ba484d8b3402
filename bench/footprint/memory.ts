import { resolve } from "node:path";
import type { RunGateOptions, Session } from "../../provider/gate";

/** How to reach the service. */
export interface Service {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** What a gate used in a process that has loaded the same modules as the engine's host. */
export interface MemoryResult {
  readonly emptyMb: number;
  /** The peak resident memory, above that of the empty host. */
  readonly peakMb: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly verdict: string;
}

const MEGABYTE = 1024 * 1024;

/** Runs one gate in the built package, as the engine's host loads it. */
async function main(): Promise<void> {
  const [kind = "", count = "", service = ""] = process.argv.slice(2);
  const { endpoint, accessKeyId, accessKeySecret } = JSON.parse(service) as Service;
  require("@pulumi/pulumi");
  require(resolve("dist/provider/pulumi/provider.js"));
  const gate = require(resolve("dist/provider/gate/index.js")) as typeof import("../../provider/gate");
  const accessKey = { accessKeyId, accessKeySecret, from: "the bench" };
  const session = gate.openSession({ endpoint, accessKey });
  const shared = { session };
  const options: RunGateOptions =
    kind === "tasks"
      ? { ...shared, taskIds: await submitTasks(session, Number(count)) }
      : {
          ...shared,
          quotaCheck: "off",
          urls: Array.from({ length: Number(count) }, (_item, index) => urlOf(index, 1)),
        };

  global.gc?.();
  const emptyBytes = process.memoryUsage.rss();
  let peakBytes = emptyBytes;
  const sampler = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 100);
  const startedAtMs = performance.now();
  const before = process.cpuUsage();
  const outcome = await gate.runGate(options);
  const { user, system } = process.cpuUsage(before);
  clearInterval(sampler);
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  const result: MemoryResult = {
    emptyMb: emptyBytes / MEGABYTE,
    peakMb: (peakBytes - emptyBytes) / MEGABYTE,
    cpuMs: (user + system) / 1_000,
    wallMs: performance.now() - startedAtMs,
    verdict: outcome.verdict,
  };
  process.send?.(result, () => process.exit());
}

/** Tasks with one URL each. Each has its own domain, because the service gives one id per domain and second. */
async function submitTasks(session: Session, count: number): Promise<string[]> {
  const taskIds: string[] = [];
  for (let start = 0; start < count; start += 100) {
    const urls = Array.from({ length: Math.min(100, count - start) }, (_item, index) =>
      urlOf(start + index, count),
    );
    taskIds.push(...(await session.client.pushObjectCache({ urls })).taskIds);
  }
  return taskIds;
}

function urlOf(index: number, domains: number): string {
  return `https://cdn-${index % domains}.example.com/assets/2026-01-15/some-file-${index}.8f3a2c1b.js`;
}

void main();
