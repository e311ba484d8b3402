import { randomUUID } from "node:crypto";
import type { GateState } from "../core/gate-state";
import type { Verdict } from "../core/judge";
import { gatePolicy } from "../core/policy";
import { explainFailure } from "../core/reasons";
import { type Outcome, pollOnce, type RunContext, runListedTasks, runPreload, type Session } from "../gate";
import { type Difference, differenceOf, isUnwaited } from "./difference";
import type { EngineLog } from "./engine-log";
import type { InFlight } from "./in-flight";
import { type Inputs, parseInputs } from "./inputs";
import { knowsAnything, memoryOf, nextStep, type Outputs, outputsOf, sanitized, stateOf } from "./outputs";
import { PlanTeller, PREVIEW_TIMEOUT_MS } from "./plan-teller";
import { planCreate, planUpdate, wouldOnlyAsk } from "./preview";
import type { Raw, ResourceCall, ResourceKind } from "./resource-call";
import { NotAcceptedError, plainError } from "./resource-error";
import { ResourceRow } from "./resource-row";

/** What the verbs need of the host that calls them. */
export interface VerbHost {
  readonly inFlight: InFlight;
  readonly log: EngineLog;
  /** Whether the engine shows its rows on a terminal. */
  readonly onTerminal: boolean;
  /** The one session of this process. @throws GateError where the configuration is not valid. */
  openSession(): Session;
}

/** What a submission that does not wait was seen to be, for a diff. */
interface Seen {
  readonly state: GateState;
  readonly wouldOnlyAsk: boolean;
}

/** What was read: with `reasons` where the resource stays marked as unhealthy. */
export interface ReadAgain {
  readonly outputs: Outputs;
  readonly unhealthy: readonly string[] | undefined;
}

/** The verbs of `Preload` and `PreloadGate`, whichever host calls them. */
export class ResourceVerbs {
  readonly #host: VerbHost;
  readonly #planTeller: PlanTeller;
  #hasToldOfDelete = false;

  constructor(host: VerbHost) {
    this.#host = host;
    this.#planTeller = new PlanTeller(host.inFlight, () => host.openSession());
  }

  /** In a preview: tells what a create would do. */
  async tellCreate(call: ResourceCall, news: Raw): Promise<void> {
    const row = this.#rowOf(call);
    await this.#planTeller.warnWithoutCredentials(row);
    const parsed = parseInputs(call.kind, news);
    if (parsed.ok) await this.#planTeller.tell(planCreate(parsed.inputs), parsed.inputs, row);
    await this.#host.log.flush();
  }

  /** In a preview: warns where there are no credentials. */
  async warnWithoutCredentials(call: ResourceCall): Promise<void> {
    await this.#planTeller.warnWithoutCredentials(this.#rowOf(call));
    await this.#host.log.flush();
  }

  /** In a preview: tells what an update would do. @param seen by {@link diff}, where it has asked. */
  async tellUpdate(
    call: ResourceCall,
    { olds, news, seen }: { olds: Raw; news: Raw; seen?: GateState | undefined },
  ) {
    const parsed = parseInputs(call.kind, news);
    if (parsed.ok) {
      const plan = planUpdate(parsed.inputs, seen ?? stateOf(olds), Date.now());
      await this.#planTeller.tell(plan, parsed.inputs, this.#rowOf(call));
    }
    await this.#host.log.flush();
  }

  /** What a program changes about a saved resource, with what was seen of its tasks in order to know. */
  async diff(
    call: ResourceCall,
    { olds, news }: { olds: Raw; news: Raw },
  ): Promise<Difference & { seen: GateState | undefined }> {
    // What a gate elsewhere waits for has mostly passed by now: an update that would only note it is none.
    const seen = isUnwaited(olds, news) ? await this.#pollForDiff(call, news, stateOf(olds)) : undefined;
    const difference = differenceOf(olds, news, { wouldOnlyAsk: seen?.wouldOnlyAsk ?? false });
    if (!difference.changes && olds.acceptedBy === "override") {
      const reason = (news.gate as { override?: string } | undefined)?.override;
      const text = `The verdict is ${olds.verdict}; gate.override lets it pass: ${reason}`;
      this.#rowOf(call).say("warning", text);
    }
    await this.#host.log.flush();
    return { ...difference, seen: seen?.state };
  }

