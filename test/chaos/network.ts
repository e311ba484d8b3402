import type { Emulator, FaultInput } from "../../emulator";
import { createCdnClient } from "../../provider/client/create-cdn-client";
import type { CallBudget } from "../../provider/transport/call-budget";
import { staticCredentials } from "../../provider/transport/credentials";
import { resolveEndpoint } from "../../provider/transport/endpoint";
import { createConnections } from "../../provider/transport/http-exchange";
import {
  createTransport,
  DEFAULT_TIMEOUTS,
  type TransportOptions,
} from "../../provider/transport/service-transport";
import type { OperationName } from "../../provider/wire/limits";
import type { VirtualClock } from "../support/virtual-clock";
import type { FaultPlan } from "./schedule";

type Dispatcher = NonNullable<TransportOptions["dispatcher"]>;
type DispatchOptions = Parameters<Dispatcher["dispatch"]>[0];
type Handler = Parameters<Dispatcher["dispatch"]>[1];
type Controller = Parameters<NonNullable<Handler["onRequestStart"]>>[0];

/** How long a client waits for an answer, in milliseconds: the transport's own default. */
export const ANSWER_TIMEOUT_MS = 15_000;

/** What came back over the wire. */
type WireResult =
  | { readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer }
  | { readonly error: Error };

/** One process's end of the network. */
export interface Line {
  readonly dispatcher: Dispatcher;
  /** The process is gone: it hears nothing more, and sends nothing more. What has left goes on its way. */
  cut(): void;
}

export interface LineOptions {
  /** Which run the process is, from 0. */
  readonly run: number;
  readonly faults: readonly FaultPlan[];
  /** The key is of another account. */
  readonly isOtherAccount?: boolean | undefined;
  /** Called as each call leaves. */
  readonly onCall: (operation: OperationName) => void;
}

const KEY = { accessKeyId: "emulatorAccessKeyId", accessKeySecret: "emulatorAccessKeySecret" };

/** Leave at once: strangers have a budget of their own. */
const NO_BUDGET: CallBudget = {
  acquire: async (operation) => ({ operation, grantedAtMs: 0 }),
  reportThrottled: () => {},
  currentCallsPerSecond: () => 1_000,
};

/**
 * What lies between the processes and the emulator: real HTTP on loopback, one exchange after the other, with
 * faults. Every exchange that leaves is carried to its end whatever the client does meanwhile, as on a real
 * network; delays and timeouts are in virtual time.
 */
export class Network {
  readonly #time: VirtualClock;
  readonly #emulator: Emulator;
  readonly #wire: ReturnType<typeof createConnections>;
  /** Places in the emulator's record of submissions that are ours, and which run sent them. */
  readonly ownSubmissions = new Map<number, number>();
  readonly ownPurges = new Map<number, number>();

  constructor(time: VirtualClock, emulator: Emulator) {
    this.#time = time;
    this.#emulator = emulator;
    const endpoint = resolveEndpoint({ endpoint: emulator.endpoint });
    this.#wire = createConnections(endpoint, DEFAULT_TIMEOUTS, {});
  }

