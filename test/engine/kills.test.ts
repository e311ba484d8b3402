/** @jest-environment ./test/engine/rejection-environment.ts */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import type { GateState } from "../../provider/core/gate-state";
import { judgeUrls } from "../../provider/core/judge";
import { gatePolicy } from "../../provider/core/policy-schema";
import { readGateState } from "../../provider/core/saved-state";
import { stateOf } from "../../provider/resources/saved-outputs";
import { startCliIn } from "../cli/run-cli";
import { expectTable } from "../docs/document-table";
import { EngineStack } from "./engine-stack";
import { DYNAMIC_HOST, type Host, PLUGIN } from "./hosts";
import { KillStage, STEP_WORDS, STEPS, type Step, urlOf, type Verb } from "./kill-stage";
import { until } from "./until";

// Each ending runs the engine four times, and waits for real polls real tasks in between.
jest.setTimeout(400_000);

const VERBS = ["create", "update"] as const;

/** The ways in which a run ends early: the columns of the table. */
const ENDINGS = ["kill -9 of the engine", "kill -9 of the host", "SIGINT", "SIGTERM"] as const;
type Ending = (typeof ENDINGS)[number];
const CLI_ENDING = "kill -9 of `cdn-preload-gate run --state`";

/** SIGTERM and the host take the same ways as SIGINT and the engine; `KILLS=all` measures them too. */
const MEASURED: readonly Ending[] =
  process.env.KILLS === "all" ? ENDINGS : ["kill -9 of the engine", "SIGINT"];

/** What the next run does about a URL, as measured. */
const CELLS = {
  firstTime: "submits it for the first time",
  lookedUp: "finds its task and waits for it",
  resumed: "waits for its task",
  passed: "nothing: it has passed",
  again: "**submits it again**",
} as const;

/** The plugin stands on the same verbs: one ending shows that its process ends and resumes as the dynamic host's. */
const MEASURED_BY_HOST: readonly (readonly [Host, Ending])[] = [
  ...MEASURED.map((ending) => [DYNAMIC_HOST, ending] as const),
  [PLUGIN, "kill -9 of the engine"],
];

type Column = Record<Verb, Record<Step, string>>;
const measured = new Map<string, Column>();

/** The state that a resource has saved, where it has saved any. */
function savedBy(outputs: Record<string, unknown> | undefined): GateState | undefined {
  return outputs?.stateVersion === undefined ? undefined : stateOf(outputs);
}

/** What one URL was at the kill, and after the next run. */
function cellOf(
  url: string,
  counts: { atKill: number; after: number },
  saved: GateState | undefined,
): string {
  if (counts.after > counts.atKill) return counts.atKill === 0 ? CELLS.firstTime : CELLS.again;
  if (saved?.saved.openAttempts.some((attempt) => attempt.urls.some(({ written }) => written === url)))
    return CELLS.lookedUp;
  const at = saved?.urls.findIndex((known) => known.url.written === url) ?? -1;
  const state = saved && judgeUrls(saved, gatePolicy.parse({})).states[at];
  return state === "preloaded" ? CELLS.passed : CELLS.resumed;
}

test.each(MEASURED_BY_HOST.map(([host, ending]) => ({ host, name: host.name, ending })))(
  "$name: $ending at each step of create and update: the next up ends well",
  async ({ host, ending }) => {
    const stage = new KillStage();
    const stack = await EngineStack.create({ host, emulator: stage.emulatorOptions });
    const { emulator } = stack;
    const column: Partial<Column> = {};
    try {
      for (const verb of VERBS) {
        const urls = (step: Step) =>
          VERBS.slice(0, VERBS.indexOf(verb) + 1).map((earlier) => urlOf(step, earlier));
        const declare = (step: Step) =>
          new host.Preload(step, { urls: urls(step), adoptInFlight: step === "before" });
        emulator.setScenario({ rules: [{ path: "/*", script: "never-ends" }] });
        let isSet = false;
        stack.program = async () => {
          const stop = () => stack.signal("SIGSTOP");
          await stage.set(emulator, verb, { start: declare, stop });
          isSet = true;
        };
        const run = stack.up();
        const early = run.then((ended) => {
          if (!isSet) throw new Error(`It ended before it was killed:\n${ended.output}`);
        });
        await Promise.race([until(() => isSet), early]);
        const counts = () => STEPS.map((step) => emulator.submissionCount(urlOf(step, verb)));
        const atKill = counts();
        await end(stack, ending);
        const killed = await run;
        expect(killed.failed).toBe(true);
        await until(() => stack.hostPids().length === 0);
        if (ending === "kill -9 of the engine") {
          expect(readdirSync(join(stack.folder, "state/.pulumi/locks"), { recursive: true })).toContainEqual(
            expect.stringMatching(/\.json$/),
          );
          await stack.cancel();
        }
        const saved = STEPS.map((step) => savedBy(stack.find(step)?.outputs));

        stage.clear(emulator, verb);
        stack.program = () => {
          for (const step of STEPS) declare(step);
        };
        const next = await stack.up();
        expect({ exitCode: next.exitCode, output: next.output }).toMatchObject({ exitCode: 0 });
        expect(STEPS.map((step) => stack.resource(step).outputs.verdict)).toEqual(STEPS.map(() => "passed"));
        // Of a create that it did not see the end of, the engine goes on telling until a refresh clears it.
        const pending = ending === "kill -9 of the engine" ? STEPS.map(() => ({ type: "creating" })) : [];
        expect(stack.pendingOperations()).toMatchObject(pending);
        expect(/pending CREATE operation/i.test(next.output)).toBe(pending.length > 0);
        const after = counts();
        column[verb] = Object.fromEntries(
          STEPS.map((step, n) => [
            step,
            cellOf(urlOf(step, verb), { atKill: atKill[n]!, after: after[n]! }, saved[n]),
          ]),
        ) as Record<Step, string>;
      }
      // What an update finds in the state is never submitted again, whatever ends it.
      for (const step of STEPS) {
        const times = column.create?.[step] === CELLS.again ? 2 : 1;
        expect(emulator.submissionCount(urlOf(step, "create"))).toBe(times);
      }
      if (host === DYNAMIC_HOST) measured.set(ending, column as Column);
      else expect(column).toEqual(measured.get(ending));
    } finally {
      await stack.close();
    }
  },
);

