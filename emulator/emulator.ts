import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import type { OperationName } from "../provider/wire/limits";
import { advanceClock } from "./admin";
import type { AnswerHook, LiteralAnswer } from "./answer-overrides";
import type { CallRecord } from "./call-record";
import { type Clock, ShiftedSystemClock } from "./clock";
import type { StsCredential } from "./credential-store";
import { type FaultInput, faultSchema } from "./faults";
import { listSubmissions, listTasks, type Submission, type TaskListing } from "./listing";
import { serveRequest } from "./request-path";
import { type ScenarioInput, type ScriptReference, scenarioSchema, scriptReferenceSchema } from "./scenario";
import { Service } from "./service";
import { changedSettings, type Settings, type SettingsInput, settingsPatchSchema } from "./settings";
import { type Sleep, systemSleep } from "./sleep";
import { parseSubmittedUrl } from "./submitted-url";
import { type TaskKind, taskKind } from "./task-kind";

/**
 * How to start an emulator. Settings may stand here or in the scenario; here they win.
 */
export interface EmulatorOptions extends SettingsInput {
  /** TCP port. Default 0: any that is free. */
  readonly port?: number;
  /** The address to listen on. Default `127.0.0.1`; any other may let other machines in. */
  readonly host?: string;
  /** Is told of each call to the service once it has ended. */
  readonly onCall?: (record: CallRecord) => void;
  /** Default: every URL passes, unless it names a script itself (`/emulate-<script>/`). */
  readonly scenario?: ScenarioInput;
  /** Added to the scenario's. Default: none. */
  readonly faults?: readonly FaultInput[];
  /** Where the time comes from. Default: the machine's clock, which `advanceClock` shifts. */
  readonly clock?: Clock;
  /** How `delay` faults wait. Default: the machine's timers. */
  readonly sleep?: Sleep;
  /** Default `emulatorAccessKeyId`. */
  readonly accessKeyId?: string;
  /** Default `emulatorAccessKeySecret`. */
  readonly accessKeySecret?: string;
}

/** The service on loopback, and what tests can see of it and do to it. */
export class Emulator {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** `http://127.0.0.1:PORT`, or the address that it was told to listen on. */
  readonly endpoint: string;
  readonly #service: Service;
  readonly #server: Server;

  /** Use {@link startEmulator}. */
  constructor(parts: {
    service: Service;
    server: Server;
    accessKey: { accessKeyId: string; accessKeySecret: string };
  }) {
    this.#service = parts.service;
    this.#server = parts.server;
    this.accessKeyId = parts.accessKey.accessKeyId;
    this.accessKeySecret = parts.accessKey.accessKeySecret;
    this.endpoint = endpointOf(parts.server.address() as AddressInfo);
  }

  /** Every request to the service since the start or the last reset, in the order of arrival. */
  get calls(): readonly CallRecord[] {
    return this.#service.calls.map((call) => ({ ...call }));
  }

  /** The settings in force. */
  get settings(): Settings {
    return this.#service.settings;
  }

  /** Every URL accepted by `PushObjectCache`, in order; one entry for each time. */
  submissions(): readonly Submission[] {
    return listSubmissions(this.#service, "preload");
  }

  /** Every URL, directory or pattern accepted by `RefreshObjectCaches`, in order. */
  purges(): readonly Submission[] {
    return listSubmissions(this.#service, "refresh");
  }

  /** How often a URL was submitted for a preload, whatever its scheme; without a URL: all submissions. */
  submissionCount(url?: string): number {
    return this.#count("preload", url);
  }

  /** As {@link submissionCount}, of purges. */
  purgeCount(url?: string): number {
    return this.#count("refresh", url);
  }

  /** Every task as it stands now, whether or not the query operations see it. */
  tasks(): readonly TaskListing[] {
    return listTasks(this.#service);
  }

  /**
   * Puts a scenario in force: its rules for submissions to come, its faults, its settings.
   *
   * @throws z.ZodError where it is not valid.
   */
  setScenario(scenario: ScenarioInput): void {
    this.#service.useScenario(scenarioSchema.parse(scenario));
  }

  /** Replaces all faults; their calls are counted from here. */
  setFaults(faults: readonly FaultInput[]): void {
    this.#service.faults.set(z.array(faultSchema).parse(faults));
  }

  /** Changes some settings; the others stay. */
  configure(settings: SettingsInput): void {
    this.#service.settings = changedSettings(this.#service.settings, settingsPatchSchema.parse(settings));
  }

  /** Gives all tasks of a URL another script, also while they run; says how many submissions that changed. */
  changeScript(url: string, script: ScriptReference): number {
    return this.#service.changeScript(url, scriptReferenceSchema.parse(script));
  }

  /** The operation's next answer is this, as it stands, and its work is not done. Several queue up. */
  answerOnce(operation: OperationName, answer: LiteralAnswer): void {
    this.#service.overrides.answerOnce(operation, answer);
  }

  /** As {@link answerOnce}, for all answers until the next reset. */
  answerAlways(operation: OperationName, answer: LiteralAnswer): void {
    this.#service.overrides.answerAlways(operation, answer);
  }

  /** Lets a hook change the body of every successful answer; returns what removes it. */
  onAnswer(hook: AnswerHook): () => void {
    return this.#service.overrides.onAnswer(hook);
  }

  /** The next new task gets this id. Several queue up. */
  presetTaskId(taskId: string): void {
    this.#service.tasks.presetTaskId(taskId);
  }

  /** Gives out a temporary credential of the same account, as a security token service would. Default: one hour. */
  issueStsToken(options: { durationMs?: number } = {}): StsCredential {
    const { durationMs = 3_600_000 } = options;
    return this.#service.credentials.issueSts({ nowMs: this.#service.clock.nowMs(), durationMs });
  }

  /**
   * Moves the emulator's time; a negative number moves it back.
   *
   * @throws Error where the clock it was given cannot be advanced.
   */
  advanceClock(byMs: number): void {
    advanceClock(this.#service, byMs);
  }

  /** Back to how it started: calls, tasks, quotas, nonces, faults, hooks. Task ids go on counting. */
  reset(): void {
    this.#service.reset();
  }

  /** Ends all connections and frees the port. */
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
 * How long an idle connection stays open. Node's own five seconds are about the pace at which tasks are asked
 * about: a client would now and then meet a connection that is just being closed, a fault nobody asked for.
 */
const KEEP_ALIVE_MS = 75_000;

/**
 * Starts the service on loopback.
 *
 * @throws z.ZodError where an option is not valid; the system's error (`EADDRINUSE`) where the port is taken.
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
  return new Emulator({ service, server, accessKey });
}

/** Where clients on this machine reach it: an address that stands for all of them is not one to connect to. */
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
