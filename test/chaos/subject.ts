import type { AnswerHook } from "../../emulator";
import type { CdnClient } from "../../provider/client/cdn-client";
import { countedClient } from "../../provider/client/counted-client";
import { createCdnClient } from "../../provider/client/create-cdn-client";
import { gatePolicy } from "../../provider/core/policy-schema";
import { parsePreloadUrl } from "../../provider/core/preload-url";
import type { EventSink } from "../../provider/gate/events";
import type { Outcome } from "../../provider/gate/outcome";
import { PollScheduler } from "../../provider/gate/poll-scheduler";
import { QuotaLedger } from "../../provider/gate/quota-ledger";
import { type ListedTasksRun, runListedTasks } from "../../provider/gate/run-listed-tasks";
import { type PreloadRun, runPreload } from "../../provider/gate/run-preload";
import { createCallBudget } from "../../provider/transport/call-budget";
import { createTransport, type TransportOptions } from "../../provider/transport/service-transport";
import type { LocalClock } from "./local-clock";
import type { PolicyPlan, RunPlan } from "./schedule";

/** What is tested, with the places where a mutant differs from the product. */
export interface Subject {
  /** Changes what the service answers. */
  readonly answer?: AnswerHook;
  readonly client?: (client: CdnClient) => CdnClient;
  readonly run?: (run: PreloadRun) => Promise<Outcome>;
  readonly gate?: (run: ListedTasksRun) => Promise<Outcome>;
}

export interface ProcessOptions {
  readonly subject: Subject;
  readonly transport: Pick<TransportOptions, "endpoint" | "credentials" | "userAgent" | "dispatcher">;
  readonly clock: LocalClock;
  readonly plan: RunPlan;
  /** What tells whose key the process has. */
  readonly account: string;
  readonly purgeFirst: boolean;
  readonly signal: AbortSignal;
}

/** One gate of a process, over tasks that were started before. */
export interface GateOptions {
  readonly taskIds: readonly string[];
  readonly previous: ListedTasksRun["previous"];
  readonly emit: EventSink;
}

/** What runs the resources of one process. */
export interface Process {
  preload(resource: ResourceOptions): Promise<Outcome>;
  gate(gate: GateOptions): Promise<Outcome>;
}

/** One preload of a process. */
export interface ResourceOptions {
  readonly urls: readonly string[];
  readonly previous: PreloadRun["previous"];
  readonly emit: EventSink;
}

/** The network times out in virtual time: on a machine that is busy no real timer may do so first. */
const NO_REAL_TIMEOUTS = { connectMs: 3_600_000, answerMs: 3_600_000 } as const;

/**
 * Starts what a process of the engine's would: its resources share one account, and nothing with the process before
 * but their states.
 */
export function startProcess(options: ProcessOptions): Process {
  const { subject, clock, plan, signal } = options;
  const budget = createCallBudget({ clock });
  const transport = createTransport({
    ...options.transport,
    clock,
    budget,
    random: pseudoRandom(),
    timeouts: NO_REAL_TIMEOUTS,
  });
  const plain = createCdnClient(transport);
  const client = subject.client?.(plain) ?? plain;
  const callsPerSecond = () => budget.currentCallsPerSecond("DescribeRefreshTaskById");
  const shared = {
    clock,
    signal,
    account: async () => options.account,
    urlsAreSecret: false,
    scheduler: new PollScheduler({ clock, callsPerSecond }),
    quotaLedger: new QuotaLedger(),
    policy: policyOf(plan.policy),
    timeoutMs: plan.timeoutMs,
  };
  return {
    preload: ({ urls, ...resource }) =>
      (subject.run ?? runPreload)({
        ...shared,
        ...resource,
        client: countedClient(client),
        settings: {},
        quotaCheck: plan.quotaCheck,
        purgeFirst: options.purgeFirst,
        adoptInFlight: plan.adoptInFlight,
        wait: plan.wait,
        urls: urls.flatMap((url) => {
          const parsed = parsePreloadUrl(url);
          return parsed.ok ? [parsed.url] : [];
        }),
      }),
    gate: (gate) => (subject.gate ?? runListedTasks)({ ...shared, ...gate, client: countedClient(client) }),
  };
}

/** The policy of a plan. */
export function policyOf({ override, ...policy }: PolicyPlan): PreloadRun["policy"] {
  return gatePolicy.parse({ ...policy, ...(override ? { override: "seen, and fine" } : {}) });
}

/** The same numbers in every replay. */
function pseudoRandom(): () => number {
  let seed = 42;
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
}
