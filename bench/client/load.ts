import VendorClient, {
  DescribePreloadDetailByIdRequest,
  PushObjectCacheRequest,
} from "@alicloud/cdn20180510";
import ClassicClient from "@alicloud/pop-core";
import { Agent } from "undici";
import { createCdnClient } from "../../provider/client/create-cdn-client";
import { type CallBudget, DEFAULT_CALLS_PER_SECOND } from "../../provider/transport/call-budget";
import { staticCredentials } from "../../provider/transport/credentials";
import { resolveEndpoint } from "../../provider/transport/endpoint";
import { createTransport } from "../../provider/transport/service-transport";
import { systemClock } from "../../provider/transport/system-clock";

/** What a client used under load. */
export interface LoadResult {
  readonly requestsPerSecond: number;
  /** Of this process: user and system. */
  readonly cpuMsPerRequest: number;
}

/** The work of each client. */
interface Caller {
  detail(): Promise<unknown>;
  push(urls: readonly string[]): Promise<unknown>;
}

const keys = { accessKeyId: "benchAccessKeyId", accessKeySecret: "benchAccessKeySecret" };
const TASK_ID = "1001";

/** Our complete client without its limiter, which would hold it at the documented rate. */
function ours(host: string): Caller {
  const budget: CallBudget = {
    acquire: async (operation) => ({ operation, grantedAtMs: Date.now() }),
    reportThrottled: () => {},
    currentCallsPerSecond: () => DEFAULT_CALLS_PER_SECOND,
  };
  const client = createCdnClient(
    createTransport({
      endpoint: resolveEndpoint({ endpoint: `http://${host}` }),
      credentials: staticCredentials(keys, "the bench"),
      clock: systemClock,
      budget,
      random: Math.random,
      userAgent: "bench",
    }),
  );
  return {
    detail: () => client.describePreloadDetailById(TASK_ID),
    push: (urls) => client.pushObjectCache({ urls }),
  };
}

function vendor(host: string): Caller {
  const config = { ...keys, endpoint: host, protocol: "http" };
  const client = new VendorClient(config as ConstructorParameters<typeof VendorClient>[0]);
  return {
    detail: () => client.describePreloadDetailById(new DescribePreloadDetailByIdRequest({ taskId: TASK_ID })),
    push: (urls) => client.pushObjectCache(new PushObjectCacheRequest({ objectPath: urls.join("\n") })),
  };
}

function classic(host: string): Caller {
  const client = new ClassicClient({ ...keys, endpoint: `http://${host}`, apiVersion: "2018-05-10" });
  return {
    detail: () => client.request("DescribePreloadDetailById", { TaskId: TASK_ID }, { method: "POST" }),
    push: (urls) => client.request("PushObjectCache", { ObjectPath: urls.join("\n") }, { method: "POST" }),
  };
}

/** Our HTTP library alone, without signing or reading. No client that uses it can be faster. */
function bare(host: string): Caller {
  const agent = new Agent({ allowH2: false, pipelining: 1 });
  const send = (action: string, body: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = { host, "content-type": "application/x-www-form-urlencoded", "x-acs-action": action };
      agent.dispatch(
        { origin: `http://${host}`, path: "/", method: "POST", headers, body },
        {
          onRequestStart: () => {},
          onResponseStart: () => {},
          onResponseData: () => {},
          onResponseEnd: () => resolve(),
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });
  return {
    detail: () => send("DescribePreloadDetailById", `TaskId=${TASK_ID}`),
    push: (urls) => send("PushObjectCache", `ObjectPath=${urls.join("%0A")}`),
  };
}

const CALLERS: Readonly<Record<string, (host: string) => Caller>> = { ours, vendor, classic, bare };
const BATCH = Array.from(
  { length: 100 },
  (_item, index) => `https://cdn.example.com/assets/2026-01-15/some-file-${index}.8f3a2c1b.js`,
);

async function main(): Promise<void> {
  const [name = "", host = "", work = "", requests = ""] = process.argv.slice(2);
  const caller = CALLERS[name]!(host);
  const call = work === "push" ? () => caller.push(BATCH) : () => caller.detail();
  const atATime = work === "32 at a time" ? 32 : 1;
  // Warms up until the code is fully compiled, because this measures throughput and not start-up.
  await run(call, Number(requests), atATime);
  const startedAtMs = performance.now();
  const before = process.cpuUsage();
  await run(call, Number(requests), atATime);
  const { user, system } = process.cpuUsage(before);
  const result: LoadResult = {
    requestsPerSecond: (1_000 * Number(requests)) / (performance.now() - startedAtMs),
    cpuMsPerRequest: (user + system) / 1_000 / Number(requests),
  };
  process.send?.(result, () => process.exit());
}

async function run(call: () => Promise<unknown>, requests: number, atATime: number): Promise<void> {
  let left = requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

void main();
