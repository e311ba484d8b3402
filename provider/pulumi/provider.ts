/**
 * The dynamic provider of `Preload` and `PreloadGate`, as the engine's dynamic host calls it.
 *
 * | verb   | does                                                                                       |
 * |--------|--------------------------------------------------------------------------------------------|
 * | check  | names each input that is not valid; in a preview says what a create would do               |
 * | diff   | replace, update or nothing; an update whenever the saved verdict lets nothing pass         |
 * | create | submits, waits, judges; anything but accepted is a partial failure that keeps all ids      |
 * | update | asks about what is not final, judges again, submits what failed or was never accepted      |
 * | read   | refreshes what is known of running tasks; keeps the verdict and its unhealthy mark         |
 * | delete | forgets: a preload cannot be undone                                                        |
 *
 * Saved states name this module by its path for ever: it must stay loadable as `cdn-preload-gate/provider`
 * and export `handler`.
 */
import { randomUUID } from "node:crypto";
import type { GateState } from "../core/gate-state";
import type { Verdict } from "../core/judge";
import { explainOldNode } from "../core/node-version";
import { gatePolicy, needsDetail } from "../core/policy";
import { explainFailure } from "../core/reasons";
import {
  type Outcome,
  openSession,
  pollOnce,
  type QuotaFinding,
  type RunContext,
  runListedTasks,
  runPreload,
  type Session,
} from "../gate";
import { type Difference, differenceOf, isUnwaited } from "./difference";
import {
  type EngineLog,
  isEngineOnTerminal,
  onEngineCancel,
  onEngineDeath,
  openEngineLog,
} from "./engine-channel";
import { fingerprintOf } from "./fingerprint";
import { InFlight } from "./in-flight";
import { unhealthyRead } from "./init-failed";
import {
  CONTEXT_INPUT,
  contextOf,
  FINGERPRINT_INPUT,
  holdsUnknown,
  type Inputs,
  kindOf,
  type PreloadInputs,
  parseInputs,
} from "./inputs";
import { knowsAnything, memoryOf, nextStep, type Outputs, outputsOf, sanitized, stateOf } from "./outputs";
import { type Plan, planCreate, planUpdate, wouldOnlyAsk } from "./preview";
import { ResourceRow } from "./resource-row";
import { type ReadConfig, sessionOptionsOf } from "./stack-config";

/** Inputs or outputs, as the engine sends them. */
type Raw = Record<string, unknown>;

/** How long a preview or a diff asks the service, in milliseconds: it only informs. */
const PREVIEW_TIMEOUT_MS = 10_000;

/**
 * The provider of this process. The host asks for one for each string that it finds in a state: those of
 * different releases share the rates, the quota and the Ctrl-C of one.
 */
let provider: PreloadProvider | undefined;

/** Gives the provider that the host calls. */
export function handler(): PreloadProvider {
  provider ??= createProvider();
  return provider;
}

function createProvider(): PreloadProvider {
  const complaint = explainOldNode(process.versions.node);
  if (complaint !== undefined) throw plainError(complaint);
  const inFlight = new InFlight();
  onEngineCancel(() => inFlight.interrupt());
  // What is found out from then on could be saved nowhere: better not to start anything more.
  onEngineDeath(() => process.exit(1));
  return new PreloadProvider(inFlight, openEngineLog());
}

class PreloadProvider {
  readonly #inFlight: InFlight;
  readonly #log: EngineLog;
  readonly #onTerminal = isEngineOnTerminal();
  #readConfig: ReadConfig = () => undefined;
  #session: Session | undefined;
  #isPreview = false;
  #hasToldOfDelete = false;
  #hasWarnedOfCredentials = false;

  constructor(inFlight: InFlight, log: EngineLog) {
    this.#inFlight = inFlight;
    this.#log = log;
  }

  /** Only keeps the config: after a failure here the host would go on unconfigured. */
  async configure(request: { config: { get(key: string): string | undefined } }): Promise<void> {
    this.#readConfig = (key) => request.config.get(key);
  }

