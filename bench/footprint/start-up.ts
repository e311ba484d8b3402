import { spawnSync } from "node:child_process";
import { median } from "../simulation/statistics";

/** The median duration of processes from start to end, in milliseconds. Each runs once per round. */
export function measureStarts(
  commands: Readonly<Record<string, readonly string[]>>,
  options: { readonly rounds: number; readonly env?: NodeJS.ProcessEnv },
): Map<string, number> {
  const times = new Map<string, number[]>(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const startedAtMs = performance.now();
      spawnSync(process.execPath, args, { env: { ...process.env, ...options.env } });
      times.get(name)!.push(performance.now() - startedAtMs);
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

/** The time to load a module in a new process that has already loaded others, in milliseconds. */
export function measureLoad(
  modules: Readonly<Record<string, { readonly first: readonly string[]; readonly path: string }>>,
  rounds: number,
): Map<string, number> {
  const times = new Map<string, number[]>(Object.keys(modules).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, { first, path }] of Object.entries(modules)) {
      const program = [
        ...first.map((other) => `require(${JSON.stringify(other)});`),
        "const startedAtMs = performance.now();",
        `require(${JSON.stringify(path)});`,
        "console.log(performance.now() - startedAtMs);",
        "process.exit();",
      ].join("\n");
      const { stdout } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
      times.get(name)!.push(Number(stdout.trim().split("\n").at(-1)));
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}
