import type {
  CallOptions,
  CdnClient,
  PushRequest,
  RefreshTaskFilter,
} from "../../provider/client/cdn-client";
import type { ErrorCode, ErrorDetails, GateError } from "../../provider/core/errors";
import { identityOfObjectPath, parsePreloadUrl } from "../../provider/core/preload-url";
import type { DetailEntry, Quota, StatusResponse, StatusRow, TaskDetail } from "../../provider/core/task";
import type { VirtualClock } from "../support/virtual-clock";
import { failed } from "../support/words";

/** What the service says of a task at one moment. */
export interface Phase {
  /** From this age of the task on, in milliseconds; the last phase that has begun counts. */
  readonly fromMs?: number;
  /** From this poll of the task on, counted from 1. */
  readonly fromPoll?: number;
  readonly status?: string;
  readonly retCode?: string;
  readonly processPercent?: number;
  /** The share of each URL, or by the end of the URL; `null`: no row. */
  readonly success?: number | null | Readonly<Record<string, number | null>>;
  readonly description?: string;
  /** The poll fails instead. */
  readonly error?: ErrorCode;
  readonly details?: ErrorDetails;
  /** The service does not know the task. */
  readonly isUnknown?: true;
  /** No answer ever comes. */
  readonly hangs?: true;
  /** Another id than the one that was asked about is in the answer's rows for a neighbour. */
  readonly neighbours?: readonly DetailEntry[];
}
export type TaskScript = readonly Phase[];

const running = (processPercent: number): Phase => ({
  status: "Refreshing",
  processPercent,
  success: processPercent,
});
const complete = { status: "Complete", retCode: "0", processPercent: 100 } as const;

/** The tasks that these tests are about. */
export const scripts = {
  succeeds: [running(10), { fromMs: 30_000, ...complete, success: 100 }],
  succeedsAtOnce: [{ ...complete, success: 100 }],
  succeedsSlowly: [
    running(1),
    { fromMs: 600_000, ...running(40) },
    { fromMs: 1_200_000, ...complete, success: 100 },
  ],
  neverFinishes: [running(99)],
  stallsWithoutProgress: [{ status: "Refreshing", success: null }],
  failsAfterTwoPolls: [
    running(30),
    { fromPoll: 3, status: "Failed", retCode: "500", processPercent: 60, success: 20 },
  ],
  completesWithRetCode500: [
    { fromMs: 5_000, ...complete, retCode: "500", success: 60, description: "Internal Error" },
  ],
  completesAt47Percent: [{ fromMs: 5_000, ...complete, success: 47 }],
  completesAtNothing: [{ fromMs: 5_000, ...complete, success: 0 }],
  losesOneUrl: [{ fromMs: 5_000, ...complete, success: { "/b.js": 0, "": 100 } }],
  forgetsOneUrl: [running(50), { fromMs: 10_000, ...complete, success: { "/b.js": null, "": 100 } }],
  bringsItsRowLate: [
    { fromMs: 5_000, ...complete, success: null },
    { fromPoll: 2, ...complete, success: 100 },
  ],
  saysSomethingNew: [running(50), { fromMs: 10_000, status: "Paused", processPercent: 50, success: 50 }],
  isNeverSeen: [{ isUnknown: true }],
  isSeenLate: [{ isUnknown: true }, { fromMs: 90_000, ...complete, success: 100 }],
  failsNowAndThen: [
    { error: "transient" },
    { fromPoll: 3, error: "throttled", details: { retryAfterMs: 20_000 } },
    { fromPoll: 4, error: "unreachable" },
    { fromPoll: 6, ...complete, success: 100 },
  ],
  isMalformedFourTimes: [{ error: "malformedAnswer" }, { fromPoll: 5, ...complete, success: 100 }],
  isMalformedForEver: [{ error: "malformedAnswer" }],
  failsFourTimesThenIsMalformedOnce: [
    { error: "transient" },
    { fromPoll: 5, error: "malformedAnswer" },
    { fromPoll: 6, ...complete, success: 100 },
  ],
  isForbidden: [{ error: "permission", details: { serviceCode: "Forbidden.RAM" } }],
  answersWithAnUnknownCode: [{ error: "unknownServiceCode", details: { serviceCode: "Brand.New" } }],
  isTooOld: [{ error: "taskTooOld", details: { serviceCode: "InvalidTime" } }],
  neverAnswers: [{ hangs: true }],
} as const satisfies Record<string, TaskScript>;