  async check(
    olds: Raw,
    news: Raw,
  ): Promise<{ inputs: Raw; failures: { property: string; reason: string }[] }> {
    const { preview, ...context } = contextOf(news);
    this.#isPreview = preview === true;
    // By what the engine really sends: `ignoreChanges` and transforms come after the program's own arguments.
    const inputs = {
      ...news,
      [CONTEXT_INPUT]: context,
      ...(holdsUnknown(news) ? {} : { [FINGERPRINT_INPUT]: fingerprintOf(news) }),
    };
    const parsed = parseInputs(inputs);
    if (!parsed.ok && parsed.problems.length > 0) {
      // An empty property, since the engine would print the property's value, secrets in the clear.
      return { inputs, failures: parsed.problems.map((reason) => ({ property: "", reason })) };
    }
    if (this.#isPreview) {
      const row = this.#rowOf(inputs);
      await this.#warnWithoutCredentials(row);
      const isCreate = Object.keys(olds).length === 0;
      if (isCreate && parsed.ok) await this.#tell(planCreate(parsed.inputs), parsed.inputs, row);
      await this.#log.flush();
    }
    return { inputs, failures: [] };
  }

  async diff(_id: string, olds: Raw, news: Raw): Promise<Difference> {
    const row = this.#rowOf(news);
    // What a gate elsewhere waits for has mostly passed by now: an update that would only note it is none.
    const seen = isUnwaited(olds, news) ? await this.#pollForDiff(news, stateOf(olds)) : undefined;
    const difference = differenceOf(olds, news, { wouldOnlyAsk: seen?.wouldOnlyAsk ?? false });
    if (!difference.changes && olds.acceptedBy === "override") {
      const reason = (news.gate as { override?: string } | undefined)?.override;
      row.say("warning", `The verdict is ${olds.verdict}; gate.override lets it pass: ${reason}`);
    }
    if (this.#isPreview && difference.changes && difference.replaces.length === 0) {
      const parsed = parseInputs(news);
      if (parsed.ok)
        await this.#tell(
          planUpdate(parsed.inputs, seen?.state ?? stateOf(olds), Date.now()),
          parsed.inputs,
          row,
        );
    }
    await this.#log.flush();
    return difference;
  }

  async create(inputs: Raw): Promise<{ id: string; outs: Outputs }> {
    const id = randomUUID();
    const outcome = await this.#run(inputs, undefined);
    return { id, outs: await this.#conclude(id, outcome, inputs) };
  }

  async update(id: string, olds: Raw, news: Raw): Promise<{ outs: Outputs }> {
    const outcome = await this.#run(news, stateOf(olds));
    return { outs: await this.#conclude(id, outcome, news) };
  }

  async read(id: string, props: Raw): Promise<{ id: string; props: Outputs }> {
    if (props.stateVersion === undefined || props.stateVersion === null) {
      // `new Preload(name, args, { id })` asks for a resource that only ever existed in a state.
      throw plainError(
        "A preload cannot be read by an id. To wait for a task that exists, give its id to a PreloadGate.",
      );
    }
    const refreshed = await this.#refresh(props);
    const outputs = sanitized({ ...props, ...memoryOf(refreshed) });
    const verdict = props.verdict as Verdict;
    if (props.accepted === true || verdict === "pending") return { id, props: outputs };
    const name = urnOf(props)?.split("::").at(-1) ?? "It";
    throw unhealthyRead({ id, name, outputs, reasons: props.reasons as string[] });
  }

  async delete(_id: string, props: Raw): Promise<void> {
    if (this.#hasToldOfDelete) return;
    this.#hasToldOfDelete = true;
    const text =
      "Forgotten here. A preload cannot be undone: the POPs keep the files until they expire or are refreshed.";
    this.#rowOf(props).say("info", text);
    await this.#log.flush();
  }

  async #run(raw: Raw, previous: GateState | undefined): Promise<Outcome> {
    const inputs = validInputs(raw);
    const { context, timeout, gate: policy } = inputs.values;
    const timeoutMs = (previous ? context.updateTimeout : context.createTimeout) ?? timeout;
    return this.#inFlight.run((signal) => {
      const run = { ...this.#contextOf(raw, signal), policy, timeoutMs, previous };
      if (inputs.kind === "PreloadGate") {
        return runListedTasks({ ...run, taskIds: inputs.values.taskIds, urls: inputs.values.urls });
      }
      const { urls, wait, quotaCheck, purgeFirst, adoptInFlight } = inputs.values;
      const { area, l2Preload, queryHashKey, headers } = inputs.values;
      const settings = { area, l2Preload, queryHashKey, headers };
      return runPreload({ ...run, urls, settings, wait, quotaCheck, purgeFirst, adoptInFlight });
    });
  }

  /** Turns an outcome into outputs, or into the failure that keeps dependents from being created. */
  async #conclude(id: string, outcome: Outcome, raw: Raw): Promise<Outputs> {
    const row = this.#rowOf(raw);
    const outputs = outputsOf(outcome, raw);
    if (outcome.accepted || outcome.verdict === "pending") {
      const note = acceptanceNote(outcome, raw);
      if (note) row.say("warning", note);
      await this.#log.flush();
      return outputs;
    }
    await this.#log.flush();
    const reasons = [...outcome.reasons, nextStep(outcome, kindOf(raw))];
    if (outcome.failure && !knowsAnything(outcome))
      throw plainError(explainFailure(outcome.failure, urlsAreSecret(raw)));
    // A plain error would lose the task ids: this one keeps the outputs in the state.
    throw Object.assign(plainError(reasons[0]!), { id, properties: outputs, reasons });
  }

  /**
   * Asks what became of a submission that does not wait, and keeps nothing of it. `undefined` where it could not be
   * asked: the update will say why.
   */
  async #pollForDiff(
    news: Raw,
    state: GateState,
  ): Promise<{ state: GateState; wouldOnlyAsk: boolean } | undefined> {
    const parsed = parseInputs(news);
    if (!parsed.ok || this.#hasWarnedOfCredentials) return undefined;
    const policy = parsed.inputs.values.gate;
    return this.#inFlight.run(async (interrupted) => {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(PREVIEW_TIMEOUT_MS)]);
      try {
        const run = this.#contextOf(news, signal);
        const { state: seen, failure } = await pollOnce({ ...run, state, scope: "submitted", policy });
        if (failure) return undefined;
        return { state: seen, wouldOnlyAsk: wouldOnlyAsk(seen, { policy }) };
      } catch {
        return undefined;
      }
    });
  }

  /** What is known of the tasks that still run, asked anew; a service that cannot be asked changes nothing. */
  async #refresh(props: Raw): Promise<GateState> {
    const state = stateOf(props);
    const row = this.#rowOf(props);
    return this.#inFlight.run(async (signal) => {
      try {
        const isGate = kindOf(props) === "PreloadGate";
        const scope = isGate ? (state.saved.wanted ?? "listed") : "submitted";
        const listedTaskIds = isGate ? (props.taskIds as string[]) : undefined;
        const policy = gatePolicy.parse(props.gate ?? {});
        const refreshed = await pollOnce({
          ...this.#contextOf(props, signal),
          state,
          scope,
          listedTaskIds,
          policy,
        });
        if (refreshed.failure)
          row.say("warning", `Not refreshed. ${refreshed.failure.message} ${refreshed.failure.advice}`);
        return refreshed.state;
      } catch (error) {
        row.say("warning", `Not refreshed. ${error instanceof Error ? error.message : String(error)}`);
        return state;
      } finally {
        await this.#log.flush();
      }
    });
  }

  #contextOf(raw: Raw, signal: AbortSignal): RunContext {
    const row = this.#rowOf(raw);
    return this.#openSession().context({
      signal,
      emit: (event) => row.show(event),
      urlsAreSecret: urlsAreSecret(raw),
    });
  }

  #openSession(): Session {
    this.#session ??= openSession(sessionOptionsOf(this.#readConfig));
    return this.#session;
  }

  /** Tells a plan, and what of it the account does not allow today. */
  async #tell(plan: Plan, inputs: Inputs, row: ResourceRow): Promise<void> {
    if (plan.urls === 0 || inputs.kind === "PreloadGate" || this.#hasWarnedOfCredentials) {
      row.say("info", plan.text);
      return;
    }
    const { client, scheduler } = this.#openSession();
    const notes: string[] = [];
    const problems: string[] = [];
    await this.#inFlight.run(async (interrupted) => {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(PREVIEW_TIMEOUT_MS)]);
      try {
        for (const finding of await this.#checkQuota(plan, inputs.values, signal)) {
          (finding.isEnough ? notes : problems).push(finding.text);
        }
        const isAsked = needsDetail(inputs.values.gate);
        const refusal = isAsked ? await scheduler.findRefusal(client, { signal }) : undefined;
        if (refusal) problems.push(`${refusal.message} ${refusal.advice}`);
      } catch (error) {
        problems.push(
          `Not asked about the account. ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    });
    row.say("info", [plan.text, ...notes].join("; "));
    for (const problem of problems) row.say("warning", problem);
  }

  async #checkQuota(plan: Plan, inputs: PreloadInputs, signal: AbortSignal): Promise<QuotaFinding[]> {
    if (inputs.quotaCheck === "off") return [];
    const { client, quotaLedger } = this.#openSession();
    const demand = { client, l2Preload: inputs.l2Preload ?? false, options: { signal } };
    const preload = await quotaLedger.reserve({ ...demand, purpose: "preload", urls: plan.urls });
    const purge =
      plan.purges > 0
        ? await quotaLedger.reserve({ ...demand, purpose: "purge", urls: plan.purges })
        : undefined;
    return [preload, purge].filter((finding) => finding !== undefined);
  }

  /** A preview may run where the credentials are not; the deployment itself will fail without them. */
  async #warnWithoutCredentials(row: ResourceRow): Promise<void> {
    if (this.#hasWarnedOfCredentials) return;
    try {
      await this.#openSession().credentials.get();
    } catch (error) {
      this.#hasWarnedOfCredentials = true;
      row.say("warning", error instanceof Error ? error.message : String(error));
    }
  }

  #rowOf(raw: Raw): ResourceRow {
    const urn = urnOf(raw);
    return new ResourceRow({ log: this.#log, urn, onTerminal: this.#onTerminal });
  }
}

function urnOf(raw: Raw): string | undefined {
  return contextOf(raw).urn as string | undefined;
}

function urlsAreSecret(raw: Raw): boolean {
  return contextOf(raw).urlsAreSecret === true;
}

function validInputs(raw: Raw): Inputs {
  const parsed = parseInputs(raw);
  if (parsed.ok) return parsed.inputs;
  throw plainError(`The inputs are not valid: ${parsed.problems.join("; ")}`);
}

/** What stands beside a gate that was let through, or that passed with failures. */
function acceptanceNote(outcome: Outcome, raw: Raw): string | undefined {
  if (outcome.acceptedBy === "override") {
    const reason = (raw.gate as { override?: string } | undefined)?.override;
    return [`Let through by gate.override: ${reason}`, ...outcome.reasons].join("\n");
  }
  if (outcome.acceptedBy === "warn") {
    return ['Let through by gate.onInconclusive "warn".', ...outcome.reasons].join("\n");
  }
  if (outcome.verdict !== "passed" || outcome.summary.failed === 0) return undefined;
  return `Passed although ${outcome.summary.failed} of ${outcome.summary.urls} URLs failed: gate.maxFailedUrls allows it.`;
}

/** An error without a stack: the host would print it on the stack's row, where it helps nobody. */
function plainError(message: string): Error {
  const error = new Error(message);
  error.stack = "";
  return error;
}
