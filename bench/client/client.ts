import { messageOf, startEntry } from "../child";
import type { PartReport, Table, Target } from "../report";
import { median } from "../simulation/statistics";
import type { LoadResult } from "./load";

const CLIENTS = {
  ours: "ours",
  vendor: "vendor's SDK (cdn20180510)",
  classic: "vendor's pop-core",
  bare: "undici alone, nothing signed or read",
} as const;
type ClientName = keyof typeof CLIENTS;
const CLIENT_NAMES = Object.keys(CLIENTS) as ClientName[];

const WORKS = {
  sequential: { title: "one after the other", requests: 12_000 },
  "32 at a time": { title: "32 at a time", requests: 12_000 },
  push: { title: "submissions of 100 URLs", requests: 2_000 },
} as const;
type WorkName = keyof typeof WORKS;

/** Compares our client with the two vendor clients, on one server that answers immediately. */
export async function benchClient({ isQuick }: { readonly isQuick: boolean }): Promise<PartReport> {
  const server = startEntry("client/server.js");
  try {
    const host = `127.0.0.1:${await messageOf<number>(server)}`;
    const tables: Table[] = [];
    const targets: Target[] = [];
    for (const work of Object.keys(WORKS) as WorkName[]) {
      const results = await measure(work, { host, rounds: isQuick ? 1 : 3, part: isQuick ? 0.3 : 1 });
      tables.push(tableOf(work, results));
      targets.push(...targetsOf(work, results));
    }
    return { part: "client", tables, targets };
  } finally {
    server.disconnect();
  }
}

type Results = Readonly<Record<ClientName, LoadResult>>;

/** Runs each client once per round, so that other load on the machine affects all of them. */
async function measure(
  work: WorkName,
  options: { readonly host: string; readonly rounds: number; readonly part: number },
): Promise<Results> {
  const requests = Math.ceil(WORKS[work].requests * options.part);
  const rounds: Record<ClientName, LoadResult[]> = { ours: [], vendor: [], classic: [], bare: [] };
  for (let round = 0; round < options.rounds; round += 1) {
    for (const name of CLIENT_NAMES) {
      const child = startEntry("client/load.js", [name, options.host, work, String(requests)]);
      rounds[name].push(await messageOf<LoadResult>(child));
    }
  }
  return {
    ours: middle(rounds.ours),
    vendor: middle(rounds.vendor),
    classic: middle(rounds.classic),
    bare: middle(rounds.bare),
  };
}

function middle(results: readonly LoadResult[]): LoadResult {
  return {
    requestsPerSecond: median(results.map((result) => result.requestsPerSecond)),
    cpuMsPerRequest: median(results.map((result) => result.cpuMsPerRequest)),
  };
}

function tableOf(work: WorkName, results: Results): Table {
  return {
    title: `Client, ${WORKS[work].title} (medians)`,
    columns: [
      "client",
      "requests/s",
      "CPU ms per request",
      "requests/s, ours over its",
      "CPU, ours over its",
    ],
    rows: CLIENT_NAMES.map((name) => [
      CLIENTS[name],
      results[name].requestsPerSecond,
      results[name].cpuMsPerRequest,
      results.ours.requestsPerSecond / results[name].requestsPerSecond,
      results.ours.cpuMsPerRequest / results[name].cpuMsPerRequest,
    ]),
  };
}

function targetsOf(work: WorkName, { ours, vendor }: Results): Target[] {
  const { title } = WORKS[work];
  return [
    {
      what: `${title}: requests/s over the vendor's SDK`,
      value: ours.requestsPerSecond / vendor.requestsPerSecond,
      atLeast: 3,
    },
    {
      what: `${title}: CPU per request over the vendor's SDK`,
      value: ours.cpuMsPerRequest / vendor.cpuMsPerRequest,
      atMost: 0.333,
    },
  ];
}