  reset(): void {
    this.ownSubmissions.clear();
    this.ownPurges.clear();
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  /** A transport's options for a process on this network. */
  transportOptions(): Pick<TransportOptions, "endpoint" | "credentials" | "userAgent"> {
    return {
      endpoint: resolveEndpoint({ endpoint: this.#emulator.endpoint }),
      credentials: staticCredentials(KEY, "the test"),
      userAgent: "cdn-preload-gate-chaos",
    };
  }

  open(options: LineOptions): Line {
    let isCut = false;
    const open = new Set<Exchange>();
    const counts = new Map<string, number>();
    const dispatch = (request: DispatchOptions, handler: Handler): boolean => {
      if (isCut) throw new Error("the process is dead");
      const operation = (request.headers as Record<string, string>)["x-acs-action"] as OperationName;
      const faults = faultsFor(options.faults, operation, counts);
      const exchange = new Exchange(handler, this.#time, () => open.delete(exchange));
      open.add(exchange);
      if (faults.some(({ kind }) => kind === "unreachable")) {
        exchange.fail(new Error("connect ECONNREFUSED"));
      } else {
        exchange.start();
        const { run, isOtherAccount = false } = options;
        this.#carry(request, { operation, faults, exchange, run, isOtherAccount }).catch((error) =>
          exchange.fail(error),
        );
      }
      options.onCall(operation);
      return true;
    };
    return {
      dispatcher: { dispatch } as unknown as Dispatcher,
      cut: () => {
        isCut = true;
        for (const exchange of [...open]) exchange.fail(new Error("the process is dead"));
      },
    };
  }

  async #carry(
    request: DispatchOptions,
    call: {
      operation: OperationName;
      faults: readonly FaultPlan[];
      exchange: Exchange;
      run: number;
      isOtherAccount: boolean;
    },
  ): Promise<void> {
    const { faults, exchange } = call;
    const hang = faults.find((fault) => fault.kind === "hang");
    if (hang && !hang.workDone) return;
    await this.#delay(faults, "lateRequest");
    // Also what is answered here: time that passed before the client has heard it would be a delay that nothing caused.
    const result = await this.#time.exclusively(async () =>
      call.isOtherAccount
        ? answerToOtherAccount(request, call.operation, this.#time.nowMs())
        : this.#serve(request, call),
    );
    if (hang) return;
    await this.#delay(faults, "lateAnswer");
    exchange.end(this.#dated(result, faults));
  }

  /** The answer with the date that something on the way gives it. */
  #dated(result: WireResult, faults: readonly FaultPlan[]): WireResult {
    const wrong = faults.find((fault) => fault.kind === "wrongDate");
    if (!wrong || "error" in result) return result;
    const date =
      typeof wrong.date === "string"
        ? wrong.date
        : new Date(Date.parse(result.headers.date ?? "") + wrong.date).toUTCString();
    const headers = { ...result.headers, date, ...(wrong.isMarked && { age: "600", via: "1.1 proxy" }) };
    return { ...result, headers };
  }

  async #delay(faults: readonly FaultPlan[], kind: "lateRequest" | "lateAnswer"): Promise<void> {
    const byMs = faults.reduce((sum, fault) => sum + (fault.kind === kind ? fault.byMs : 0), 0);
    if (byMs > 0) await new Promise<void>((wake) => this.#time.after(byMs, wake));
  }

  /** The service's part, and that of strangers in the same second. */
  async #serve(
    request: DispatchOptions,
    call: { operation: OperationName; faults: readonly FaultPlan[]; run: number },
  ): Promise<WireResult> {
    const { operation, faults } = call;
    const strangers = faults.filter((fault) => fault.kind === "foreign");
    for (const stranger of strangers) if (stranger.before) await this.#submitForeign(request, stranger.same);
    const before = { preloads: this.#emulator.submissionCount(), purges: this.#emulator.purgeCount() };
    const emulatorFaults = faults.flatMap((fault) => asEmulatorFault(fault, operation));
    if (emulatorFaults.length > 0) this.#emulator.setFaults(emulatorFaults.slice(0, 1));
    const change = answerChangeOf(faults, operation);
    const unhook = change && this.#emulator.onAnswer((_operation, body) => change(body));
    let result = await this.#exchange(request);
    unhook?.();
    if (emulatorFaults.length > 0) this.#emulator.setFaults([]);
    const twice = faults.find((fault) => fault.kind === "sentTwice");
    // What was refused and then accepted by way of a copy that is not known, no client can know.
    if (twice && "status" in result && result.status < 400) {
      const second = await this.#exchange(request);
      if (twice.answer === "second") result = second;
    }
    const { run } = call;
    note(this.ownSubmissions, { run, from: before.preloads, to: this.#emulator.submissionCount() });
    note(this.ownPurges, { run, from: before.purges, to: this.#emulator.purgeCount() });
    for (const stranger of strangers) if (!stranger.before) await this.#submitForeign(request, stranger.same);
    return result;
  }

  async #submitForeign(request: DispatchOptions, same: boolean): Promise<void> {
    const own = new URLSearchParams(String(request.body)).get("ObjectPath")?.split("\n") ?? [];
    const urls = same
      ? own.slice(0, 2)
      : own
          .slice(0, 1)
          .map((url) => `${url.split("/").slice(0, 3).join("/")}/neighbour/emulate-retcode-500/0.js`);
    if (urls.length === 0) return;
    const clock = { nowMs: () => this.#time.nowMs(), sleep: async () => {} };
    const transport = createTransport({
      ...this.transportOptions(),
      clock,
      budget: NO_BUDGET,
      random: () => 0,
      dispatcher: this.#wire.forQueries,
    });
    await createCdnClient(transport)
      .pushObjectCache({ urls })
      .catch(() => undefined);
  }

  #exchange(request: DispatchOptions): Promise<WireResult> {
    return new Promise((resolve) => {
      let status = 0;
      let headers: Record<string, string> = {};
      const chunks: Buffer[] = [];
      this.#wire.forQueries.dispatch(request, {
        onRequestStart: () => {},
        onResponseStart: (_controller, statusCode, received) => {
          status = statusCode;
          headers = received as Record<string, string>;
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => resolve({ status, headers, body: Buffer.concat(chunks) }),
        onResponseError: (_controller, error) => resolve({ error }),
      });
    });
  }
}

/** A client's view of one exchange: it ends by an answer, a failure, or when the client has waited enough. */
class Exchange {
  readonly #handler: Handler;
  readonly #time: VirtualClock;
  readonly #onOver: () => void;
  readonly #controller: Controller;
  #isOver = false;
  #cancelTimer = () => {};

  constructor(handler: Handler, time: VirtualClock, onOver: () => void) {
    this.#handler = handler;
    this.#time = time;
    this.#onOver = onOver;
    this.#controller = {
      aborted: false,
      paused: false,
      reason: null,
      abort: () => this.#finish(),
      pause: () => {},
      resume: () => {},
    };
  }

  start(): void {
    this.#handler.onRequestStart?.(this.#controller, {});
    this.#cancelTimer = this.#time.after(ANSWER_TIMEOUT_MS, () =>
      this.fail(new Error(`no complete answer within ${ANSWER_TIMEOUT_MS} ms`)),
    );
  }

  end(result: WireResult): void {
    if ("error" in result) {
      this.fail(result.error);
      return;
    }
    if (!this.#finish()) return;
    this.#handler.onResponseStart?.(this.#controller, result.status, result.headers);
    this.#handler.onResponseData?.(this.#controller, result.body);
    this.#handler.onResponseEnd?.(this.#controller, {});
  }

  fail(error: Error): void {
    if (this.#finish()) this.#handler.onResponseError?.(this.#controller, error);
  }

  /** @returns whether the client still listens. */
  #finish(): boolean {
    this.#cancelTimer();
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#onOver();
    return true;
  }
}

function faultsFor(
  plans: readonly FaultPlan[],
  operation: OperationName,
  counts: Map<string, number>,
): readonly FaultPlan[] {
  for (const key of [operation, "any"]) counts.set(key, (counts.get(key) ?? 0) + 1);
  return plans.filter((plan) => {
    if (plan.operation !== operation && plan.operation !== "any") return false;
    const nth = counts.get(plan.operation)!;
    return nth >= plan.call && nth < plan.call + plan.times;
  });
}

function asEmulatorFault(fault: FaultPlan, operation: OperationName): FaultInput[] {
  switch (fault.kind) {
    case "resetBefore":
    case "resetAfter":
    case "truncatedBody":
      return [{ operation, kind: fault.kind }];
    case "proxyPage":
      return [{ operation, kind: "htmlProxyPage", httpStatus: fault.httpStatus, workDone: fault.workDone }];
    case "error": {
      const { httpStatus, code, workDone } = fault;
      return [{ operation, kind: "error", httpStatus, code, workDone }];
    }
    case "throttled":
      return [{ operation, kind: "throttlingBurst", retryAfterSeconds: fault.retryAfterS }];
    case "wrongJson":
      return [{ operation, kind: "wrongJson", body: fault.body }];
    default:
      return [];
  }
}

/** Another account has none of these tasks, and none of these domains. */
function answerToOtherAccount(request: DispatchOptions, operation: OperationName, nowMs: number): WireResult {
  const asked = new URLSearchParams(String(request.body));
  const page = { PageNumber: Number(asked.get("PageNumber")), PageSize: Number(asked.get("PageSize")) };
  const refusal = { Code: "InvalidDomain.NotFound", Message: "The domain provided does not exist." };
  const date = new Date(nowMs).toUTCString();
  // Its word on the time is as good as any other's.
  if (isOutOfWindow(asked.get("StartTime"), nowMs)) return answerWith(400, date, TOO_OLD);
  const bodies: Record<OperationName, object> = {
    PushObjectCache: refusal,
    RefreshObjectCaches: refusal,
    DescribePreloadDetailById: { TotalCount: 0, UrlDetails: [] },
    DescribeRefreshTaskById: { TotalCount: 0, Tasks: [] },
    DescribeRefreshTasks: { ...page, TotalCount: 0, Tasks: { CDNTask: [] } },
    DescribeRefreshQuota: { PreloadEdgeQuota: "1000", PreloadEdgeRemain: "1000", UrlRemain: "1000" },
  };
  const body = bodies[operation];
  return answerWith(body === refusal ? 404 : 200, date, body);
}

const TOO_OLD = { Code: "InvalidTime", Message: "The query time cannot exceed the last 3 days." };
const TASK_WINDOW_MS = 3 * 24 * 3_600_000;

function isOutOfWindow(startTime: string | null, nowMs: number): boolean {
  return startTime !== null && Date.parse(startTime) < nowMs - TASK_WINDOW_MS;
}

function answerWith(status: number, date: string, body: object): WireResult {
  return {
    status,
    headers: { date, "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ RequestId: "OTHER-ACCOUNT", ...body })),
  };
}

function answerChangeOf(
  faults: readonly FaultPlan[],
  operation: OperationName,
): ((body: Record<string, unknown>) => unknown) | undefined {
  const has = (kind: FaultPlan["kind"]) => faults.some((fault) => fault.kind === kind);
  const asksById = operation === "DescribePreloadDetailById" || operation === "DescribeRefreshTaskById";
  if (has("hidesLast") && asksById) return withoutLast;
  return has("doubleRows") ? withDoubleRows : undefined;
}

function withoutLast(body: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? value.slice(0, -1) : value]),
  );
}

function withDoubleRows(body: unknown): unknown {
  if (Array.isArray(body)) return body.flatMap((item) => [withDoubleRows(item), withDoubleRows(item)]);
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, withDoubleRows(value)]));
}

function note(
  own: Map<number, number>,
  accepted: { readonly run: number; readonly from: number; readonly to: number },
): void {
  for (let place = accepted.from; place < accepted.to; place += 1) own.set(place, accepted.run);
}
