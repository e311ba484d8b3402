import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as pulumi from "@pulumi/pulumi";
import { type Emulator, startEmulator } from "../../emulator";
import { PreloadGate } from "../../provider";
import { makePlugin } from "../../test/engine/plugin-folder";
import { BenchStack, type Program } from "../deployment/bench-stack";
import { endedTasks } from "../deployment/deployment";
import type { PartReport, Table } from "../report";
import { median } from "../simulation/statistics";

/** What the plugin costs, compared with the dynamic host: its start, and `pulumi up` of the same gates. */
export async function benchPlugin({ isQuick }: { readonly isQuick: boolean }): Promise<PartReport> {
  // Bundled itself, the bench knows the repository by the folder that it runs in.
  const folder = makePlugin(process.cwd());
  const rounds = isQuick ? 3 : 11;
  const startMs = await measureStart(join(folder, "pulumi-resource-alicdn"), rounds);
  const { table, ratio } = await measureUps(folder, {
    rounds: isQuick ? 2 : 5,
    counts: isQuick ? [1] : [1, 10],
  });
  const start: Table = {
    title: `Plugin: from its start until it prints its port (median of ${rounds})`,
    columns: ["what", "ms"],
    rows: [["pulumi-resource-alicdn, bundled", startMs]],
  };
  return {
    part: "plugin",
    tables: [start, table],
    targets: [{ what: "pulumi up of one gate, plugin over dynamic host", value: ratio, atMost: 1 }],
  };
}

async function measureStart(executable: string, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAtMs = performance.now();
    const child: ChildProcess = spawn(executable, [], { stdio: ["ignore", "pipe", "inherit"] });
    await once(createInterface(child.stdout!), "line");
    times.push(performance.now() - startedAtMs);
    child.kill();
    await once(child, "exit");
  }
  return median(times);
}

/** A gate of the plugin, as a program without an SDK declares it. */
class PluginGate extends pulumi.CustomResource {
  constructor(name: string, taskIds: readonly string[]) {
    super("alicdn:index:PreloadGate", name, { taskIds });
  }
}

/** Runs both hosts once per round, so that other load on the machine affects both. */
async function measureUps(
  plugin: string,
  { rounds, counts }: { readonly rounds: number; readonly counts: readonly number[] },
): Promise<{ readonly table: Table; readonly ratio: number }> {
  const emulator = await startEmulator();
  const stacks = {
    "dynamic host": await BenchStack.create(emulator),
    plugin: await BenchStack.create(emulator, { plugin }),
  };
  try {
    const rows: (string | number)[][] = [];
    let ratio = Number.NaN;
    for (const count of counts) {
      const times: Record<keyof typeof stacks, number[]> = { "dynamic host": [], plugin: [] };
      for (let round = 0; round < rounds; round += 1) {
        for (const host of ["dynamic host", "plugin"] as const)
          times[host].push(await stacks[host].up(await programOf(host, { emulator, count })));
      }
      const medians = { "dynamic host": median(times["dynamic host"]), plugin: median(times.plugin) };
      for (const host of ["dynamic host", "plugin"] as const)
        rows.push([host, count, medians[host], medians[host] / medians["dynamic host"]]);
      if (count === 1) ratio = medians.plugin / medians["dynamic host"];
    }
    const title = `Plugin: pulumi up of PreloadGates whose tasks have ended (medians of ${rounds})`;
    return { table: { title, columns: ["host", "gates", "ms", "over the dynamic host"], rows }, ratio };
  } finally {
    for (const stack of Object.values(stacks)) stack.remove();
    await emulator.close();
  }
}

async function programOf(
  host: "dynamic host" | "plugin",
  { emulator, count }: { readonly emulator: Emulator; readonly count: number },
): Promise<Program> {
  emulator.reset();
  const taskIds = await endedTasks(emulator, count);
  return () => {
    for (const [index, taskId] of taskIds.entries()) {
      if (host === "plugin") new PluginGate(`gate-${index}`, [taskId]);
      else new PreloadGate(`gate-${index}`, { taskIds: [taskId] });
    }
  };
}
