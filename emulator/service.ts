import type { z } from "zod";
import { AnswerOverrides } from "./answer-overrides";
import type { CallRecord } from "./call-record";
import type { Clock } from "./clock";
import { type Credential, CredentialStore } from "./credential-store";
import { FaultSchedule } from "./faults";
import { QuotaLedger } from "./quota-ledger";
import { RateWindow } from "./rate-window";
import { resolveScript, type Scenario } from "./scenario";
import { changedSettings, DEFAULT_SETTINGS, type Settings, type settingsPatchSchema } from "./settings";
import type { Sleep } from "./sleep";
import { parseSubmittedUrl, urlIdentity } from "./submitted-url";
import type { TaskScript } from "./task-script";
import { TaskStore } from "./task-store";

/** What a service is made of. */
export interface ServiceParts {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly accountKey: Credential;
  /** What was asked for apart from the scenario; it wins over any scenario's settings. */
  readonly settings: z.output<typeof settingsPatchSchema>;
  readonly scenario: Scenario;
  /** Is told of each call once it has ended. */
  readonly onCall?: ((record: CallRecord) => void) | undefined;
}

/** The emulated service: its account, its tasks, and what is to go wrong. */
export class Service {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly credentials: CredentialStore;
  readonly tasks = new TaskStore();
  readonly quota = new QuotaLedger();
  readonly rate = new RateWindow();
  readonly faults = new FaultSchedule();
  readonly overrides = new AnswerOverrides();
  /** Ends the waits of delayed and hanging calls. */
  readonly closing = new AbortController();
  readonly onCall: (record: CallRecord) => void;
  readonly #initial: Pick<ServiceParts, "settings" | "scenario">;
  settings: Settings;
  scenario: Scenario;
  calls: CallRecord[] = [];

  constructor(parts: ServiceParts) {
    this.clock = parts.clock;
    this.sleep = parts.sleep;
    this.credentials = new CredentialStore(parts.accountKey);
    this.onCall = parts.onCall ?? (() => undefined);
    this.#initial = { settings: parts.settings, scenario: parts.scenario };
    this.scenario = parts.scenario;
    this.settings = this.#settingsOf(parts.scenario);
    this.faults.set(parts.scenario.faults);
  }

  /**
   * Puts a scenario in force in the place of the one before: rules for the submissions to come, faults counted anew,
   * and settings. A setting that it does not name goes back to what the emulator was started with, else to its default.
   */
  useScenario(scenario: Scenario): void {
    this.scenario = scenario;
    this.settings = this.#settingsOf(scenario);
    this.faults.set(scenario.faults);
  }

  /** Puts a rule before all others: it counts for the submissions to come. */
  addRule(rule: Scenario["rules"][number]): void {
    this.scenario = { ...this.scenario, rules: [rule, ...this.scenario.rules] };
  }

  /**
   * Gives all tasks of a URL another script, counted from when each was submitted.
   *
   * @returns How many submissions changed.
   */
  changeScript(url: string, script: string | TaskScript): number {
    const asked = parseSubmittedUrl(url);
    const rows = this.tasks.allRows.filter((row) => asked && urlIdentity(row.url) === urlIdentity(asked));
    for (const row of rows) row.chosen = resolveScript(script);
    return rows.length;
  }

  /** Back to how it started; only the clock, the account's key and the counting of task ids go on. */
  reset(): void {
    this.useScenario(this.#initial.scenario);
    this.calls = [];
    this.tasks.reset();
    this.quota.reset();
    this.rate.reset();
    this.credentials.reset();
    this.overrides.reset();
  }

  #settingsOf(scenario: Scenario): Settings {
    return changedSettings(changedSettings(DEFAULT_SETTINGS, scenario.settings), this.#initial.settings);
  }
}