test("kill -9 of the command line at each step of a first and a second run: by its state file nothing is submitted twice", async () => {
  const stage = new KillStage();
  const emulator = await startEmulator(stage.emulatorOptions);
  const folder = mkdtempSync(join(tmpdir(), "kills-"));
  const column: Partial<Column> = {};
  const env = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.accessKeySecret,
  };
  const stateFile = (step: Step) => join(folder, `${step}.json`);
  try {
    for (const verb of VERBS) {
      const urls = (step: Step) =>
        VERBS.slice(0, VERBS.indexOf(verb) + 1).map((earlier) => urlOf(step, earlier));
      const run = (step: Step) =>
        startCliIn({ env }, [
          "run",
          ...urls(step),
          ...["--endpoint", emulator.endpoint, "--state", stateFile(step)],
          ...(step === "before" ? ["--adopt-in-flight"] : []),
        ]);
      emulator.setScenario({ rules: [{ path: "/*", script: "never-ends" }] });
      const running: ReturnType<typeof run>[] = [];
      await stage.set(emulator, verb, { start: (step) => running.push(run(step)), stop: () => undefined });
      const counts = () => STEPS.map((step) => emulator.submissionCount(urlOf(step, verb)));
      const atKill = counts();
      for (const { child } of running) child.kill("SIGKILL");
      await Promise.all(running.map(({ ended }) => ended));
      const saved = STEPS.map((step) =>
        existsSync(stateFile(step))
          ? readGateState(JSON.parse(readFileSync(stateFile(step), "utf8")).state)
          : undefined,
      );
      stage.clear(emulator, verb);
      const next = await Promise.all(STEPS.map((step) => run(step).ended));
      expect(next.map(({ exitCode, stderr }) => (exitCode === 0 ? 0 : stderr))).toEqual(STEPS.map(() => 0));
      const after = counts();
      expect(after).toEqual(STEPS.map(() => 1));
      column[verb] = Object.fromEntries(
        STEPS.map((step, n) => [
          step,
          cellOf(urlOf(step, verb), { atKill: atKill[n]!, after: after[n]! }, saved[n]),
        ]),
      ) as Record<Step, string>;
    }
    measured.set(CLI_ENDING, column as Column);
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

const DOCUMENT = "docs/interruptions.md";

test.each(VERBS)("the table of docs/interruptions.md for a %s is what was measured", (verb) => {
  const endings = [...MEASURED, CLI_ENDING];
  // Where an ending could not be measured its own test says why.
  expect([...measured.keys()]).toEqual(endings);
  const rows = tableRows(verb, endings);
  if (process.env.UPDATE_DOCS === "1") {
    if (MEASURED.length < ENDINGS.length) throw new Error("The table is written with KILLS=all.");
    expectTable(DOCUMENT, verb, rows);
    return;
  }
  const written = tableOf(verb);
  const columns = written[0]!.flatMap((head, n) => (rows[0]!.includes(head) ? [n] : []));
  expect(written.map((cells) => columns.map((n) => cells[n]))).toEqual(rows);
});

function tableRows(verb: Verb, endings: readonly string[]): string[][] {
  return [
    ["killed", ...endings],
    ...STEPS.map((step) => [STEP_WORDS[step], ...endings.map((ending) => measured.get(ending)![verb][step])]),
  ];
}

/** The table as it is committed. */
function tableOf(name: string): string[][] {
  const text = readFileSync(join(__dirname, "../..", DOCUMENT), "utf8");
  const [, table = ""] = new RegExp(`<!-- table: ${name} -->([\\s\\S]*?)<!-- end -->`).exec(text) ?? [];
  return table
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^[| :-]+$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

/** Ends a run whose engine stands still, so that nothing was saved of what it was told meanwhile. */
async function end(stack: EngineStack, ending: Ending): Promise<void> {
  if (ending === "kill -9 of the engine") {
    stack.signal("SIGKILL");
    return;
  }
  if (ending === "kill -9 of the host") {
    const hosts = stack.hostPids();
    expect(hosts).toHaveLength(1);
    for (const pid of hosts) process.kill(pid, "SIGKILL");
  } else stack.signal(ending);
  stack.signal("SIGCONT");
}
