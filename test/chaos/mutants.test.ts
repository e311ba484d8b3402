import type { CdnClient } from "../../provider/client/cdn-client";
import { GateError } from "../../provider/core/errors";
import { runListedTasks } from "../../provider/gate/run-listed-tasks";
import { runPreload } from "../../provider/gate/run-preload";
import { failed } from "../support/words";
import { runCampaign } from "./campaign";
import type { Rule } from "./check";
import { Simulator } from "./simulate";
import type { Subject } from "./subject";

/** Each a product with one fault, and the rules of which it must be seen to break one. */
const MUTANTS: Readonly<Record<string, { readonly subject: Subject; readonly breaks: readonly Rule[] }>> = {
  "a client that repeats a submission without an answer": {
    subject: {
      client: withPush((push) =>
        push().catch((error) => (isInDoubt(error) ? push() : Promise.reject(error))),
      ),
    },
    breaks: ["submitted twice", "lost a task"],
  },
  "a client that takes a lost answer for a refusal": {
    subject: {
      client: withPush((push) =>
        push().catch((error) => {
          throw isInDoubt(error) ? failed("transient", "refused, or so it says") : error;
        }),
      ),
    },
    breaks: ["lost a task"],
  },
  "a search that finds nothing": {
    subject: {
      client: (client) => ({
        ...client,
        describeRefreshTasks: async () => ({ requestId: undefined, rows: [] }),
      }),
    },
    breaks: ["lost a task", "submitted twice"],
  },
  "a search that takes over one task of several": {
    subject: {
      client: (client) => ({
        ...client,
        describeRefreshTasks: async (filter, options) => {
          const answer = await client.describeRefreshTasks(filter, options);
          return { ...answer, rows: [...new Map(answer.rows.map((row) => [row.url, row])).values()] };
        },
      }),
    },
    breaks: ["lost a task"],
  },
  "a judge that sees one task of several": {
    subject: {
      run: async (run) => {
        const outcome = await runPreload(run);
        const firstFails = outcome.state.urls.some(({ rows, taskIds: [first] }) =>
          rows.some((row) => row.taskId === first && !(row.successPercent ?? 0)),
        );
        const hasSeveral = outcome.state.urls.some(({ rows }) => rows.length > 1);
        return hasSeveral && !firstFails ? { ...outcome, verdict: "passed", accepted: true } : outcome;
      },
    },
    breaks: ["passed without evidence"],
  },
  "a run that takes any key for its account's": {
    subject: { run: (run) => runPreload({ ...run, account: async () => "anyone" }) },
    breaks: ["lost a task", "submitted twice"],
  },
  "a run that takes each new key for another account's": {
    subject: {
      run: (run) => {
        Object.assign(run.scheduler.reader, { stillShows: async () => false });
        return runPreload(run);
      },
    },
    breaks: ["refused its own account"],
  },
  "a judge that passes pending URLs": {
    subject: {
      run: async (run) => {
        const outcome = await runPreload(run);
        const isFine = outcome.results.every(({ state }) => state === "preloaded" || state === "pending");
        return isFine ? { ...outcome, verdict: "passed", accepted: true } : outcome;
      },
    },
    breaks: ["passed without evidence"],
  },
  "a judge that takes one POP for all": {
    subject: { run: (run) => runPreload({ ...run, policy: { ...run.policy, minSuccessPercent: 0 } }) },
    breaks: ["passed without evidence"],
  },
  "a gate over tasks that asks for the first one only": {
    subject: { gate: (run) => runListedTasks({ ...run, taskIds: run.taskIds.slice(0, 1) }) },
    breaks: ["passed without evidence"],
  },
  "a warning that lets everything through": {
    subject: {
      run: async (run) => {
        const outcome = await runPreload(run);
        return outcome.verdict === "inconclusive"
          ? { ...outcome, accepted: true, acceptedBy: "warn" }
          : outcome;
      },
    },
    breaks: ["accepted without a reason"],
  },
  "a run that forgets what was saved": {
    subject: { run: (run) => runPreload({ ...run, previous: undefined }) },
    breaks: ["lost a task", "submitted twice"],
  },
  "a run that keeps no open attempts": {
    subject: {
      run: (run) => {
        const { previous } = run;
        return runPreload({
          ...run,
          previous: previous && { ...previous, saved: { ...previous.saved, openAttempts: [] } },
        });
      },
    },
    breaks: ["lost a task", "submitted twice"],
  },
  "a run that waits a minute too long": {
    subject: { run: (run) => runPreload({ ...run, timeoutMs: run.timeoutMs + 60_000 }) },
    breaks: ["ended late"],
  },
  "a run that does not hear an interruption": {
    subject: { run: (run) => runPreload({ ...run, signal: new AbortController().signal }) },
    breaks: ["interrupted late"],
  },
  "a run that throws what it should tell": {
    subject: {
      run: async (run) => {
        const outcome = await runPreload(run);
        if (outcome.failure) throw outcome.failure;
        return outcome;
      },
    },
    breaks: ["threw"],
  },
  "a run that never ends": {
    subject: { run: () => new Promise(() => {}) },
    breaks: ["hung"],
  },
  "a client that says a preload was never purged first": {
    subject: { run: (run) => runPreload({ ...run, purgeFirst: false }) },
    breaks: ["preloaded before its purge ended"],
  },
};

const SEED = 7;
const SCHEDULES = 1_500;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await Simulator.start();
});
afterAll(() => simulator.close());

test.each(Object.keys(MUTANTS))(
  "the checker objects to %s",
  async (name) => {
    const { subject, breaks } = MUTANTS[name]!;
    const { failure } = await runCampaign({
      simulator,
      runs: SCHEDULES,
      seed: SEED,
      subject,
      counts: ({ rule }) => breaks.includes(rule),
      shrinks: false,
    });
    expect(breaks).toContain(failure?.violations[0]?.rule);
  },
  120_000,
);

type Push = () => ReturnType<CdnClient["pushObjectCache"]>;

function withPush(around: (push: Push) => ReturnType<Push>): (client: CdnClient) => CdnClient {
  return (client) => ({
    ...client,
    pushObjectCache: (request, options) => around(() => client.pushObjectCache(request, options)),
  });
}

function isInDoubt(error: unknown): boolean {
  return error instanceof GateError && error.mayHaveBeenAccepted;
}