  /**
   * Submits, waits, judges.
   *
   * @throws NotAcceptedError with all that is known, unless it is accepted; a plain error where nothing is known.
   */
  async create(call: ResourceCall, inputs: Raw): Promise<{ id: string; outputs: Outputs }> {
    const id = randomUUID();
    const outcome = await this.#run(call, inputs, undefined);
    return { id, outputs: await this.#conclude({ ...call, id }, outcome, inputs) };
  }

  /** Asks about what is not final, judges again, submits what failed or was never accepted. @throws as {@link create}. */
  async update(
    call: ResourceCall & { id: string },
    { olds, news }: { olds: Raw; news: Raw },
  ): Promise<Outputs> {
    const outcome = await this.#run(call, news, stateOf(olds));
    return this.#conclude(call, outcome, news);
  }

  /** Refreshes what is known of running tasks; keeps the verdict and its unhealthy mark. */
  async read(call: ResourceCall, olds: Raw): Promise<ReadAgain> {
    const refreshed = await this.#refresh(call, olds);
    const outputs = sanitized({ ...olds, ...memoryOf(refreshed) });
    const verdict = olds.verdict as Verdict;
    if (olds.accepted === true || verdict === "pending") return { outputs, unhealthy: undefined };
    const reasons = (olds.reasons ?? []) as string[];
    return { outputs, unhealthy: reasons.length > 0 ? reasons : ["The saved verdict does not pass."] };
  }

  /** Forgets: a preload cannot be undone. */
  async delete(call: ResourceCall): Promise<void> {
    if (this.#hasToldOfDelete) return;
    this.#hasToldOfDelete = true;
    const text =
      "Forgotten here. A preload cannot be undone: the POPs keep the files until they expire or are refreshed.";
    this.#rowOf(call).say("info", text);
    await this.#host.log.flush();
  }

  /** What a run of the gate needs, with what it tells on the resource's row. */
  contextOf(call: ResourceCall, signal: AbortSignal): RunContext {
    const row = this.#rowOf(call);
    return this.#host.openSession().context({
      signal,
      emit: (event) => row.show(event),
      urlsAreSecret: call.urlsAreSecret,
    });
  }

  async #run(call: ResourceCall, raw: Raw, previous: GateState | undefined): Promise<Outcome> {
    const inputs = validInputs(call.kind, raw);
    const { timeout, gate: policy } = inputs.values;
    const timeoutMs = call.timeoutMs ?? timeout;
    return this.#host.inFlight.run((signal) => {
      const run = { ...this.contextOf(call, signal), policy, timeoutMs, previous };
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
  async #conclude(call: ResourceCall & { id: string }, outcome: Outcome, raw: Raw): Promise<Outputs> {
    const outputs = outputsOf(outcome, raw);
    if (outcome.accepted || outcome.verdict === "pending") {
      const note = acceptanceNote(outcome, raw);
      if (note) this.#rowOf(call).say("warning", note);
      await this.#host.log.flush();
      return outputs;
    }
    await this.#host.log.flush();
    const reasons = [...outcome.reasons, nextStep(outcome, call.kind)];
    if (outcome.failure && !knowsAnything(outcome))
      throw plainError(explainFailure(outcome.failure, call.urlsAreSecret));
    throw new NotAcceptedError({ id: call.id, properties: outputs, reasons });
  }

  /**
   * Asks what became of a submission that does not wait, and keeps nothing of it. `undefined` where it could not be
   * asked: the update will say why.
   */
  async #pollForDiff(call: ResourceCall, news: Raw, state: GateState): Promise<Seen | undefined> {
    const parsed = parseInputs(call.kind, news);
    if (!parsed.ok || this.#planTeller.hasWarnedOfCredentials) return undefined;
    const policy = parsed.inputs.values.gate;
    return this.#host.inFlight.run(async (interrupted) => {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(PREVIEW_TIMEOUT_MS)]);
      try {
        const run = this.contextOf(call, signal);
        const { state: seen, failure } = await pollOnce({ ...run, state, scope: "submitted", policy });
        if (failure) return undefined;
        return { state: seen, wouldOnlyAsk: wouldOnlyAsk(seen, { policy }) };
      } catch {
        return undefined;
      }
    });
  }

  /** What is known of the tasks that still run, asked anew; a service that cannot be asked changes nothing. */
  async #refresh(call: ResourceCall, olds: Raw): Promise<GateState> {
    const state = stateOf(olds);
    const row = this.#rowOf(call);
    return this.#host.inFlight.run(async (signal) => {
      try {
        const isGate = call.kind === "PreloadGate";
        const scope = isGate ? (state.saved.wanted ?? "listed") : "submitted";
        const listedTaskIds = isGate ? (olds.taskIds as string[]) : undefined;
        const policy = gatePolicy.parse(olds.gate ?? {});
        const run = this.contextOf(call, signal);
        const refreshed = await pollOnce({ ...run, state, scope, listedTaskIds, policy });
        if (refreshed.failure)
          row.say("warning", `Not refreshed. ${refreshed.failure.message} ${refreshed.failure.advice}`);
        return refreshed.state;
      } catch (error) {
        row.say("warning", `Not refreshed. ${error instanceof Error ? error.message : String(error)}`);
        return state;
      } finally {
        await this.#host.log.flush();
      }
    });
  }

  #rowOf({ urn }: ResourceCall): ResourceRow {
    return new ResourceRow({ log: this.#host.log, urn, onTerminal: this.#host.onTerminal });
  }
}

function validInputs(kind: ResourceKind, raw: Raw): Inputs {
  const parsed = parseInputs(kind, raw);
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
