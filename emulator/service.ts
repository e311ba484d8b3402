import type { z } from "zod";
import { AnswerOverrides } from "./answer-overrides";
import type { CallRecord } from "./call-record";
import type { Clock } from "./clock";
import { type Credential, CredentialStore } from "./credential-store";
import { FaultSchedule } from "./faults";
import { QuotaLedger } from "./quota-ledger";
import { RateWindow } from "./rate-window";
import { resolveScript, type Scenario } from "./scenario";
import type { Settings, TaskScript } from "./scenario-types";
import { changedSettings, DEFAULT_SETTINGS, type settingsPatchSchema } from "./settings";
import type { Sleep } from "./sleep";
import { parseSubmittedUrl, urlIdentity } from "./submitted-url";
import { TaskStore } from "./task-store";

/** The parts of a service. */
export interface ServiceParts {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly accountKey: Credential;
  /** Settings given apart from the scenario. They override the settings of any scenario. */
  readonly settings: z.output<typeof settingsPatchSchema>;
  readonly scenario: Scenario;
  /** Called after each call. */
  readonly onCall?: ((record: CallRecord) => void) | undefined;
}

/** The emulated service: its account, its tasks and its faults. */
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
   * Replaces the scenario: rules for later submissions, faults with new counts, and settings. A setting that it does
   * not name goes back to the value that the emulator was started with, or to its default.
   */
  useScenario(scenario: Scenario): void {
    this.scenario = scenario;
    this.settings = this.#settingsOf(scenario);
    this.faults.set(scenario.faults);
  }

  /** Adds a rule before all others, for later submissions. */
  addRule(rule: Scenario["rules"][number]): void {
    this.scenario = { ...this.scenario, rules: [rule, ...this.scenario.rules] };
  }

  /**
   * Changes the script of all tasks of a URL, counted from each submission.
   *
   * @returns the number of changed submissions
   */
  changeScript(url: string, script: string | TaskScript): number {
    const asked = parseSubmittedUrl(url);
    const rows = this.tasks.allRows.filter((row) => asked && urlIdentity(row.url) === urlIdentity(asked));
    for (const row of rows) row.chosen = resolveScript(script);
    return rows.length;
  }

  /** Resets everything except the clock, the account's key and the numbering of task ids. */
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
