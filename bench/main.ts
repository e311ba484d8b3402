import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { benchClient } from "./client/client";
import { benchDeployment } from "./deployment/deployment";
import { benchFootprint } from "./footprint/footprint";
import { benchManyTasks } from "./many-tasks/many-tasks";
import { benchPlugin } from "./plugin/plugin";
import { benchPolling } from "./polling/polling";
import { isReached, type PartReport, showTable, showTarget } from "./report";

type Part = (options: { readonly isQuick: boolean }) => Promise<PartReport>;

const PARTS: Readonly<Record<string, Part>> = {
  polling: benchPolling,
  "many-tasks": benchManyTasks,
  client: benchClient,
  deployment: benchDeployment,
  plugin: benchPlugin,
  footprint: benchFootprint,
};

/** Runs the parts, prints their results, and writes them to `bench/results/latest.json`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: "boolean" }, only: { type: "string" } } });
  const isQuick = values.quick ?? false;
  const names = values.only?.split(",") ?? Object.keys(PARTS);
  const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}.`);
    process.exitCode = 2;
    return;
  }
  const startedAt = new Date().toISOString();
  const reports: PartReport[] = [];
  for (const name of names) {
    const startedAtMs = performance.now();
    const report = await PARTS[name]!({ isQuick });
    reports.push(report);
    for (const table of report.tables) console.log(`\n${showTable(table)}`);
    console.log(
      `\nTargets, ${report.part} (took ${Math.round((performance.now() - startedAtMs) / 1_000)} s)`,
    );
    for (const target of report.targets) console.log(showTarget(target));
  }
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism() };
  mkdirSync("bench/results", { recursive: true });
  writeFileSync(
    "bench/results/latest.json",
    `${JSON.stringify({ startedAt, isQuick, machine, reports }, null, 2)}\n`,
  );
  const missed = reports.flatMap(({ targets }) => targets).filter((target) => !isReached(target));
  console.log(
    `\n${missed.length === 0 ? "All targets reached" : `${missed.length} targets missed`}; all figures: bench/results/latest.json`,
  );
}

void main();
