import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import type { OperationName } from "../provider/wire/limits";
import { advanceClock } from "./admin";
import type { AnswerHook, LiteralAnswer } from "./answer-overrides";
import type { CallRecord } from "./call-record";
import { type Clock, ShiftedSystemClock } from "./clock";
import type { StsCredential } from "./credential-store";
import { faultSchema } from "./faults";
import type { Submission, TaskListing } from "./listed";
import { listSubmissions, listTasks } from "./listing";
import { serveRequest } from "./request-path";
import { scenarioSchema, scriptReferenceSchema } from "./scenario";
import type { FaultInput, ScenarioInput, ScriptReference, Settings, SettingsInput } from "./scenario-types";
import { Service } from "./service";
import { changedSettings, settingsPatchSchema } from "./settings";
import { type Sleep, systemSleep } from "./sleep";
import { parseSubmittedUrl } from "./submitted-url";
import { type TaskKind, taskKind } from "./task-kind";

/**
 * How to start an emulator. Settings here override those of the scenario.
 */
export interface EmulatorOptions extends SettingsInput {
  /** TCP port. Default 0, which takes a free port. */
  readonly port?: number;
  /** The address to listen on. Default `127.0.0.1`. With any other address, other machines may connect. */
  readonly host?: string;
  /** Called after each call to the service. */
  readonly onCall?: (record: CallRecord) => void;
  /** Default: every URL passes, unless it names a script itself (`/emulate-<script>/`). */
  readonly scenario?: ScenarioInput;
  /** Added to the scenario's. Default: none. */
  readonly faults?: readonly FaultInput[];
  /** The source of time. Default: the machine's clock, which `advanceClock` shifts. */
  readonly clock?: Clock;
  /** How `delay` faults wait. Default: the machine's timers. */
  readonly sleep?: Sleep;
  /** Default `emulatorAccessKeyId`. */
  readonly accessKeyId?: string;
  /** Default `emulatorAccessKeySecret`. */
  readonly accessKeySecret?: string;
}

interface EmulatorParts {
  readonly service: Service;
  readonly server: Server;
  readonly accessKey: { readonly accessKeyId: string; readonly accessKeySecret: string };
}

/** The service on loopback, with methods for tests. */
export class Emulator {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** `http://127.0.0.1:PORT`, or the chosen address. */
  readonly endpoint: string;
  readonly #service: Service;
  readonly #server: Server;

  private constructor(parts: EmulatorParts) {
    this.#service = parts.service;
    this.#server = parts.server;
    this.accessKeyId = parts.accessKey.accessKeyId;
    this.accessKeySecret = parts.accessKey.accessKeySecret;
    this.endpoint = endpointOf(parts.server.address() as AddressInfo);
  }

  /** @internal Use {@link startEmulator}. */
  static of(parts: EmulatorParts): Emulator {
    return new Emulator(parts);
  }

  /** Every request to the service since the start or the last reset, in the order of arrival. */
  get calls(): readonly CallRecord[] {
    return this.#service.calls.map((call) => ({ ...call }));
  }

  /** The current settings. */
  get settings(): Settings {
    return this.#service.settings;
  }