/** What a submission meets; the default is that it is accepted. */
export interface PushScript {
  /** Certainly refused. */
  readonly refusedWith?: ErrorCode;
  readonly retryAfterMs?: number;
  /** The outcome is not known: no answer came, or one that says nothing. */
  readonly unknownOutcome?: {
    readonly isAccepted: boolean;
    readonly serviceCode?: string;
    /** Default `transient`. */
    readonly code?: ErrorCode;
    /** The service takes its time to execute what it was sent. */
    readonly acceptedAfterMs?: number;
  };
  readonly answersAfterMs?: number;
  readonly taskIds?: readonly string[];
  readonly script?: TaskScript;
}

interface Task {
  readonly taskId: string;
  readonly urls: readonly string[];
  readonly createdAtMs: number;
  readonly script: TaskScript;
  readonly purpose: "preload" | "file";
  polls: number;
}

interface Push {
  readonly atMs: number;
  readonly urls: readonly string[];
}

const LATENCY_MS = 40;
const VISIBLE_AFTER_MS = 2_000;
const WINDOW_MS = 3 * 24 * 3_600_000;

/** A service whose tasks and submissions do what their scripts say. It notes every call. */
export class ScriptedService implements CdnClient {
  readonly pushes: Push[] = [];
  readonly purges: Push[] = [];
  /** Ids of the detail polls, in order. */
  readonly detailPolls: string[] = [];
  readonly statusPolls: (readonly string[])[] = [];
  readonly searches: RefreshTaskFilter[] = [];
  /** Each submission takes the first; none left: accepted. */
  pushScripts: PushScript[] = [];
  /** The scripts of the next tasks; none left: {@link scripts.succeeds}. */
  taskScripts: TaskScript[] = [];
  isOnAllowList = true;
  /** The domains that it does not take, with the code of each. A call is refused because of the first that it finds. */
  readonly refusedDomains = new Map<string, string>();
  /** How many URLs of one purge share a task. */
  urlsPerPurgeTask = Number.POSITIVE_INFINITY;
  /** How many tasks hold each URL of a purge, each with a script of its own. */
  tasksPerPurgedUrl = 1;
  /** The operation that takes ten ids. */
  statusError: ErrorCode | undefined;
  searchError: ErrorCode | undefined;
  /** Failures of the next questions about the quota. */
  quotaErrors: GateError[] = [];
  /** How wrong the time is that its answers have told, in milliseconds. */
  dateOffsetMs = 0;
  /** What a search shows of each row that it finds. */
  searchedRow: (row: StatusRow) => StatusRow = (row) => row;
  quota: Quota = {
    requestId: "R-quota",
    preloadL1: { total: 1000, remaining: 1000 },
    preloadL2: { total: 1000, remaining: 1000 },
    refreshUrls: { total: 1000, remaining: 1000 },
  };
  readonly #clock: VirtualClock;
  readonly #tasks = new Map<string, Task>();
  #calls = 0;
  #nextId = 1001;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** A task that someone else has started. */
  addTask(
    urls: readonly string[],
    script: TaskScript,
    changes: { taskId?: string; ageMs?: number } = {},
  ): string {
    const taskId = changes.taskId ?? String(this.#nextId++);
    const createdAtMs = this.#clock.nowMs() - (changes.ageMs ?? 0);
    this.#tasks.set(taskId, { taskId, urls, createdAtMs, script, purpose: "preload", polls: 0 });
    return taskId;
  }

  /** The URLs that the service has accepted, once for each task. */
  get acceptedUrls(): string[] {
    return [...this.#tasks.values()]
      .filter(({ purpose }) => purpose === "preload")
      .flatMap(({ urls }) => urls);
  }

  /** Every URL that was sent, once for each time. */
  get pushedUrls(): string[] {
    return this.pushes.flatMap((push) => push.urls);
  }

  async pushObjectCache(request: PushRequest, options: CallOptions = {}) {
    this.pushes.push({ atMs: this.#clock.nowMs(), urls: request.urls });
    await this.#refuseDomains("PushObjectCache", request.urls, options);
    const script = this.pushScripts.shift() ?? {};
    const accept = (ageMs = 0) => {
      const ids = script.taskIds ?? [String(this.#nextId++)];
      const taskScript = script.script ?? this.taskScripts.shift() ?? scripts.succeeds;
      for (const taskId of ids) this.addTask(request.urls, taskScript, { taskId, ageMs });
      return { taskIds: ids, requestId: "R-push" };
    };
    if (script.refusedWith) {
      await this.#call("PushObjectCache", options, LATENCY_MS);
      throw failed(script.refusedWith, `PushObjectCache was refused: ${script.refusedWith}.`, {
        operation: "PushObjectCache",
        retryAfterMs: script.retryAfterMs,
      });
    }
    if (script.unknownOutcome) {
      const { isAccepted, serviceCode, code = "transient", acceptedAfterMs = 0 } = script.unknownOutcome;
      const dueMs = this.#clock.nowMs() + acceptedAfterMs;
      if (isAccepted && acceptedAfterMs === 0) accept();
      else if (isAccepted) this.#clock.after(acceptedAfterMs, () => accept(this.#clock.nowMs() - dueMs));
      await this.#call("PushObjectCache", options, LATENCY_MS);
      throw failed(code, "The connection was reset.", {
        operation: "PushObjectCache",
        serviceCode,
        mayHaveBeenAccepted: true,
      });
    }
    const accepted = accept();
    await this.#call("PushObjectCache", options, script.answersAfterMs ?? LATENCY_MS);
    return accepted;
  }

  async describePreloadDetailById(taskId: string, options: CallOptions = {}): Promise<TaskDetail> {
    const isProbe = taskId === "1" && !this.#tasks.has("1");
    if (!isProbe) this.detailPolls.push(taskId);
    await this.#call("DescribePreloadDetailById", options, LATENCY_MS);
    if (!this.isOnAllowList) {
      throw failed("notOnAllowList", "The account may not ask for details.", {
        operation: "DescribePreloadDetailById",
        serviceCode: "Forbidden",
      });
    }
    const { task, phase } = await this.#poll(taskId, options);
    if (!task || !phase || phase.isUnknown) return { requestId: "R-detail", entries: [] };
    const own = [...Map.groupBy(task.urls, (url) => hostOf(url))].map(
      ([domain, urls]): DetailEntry => ({
        taskId,
        domain,
        creationTime: new Date(task.createdAtMs).toISOString(),
        createdMs: task.createdAtMs,
        endTime: undefined,
        endedMs: undefined,
        retCode: phase.retCode,
        processPercent: phase.processPercent,
        status: phase.status ?? "Refreshing",
        rows: urls.flatMap((url) => {
          const successPercent = shareOf(phase, url);
          const path = `${identityOfObjectPath(url).slice(domain.length)}\n`;
          return successPercent === null ? [] : [{ path, successPercent, description: phase.description }];
        }),
      }),
    );
    return { requestId: "R-detail", entries: [...own, ...(phase.neighbours ?? [])] };
  }

  async describeRefreshTaskById(
    taskIds: readonly string[],
    options: CallOptions = {},
  ): Promise<StatusResponse> {
    this.statusPolls.push(taskIds);
    await this.#call("DescribeRefreshTaskById", options, LATENCY_MS);
    if (this.statusError)
      throw failed(this.statusError, "The status operation failed.", { serviceCode: "Scripted" });
    const rows: StatusRow[] = [];
    for (const taskId of taskIds) {
      const { task, phase } = await this.#poll(taskId, options);
      if (task && phase && !phase.isUnknown) rows.push(...statusRowsOf(task, phase));
    }
    return { requestId: "R-status-only", rows };
  }

  async describeRefreshTasks(filter: RefreshTaskFilter, options: CallOptions = {}): Promise<StatusResponse> {
    this.searches.push(filter);
    await this.#call("DescribeRefreshTasks", options, LATENCY_MS);
    if (this.searchError)
      throw failed(this.searchError, "The search failed.", { operation: "DescribeRefreshTasks" });
    this.#checkWindow(filter.startTimeMs ?? this.#clock.nowMs());
    const rows = [...this.#tasks.values()]
      .filter((task) => this.#isVisible(task))
      // A search finds every task that is visible, whatever a poll of it would say.
      .flatMap((task) =>
        statusRowsOf(task, { status: this.#phaseOf(task).status ?? "Refreshing", success: 1 }),
      )
      .filter((row) => {
        const atMs = Date.parse(row.creationTime);
        return (
          (filter.domain === undefined || hostOf(row.url) === filter.domain) &&
          (filter.objectType === undefined || row.objectType === filter.objectType) &&
          (filter.status === undefined || row.status === filter.status) &&
          (filter.startTimeMs === undefined || atMs >= filter.startTimeMs - 1000) &&
          (filter.endTimeMs === undefined || atMs <= filter.endTimeMs)
        );
      })
      .map(this.searchedRow);
    return { requestId: "R-search", rows };
  }

  async describeRefreshQuota(options: CallOptions = {}): Promise<Quota> {
    await this.#call("DescribeRefreshQuota", options, LATENCY_MS);
    const error = this.quotaErrors.shift();
    if (error) throw error;
    return this.quota;
  }

  async refreshObjectCaches(urls: readonly string[], options: CallOptions = {}) {
    this.purges.push({ atMs: this.#clock.nowMs(), urls });
    await this.#refuseDomains("RefreshObjectCaches", urls, options);
    const createdAtMs = this.#clock.nowMs();
    const taskIds: string[] = [];
    for (let copy = 0; copy < this.tasksPerPurgedUrl; copy += 1) {
      const script = this.taskScripts.shift() ?? scripts.succeeds;
      for (let start = 0; start < urls.length; start += this.urlsPerPurgeTask) {
        const taskId = String(this.#nextId++);
        const part = urls.slice(start, start + this.urlsPerPurgeTask);
        this.#tasks.set(taskId, { taskId, urls: part, createdAtMs, script, purpose: "file", polls: 0 });
        taskIds.push(taskId);
      }
    }
    await this.#call("RefreshObjectCaches", options, LATENCY_MS);
    return { taskIds, requestId: "R-refresh" };
  }

  serverNowMs(): number {
    return this.#clock.nowMs() + this.dateOffsetMs;
  }

  knowsServerTime(): boolean {
    return true;
  }

  callCount(): number {
    return this.#calls;
  }

  async #refuseDomains(operation: string, urls: readonly string[], options: CallOptions): Promise<void> {
    const domain = urls.map(hostOf).find((host) => this.refusedDomains.has(host));
    if (domain === undefined) return;
    await this.#call(operation, options, LATENCY_MS);
    const serviceCode = this.refusedDomains.get(domain)!;
    throw failed("rejected", "The domain is not taken.", { operation, serviceCode });
  }

  /** Lets the answer take its time; an interruption ends a call as the real client does. */
  async #call(operation: string, options: CallOptions, durationMs: number): Promise<void> {
    this.#calls += 1;
    options.onAttempt?.();
    const isSubmission = operation === "PushObjectCache" || operation === "RefreshObjectCaches";
    await this.#clock.sleep(durationMs, options.signal).catch(() => {
      throw failed("interrupted", `${operation} was interrupted.`, {
        operation,
        mayHaveBeenAccepted: isSubmission,
      });
    });
  }

  async #poll(taskId: string, options: CallOptions): Promise<{ task?: Task; phase?: Phase }> {
    const task = this.#tasks.get(taskId);
    if (!task || !this.#isVisible(task)) return {};
    this.#checkWindow(task.createdAtMs);
    task.polls += 1;
    const phase = this.#phaseOf(task);
    if (phase.error) throw failed(phase.error, `Task ${taskId}: ${phase.error}.`, phase.details);
    if (phase.hangs) await this.#call("a call without an answer", options, 10 * 24 * 3_600_000);
    return { task, phase };
  }

  /** No query reaches back further than three days. */
  #checkWindow(instantMs: number): void {
    if (instantMs >= this.#clock.nowMs() - WINDOW_MS) return;
    throw failed("taskTooOld", "The query time cannot exceed the last 3 days.", {
      serviceCode: "InvalidTime",
    });
  }

  #isVisible(task: Task): boolean {
    return this.#clock.nowMs() >= task.createdAtMs + VISIBLE_AFTER_MS;
  }

  #phaseOf(task: Task): Phase {
    const ageMs = this.#clock.nowMs() - task.createdAtMs;
    const begun = task.script.filter(
      (phase) => ageMs >= (phase.fromMs ?? 0) && task.polls >= (phase.fromPoll ?? 0),
    );
    return begun.at(-1) ?? { status: "Refreshing", processPercent: 0, success: 0 };
  }
}

function hostOf(url: string): string {
  const parsed = parsePreloadUrl(url);
  if (!parsed.ok) throw new Error(`${url} ${parsed.problem}`);
  return parsed.url.host;
}

function shareOf({ success = null }: Phase, url: string): number | null {
  if (typeof success === "number" || success === null) return success;
  const key = Object.keys(success).find((end) => url.endsWith(end));
  return key === undefined ? null : (success[key] ?? null);
}

function statusRowsOf(task: Task, phase: Phase): StatusRow[] {
  return task.urls.flatMap((url) => {
    const share = shareOf(phase, url);
    if (share === null && phase.status !== "Refreshing") return [];
    const isFailed =
      phase.status === "Failed" ||
      (phase.status === "Complete" && phase.retCode !== "0") ||
      (phase.status === "Complete" && share === 0);
    return [
      {
        taskId: task.taskId,
        url: `${url}\n`,
        objectType: task.purpose,
        status: isFailed ? "Failed" : (phase.status ?? "Refreshing"),
        processPercent: phase.processPercent,
        creationTime: new Date(task.createdAtMs).toISOString(),
        createdMs: task.createdAtMs,
        description: isFailed ? "Internal Error" : undefined,
      },
    ];
  });
}
