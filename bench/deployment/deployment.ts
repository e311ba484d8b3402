import * as pulumi from "@pulumi/pulumi";
import { type Emulator, startEmulator } from "../../emulator";
import { Preload, PreloadGate } from "../../provider";
import { openSession } from "../../provider/gate";
import type { PartReport } from "../report";
import { median } from "../simulation/statistics";
import { BenchStack, type Program } from "./bench-stack";

/** What is deployed, by how many of it. */
type Kind = "nothing" | "no-op" | "gate" | "preload";
const TITLES: Readonly<Record<Kind, string>> = {
  nothing: "no resource",
  "no-op": "no-op dynamic resources",
  gate: "PreloadGates, tasks that have ended",
  preload: "Preloads, tasks that end at once",
};

class NoOp extends pulumi.dynamic.Resource {
  constructor(name: string) {
    super({ create: async () => ({ id: "no-op", outs: {} }) }, name, {});
  }
}

/** Measures `pulumi up` of a new stack, with gates and with resources that do nothing, in the same run. */
export async function benchDeployment({ isQuick }: { readonly isQuick: boolean }): Promise<PartReport> {
  const emulator = await startEmulator();
  const stack = await BenchStack.create(emulator);
  try {
    const rounds = isQuick ? 2 : 5;
    const kinds: readonly Kind[] = isQuick ? ["no-op", "gate"] : ["no-op", "gate", "preload"];
    const rows: (string | number)[][] = [];
    if (!isQuick) {
      const { nothing } = await measure(stack, ["nothing"], { emulator, count: 0, rounds });
      rows.push([TITLES.nothing, 0, nothing, "", ""]);
    }
    let ratioOfTen = Number.NaN;
    for (const count of isQuick ? [10] : [1, 10, 50]) {
      const medians = await measure(stack, kinds, { emulator, count, rounds });
      for (const kind of kinds) {
        const extra = medians[kind] - medians["no-op"];
        rows.push([TITLES[kind], count, medians[kind], medians[kind] / medians["no-op"], extra]);
      }
      if (count === 10) ratioOfTen = medians.gate / medians["no-op"];
    }
    return {
      part: "deployment",
      tables: [
        {
          title: `Deployment: pulumi up from nothing (medians of ${rounds})`,
          columns: ["what", "how many", "ms", "over no-op", "ms more than no-op"],
          rows,
        },
      ],
      targets: [{ what: "pulumi up with ten gates over ten no-ops", value: ratioOfTen, atMost: 1.1 }],
    };
  } finally {
    stack.remove();
    await emulator.close();
  }
}

interface Measuring {
  readonly emulator: Emulator;
  readonly count: number;
  readonly rounds: number;
}

/** Runs each kind once per round, so that other load on the machine affects all of them. */
async function measure(
  stack: BenchStack,
  kinds: readonly Kind[],
  options: Measuring,
): Promise<Record<Kind, number>> {
  const times: Record<Kind, number[]> = { nothing: [], "no-op": [], gate: [], preload: [] };
  for (let round = 0; round < options.rounds; round += 1) {
    for (const kind of kinds) times[kind].push(await stack.up(await programOf(kind, options)));
  }
  const medianOf = (kind: Kind) => median(times[kind]);
  return {
    nothing: medianOf("nothing"),
    "no-op": medianOf("no-op"),
    gate: medianOf("gate"),
    preload: medianOf("preload"),
  };
}

async function programOf(kind: Kind, { emulator, count }: Measuring): Promise<Program> {
  emulator.reset();
  const names = Array.from({ length: count }, (_item, index) => `resource-${index}`);
  if (kind === "gate") {
    const taskIds = await endedTasks(emulator, count);
    return () => {
      for (const [index, name] of names.entries()) new PreloadGate(name, { taskIds: [taskIds[index]!] });
    };
  }
  return () => {
    for (const [index, name] of names.entries()) {
      if (kind === "no-op") new NoOp(name);
      if (kind === "preload") new Preload(name, { urls: [urlOf(index)] });
    }
  };
}

/** The service gives one id to the tasks of a domain and second, so each task has its own domain. */
function urlOf(index: number): string {
  return `https://cdn-${index}.example.com/emulate-completes-at-once/app.js`;
}

/** Starts tasks that have ended when this returns, and gives their ids. */
export async function endedTasks(emulator: Emulator, count: number): Promise<readonly string[]> {
  const { endpoint, accessKeyId, accessKeySecret } = emulator;
  const session = openSession({ endpoint, accessKey: { accessKeyId, accessKeySecret, from: "the bench" } });
  try {
    const urls = Array.from({ length: count }, (_item, index) => urlOf(index));
    const { taskIds } = await session.client.pushObjectCache({ urls });
    emulator.advanceClock(10_000);
    return taskIds;
  } finally {
    await session.close();
  }
}