  /** Every URL accepted by `PushObjectCache`, in order, with one entry for each time. */
  submissions(): readonly Submission[] {
    return listSubmissions(this.#service, "preload");
  }

  /** Every URL, directory or pattern accepted by `RefreshObjectCaches`, in order. */
  purges(): readonly Submission[] {
    return listSubmissions(this.#service, "refresh");
  }

  /** How often a URL was submitted for a preload, with any scheme. Without a URL, the number of all submissions. */
  submissionCount(url?: string): number {
    return this.#count("preload", url);
  }

  /** Like {@link submissionCount}, for purges. */
  purgeCount(url?: string): number {
    return this.#count("refresh", url);
  }

  /** The current state of every task, even if the query operations do not see it. */
  tasks(): readonly TaskListing[] {
    return listTasks(this.#service);
  }

  /**
   * Replaces the scenario: its rules (for later submissions), its faults and its settings.
   *
   * @throws z.ZodError if it is not valid.
   */
  setScenario(scenario: ScenarioInput): void {
    this.#service.useScenario(scenarioSchema.parse(scenario));
  }

  /** Replaces all faults, and starts counting their calls. */
  setFaults(faults: readonly FaultInput[]): void {
    this.#service.faults.set(z.array(faultSchema).parse(faults));
  }

  /** Changes some settings. The others stay. */
  configure(settings: SettingsInput): void {
    this.#service.settings = changedSettings(this.#service.settings, settingsPatchSchema.parse(settings));
  }

  /** Changes the script of all tasks of a URL, even while they run. Returns the number of changed submissions. */
  changeScript(url: string, script: ScriptReference): number {
    return this.#service.changeScript(url, scriptReferenceSchema.parse(script));
  }

  /** Sets the literal answer to the operation's next call, which then does no work. You can queue several. */
  answerOnce(operation: OperationName, answer: LiteralAnswer): void {
    this.#service.overrides.answerOnce(operation, answer);
  }

  /** Like {@link answerOnce}, for all answers until the next reset. */
  answerAlways(operation: OperationName, answer: LiteralAnswer): void {
    this.#service.overrides.answerAlways(operation, answer);
  }

  /** Adds a hook that can change the body of every successful answer. Returns a function that removes it. */
  onAnswer(hook: AnswerHook): () => void {
    return this.#service.overrides.onAnswer(hook);
  }

  /** Sets the id of the next new task. You can queue several. */
  presetTaskId(taskId: string): void {
    this.#service.tasks.presetTaskId(taskId);
  }

  /** Issues a temporary credential of the same account, like STS. Default: one hour. */
  issueStsToken(options: { durationMs?: number } = {}): StsCredential {
    const { durationMs = 3_600_000 } = options;
    return this.#service.credentials.issueSts({ nowMs: this.#service.clock.nowMs(), durationMs });
  }

  /**
   * Moves the emulator's time. A negative number moves it back.
   *
   * @throws Error if its clock cannot be advanced.
   */
  advanceClock(byMs: number): void {
    advanceClock(this.#service, byMs);
  }

  /** Resets calls, tasks, quotas, nonces, faults and hooks. The numbering of task ids continues. */
  reset(): void {
    this.#service.reset();
  }

  /** Closes all connections and frees the port. */
  async close(): Promise<void> {
    this.#service.closing.abort();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #count(kind: TaskKind, url: string | undefined): number {
    const { tasks } = this.#service;
    if (url === undefined) return tasks.rows.filter((row) => taskKind(row.objectType) === kind).length;
    const parsed = parseSubmittedUrl(url);
    if (!parsed) throw new Error(`Not a URL that the service accepts: ${url}`);
    return tasks.submissionCount(kind, parsed);
  }
}

/**
 * How long an idle connection stays open. Node's default of five seconds is close to the usual interval of polls. A
 * client would then sometimes use a connection that is being closed, which is not a fault that the test chose.
 */
const KEEP_ALIVE_MS = 75_000;

/**
 * Starts the service on loopback.
 *
 * @throws z.ZodError if an option is not valid. Throws the system's error (`EADDRINUSE`) if the port is in use.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const {
    port = 0,
    host = "127.0.0.1",
    onCall,
    scenario,
    faults = [],
    clock,
    sleep,
    accessKeyId,
    accessKeySecret,
    ...settings
  } = options;
  const accessKey = {
    accessKeyId: accessKeyId ?? "emulatorAccessKeyId",
    accessKeySecret: accessKeySecret ?? "emulatorAccessKeySecret",
  };
  const parsed = scenarioSchema.parse(scenario ?? {});
  const service = new Service({
    clock: clock ?? new ShiftedSystemClock(),
    sleep: sleep ?? systemSleep,
    accountKey: accessKey,
    settings: settingsPatchSchema.parse(settings),
    onCall,
    scenario: { ...parsed, faults: [...parsed.faults, ...z.array(faultSchema).parse(faults)] },
  });
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    serveRequest(request, response, service).catch(() => response.destroy());
  });
  await listen(server, { host, port });
  return Emulator.of({ service, server, accessKey });
}

/** The address for clients on this machine. They cannot connect to an address that means all addresses. */
function endpointOf({ address, port }: AddressInfo): string {
  const reachable = new Map([
    ["0.0.0.0", "127.0.0.1"],
    ["::", "127.0.0.1"],
  ]).get(address);
  const host = reachable ?? (address.includes(":") ? `[${address}]` : address);
  return `http://${host}:${port}`;
}

function listen(server: Server, where: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
