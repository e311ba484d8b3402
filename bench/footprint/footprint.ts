import { resolve } from "node:path";
import { startEmulator } from "../../emulator";
import { Preload } from "../../provider";
import { messageOf, startEntry } from "../child";
import { BenchStack, type SavedResource } from "../deployment/bench-stack";
import type { PartReport, Table, Target } from "../report";
import { installedSize } from "./installed-size";
import type { MemoryResult, Service } from "./memory";
import { measureLoad, measureStarts } from "./start-up";

type Measured = Pick<PartReport, "tables" | "targets">;

/** What the gate uses: state, memory, start-up time and disk space. */
export async function benchFootprint({ isQuick }: { readonly isQuick: boolean }): Promise<PartReport> {
  const service = startEntry("footprint/emulator-process.js");
  try {
    const address = await messageOf<Service>(service);
    const parts: Measured[] = [
      await measureState(),
      await measureMemory(address, isQuick),
      measureTimes(address, isQuick ? 3 : 21),
      measureSize(),
    ];
    return {
      part: "footprint",
      tables: parts.flatMap(({ tables }) => tables),
      targets: parts.flatMap(({ targets }) => targets),
    };
  } finally {
    service.disconnect();
  }
}

const FEW_URLS = 1;
const MANY_URLS = 201;

/** A URL of a typical length: 63 characters. */
function urlOf(index: number): string {
  return `https://cdn.example.com/assets/app/some-file-${String(index).padStart(4, "0")}.8f3a2c1b.js`;
}

async function measureState(): Promise<Measured> {
  const emulator = await startEmulator();
  const stack = await BenchStack.create(emulator);
  try {
    const bytes: number[] = [];
    let providerBytes = 0;
    let engineBytes = 0;
    for (const count of [FEW_URLS, MANY_URLS]) {
      emulator.reset();
      const urls = Array.from({ length: count }, (_item, index) => urlOf(index));
      await stack.up(() => void new Preload("warm", { urls }));
      const saved = stack.resources().find(({ urn }) => urn.endsWith("::warm"));
      bytes.push(sizeOfOwn(saved));
      engineBytes = JSON.stringify(saved).length - sizeOfOwn(saved);
      providerBytes = String(saved?.outputs?.__provider).length;
    }
    const perUrl = (bytes[1]! - bytes[0]!) / (MANY_URLS - FEW_URLS);
    const perResource = bytes[0]! - FEW_URLS * perUrl;
    const rows = [
      ["inputs and outputs, without URLs", perResource],
      [`each URL (of ${urlOf(0).length} characters)`, perUrl],
      ["  without its own text, which stands in inputs and outputs", perUrl - 2 * urlOf(0).length],
      ["__provider", providerBytes],
      ["what the engine adds to any resource", engineBytes],
    ];
    return {
      tables: [{ title: "State of a Preload that has passed, in bytes", columns: ["what", "bytes"], rows }],
      targets: [
        { what: "state: bytes per resource", value: perResource, atMost: 1_500 },
        { what: "state: bytes per URL", value: perUrl, atMost: 200 },
      ],
    };
  } finally {
    stack.remove();
    await emulator.close();
  }
}

function sizeOfOwn(saved: SavedResource | undefined): number {
  return JSON.stringify({ inputs: saved?.inputs, outputs: saved?.outputs }).length;
}

/** V8 collects garbage at any time, so targets use the median of several runs. */
const GATES = [
  { kind: "urls", count: 1_000, runs: 1, quickRuns: 0 },
  { kind: "urls", count: 10_000, runs: 5, quickRuns: 1 },
  { kind: "tasks", count: 1_000, runs: 1, quickRuns: 0 },
] as const;

async function measureMemory(address: Service, isQuick: boolean): Promise<Measured> {
  const rows: (string | number)[][] = [];
  let ofManyUrls: MemoryResult | undefined;
  let ofManyTasks: MemoryResult | undefined;
  for (const { kind, count, runs, quickRuns } of GATES) {
    const args = [kind, String(count), JSON.stringify(address)];
    const results: MemoryResult[] = [];
    while (results.length < (isQuick ? quickRuns : runs)) {
      results.push(await messageOf(startEntry("footprint/memory.js", args, ["--expose-gc"])));
    }
    const middle = results.toSorted((a, b) => a.peakMb - b.peakMb)[Math.floor(results.length / 2)];
    if (!middle) continue;
    const { emptyMb, peakMb, cpuMs, wallMs, verdict } = middle;
    rows.push([`${count.toLocaleString("en-US")} ${kind}`, emptyMb, peakMb, cpuMs, wallMs, verdict]);
    if (kind === "urls") ofManyUrls = middle;
    else ofManyTasks = middle;
  }
  const table: Table = {
    title: "Memory and CPU of one gate, above a host that has loaded everything",
    columns: ["gate", "empty host, MB", "peak above it, MB", "CPU ms", "wall ms", "verdict"],
    rows,
  };
  return {
    tables: [table],
    targets: [
      { what: "memory: MB of 10,000 URLs above the empty host", value: mbOf(ofManyUrls), atMost: 60 },
      { what: "CPU: ms of 10,000 URLs", value: ofManyUrls?.cpuMs ?? Number.NaN, atMost: 1_000 },
      // A quick run leaves the tasks out.
      ...(ofManyTasks ? [{ what: "CPU: ms of 1,000 tasks", value: ofManyTasks.cpuMs, atMost: 1_000 }] : []),
    ],
  };
}

function mbOf(result: MemoryResult | undefined): number {
  return result?.peakMb ?? Number.NaN;
}

function measureTimes(address: Service, rounds: number): Measured {
  const pulumi = require.resolve("@pulumi/pulumi", { paths: [resolve(".")] });
  const provider = resolve("dist/provider/pulumi/provider.js");
  const loads = measureLoad(
    {
      "@pulumi/pulumi": { first: [], path: pulumi },
      "the provider, after it": { first: [pulumi], path: provider },
    },
    rounds,
  );
  const main = resolve("dist/provider/cli/main.js");
  const starts = measureStarts(
    {
      "node -e 0": ["-e", "0"],
      "cdn-preload-gate --help": [main, "--help"],
      "cdn-preload-gate status, one task": [main, "status", "1001", "--endpoint", address.endpoint],
    },
    {
      rounds,
      env: {
        ALIBABA_CLOUD_ACCESS_KEY_ID: address.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: address.accessKeySecret,
      },
    },
  );
  const targets: Target[] = [
    {
      what: "module load: ms of the provider above @pulumi/pulumi",
      value: loads.get("the provider, after it")!,
      atMost: 60,
    },
  ];
  return {
    tables: [
      { title: "Module load, in ms (medians)", columns: ["module", "ms"], rows: [...loads] },
      {
        title: "Start-up of the command line, in ms (medians)",
        columns: ["command", "ms"],
        rows: [...starts],
      },
    ],
    targets,
  };
}

function measureSize(): Measured {
  const { ownBytes, dependencies } = installedSize();
  const all = [...dependencies.values()].reduce((sum, bytes) => sum + bytes, ownBytes);
  const largest = [...dependencies].sort(([, a], [, b]) => b - a).slice(0, 5);
  const rows = [
    ["the package itself", ownBytes / 1e6],
    [`with its ${dependencies.size} dependencies`, all / 1e6],
    ...largest.map(([name, bytes]) => [`  ${name}`, bytes / 1e6]),
  ];
  return {
    tables: [{ title: "Installed size without @pulumi/pulumi, in MB", columns: ["what", "MB"], rows }],
    targets: [],
  };
}
