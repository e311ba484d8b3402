import { randomUUID } from "node:crypto";
import { GateError } from "../core/errors";
import type { GateState } from "../core/gate-state";
import type { Verdict } from "../core/judge";
import { pickOptions } from "../core/options/values";
import { gatePolicy } from "../core/policy-schema";
import { type Outcome, pollOnce, type RunContext, runListedTasks, runPreload, type Session } from "../gate";
import type { ResourceNote } from "../wording/catalogue";
import type { FrontNames } from "../wording/reader";
import type { Wording } from "../wording/wording";
import { type Difference, differenceOf, isUnwaited } from "./difference";
import type { EngineLog } from "./engine-log";
import type { InFlight } from "./in-flight";
import { type Inputs, parseInputs } from "./inputs";
import { knowsAnything, nextStepOf, type Outputs, outputsOf, sanitized } from "./outputs";
import { PlanTeller, PREVIEW_TIMEOUT_MS } from "./plan-teller";
import { planCreate, planUpdate, wouldOnlyAsk } from "./preview";
import { pulumiWording } from "./pulumi-wording";
import type { Raw, ResourceCall } from "./resource-call";
import { NotAcceptedError, plainError } from "./resource-error";
import { ResourceRow } from "./resource-row";
import { memoryOf, stateOf } from "./saved-outputs";

/** What the verbs need of the host that calls them. */
export interface VerbHost {
  readonly inFlight: InFlight;
  readonly log: EngineLog;
  /** What it calls its inputs and settings. */
  readonly names: FrontNames;
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
      const known = seen ?? (await this.#inWords(call, async () => stateOf(olds)));
      const plan = planUpdate(parsed.inputs, known, Date.now());
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
    const seen = isUnwaited(olds, news)
      ? await this.#inWords(call, async () => this.#pollForDiff(call, news, stateOf(olds)))
      : undefined;
    const difference = differenceOf(olds, news, { wouldOnlyAsk: seen?.wouldOnlyAsk ?? false });
    if (!difference.changes && olds.acceptedBy === "override") {
      const reason = (news.gate as { override?: string } | undefined)?.override;
      const row = this.#rowOf(call);
      const verdict = String(olds.verdict);
      row.say("warning", row.wording.resourceNote({ kind: "letThroughNow", verdict, reason }));
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
    const outcome = await this.#inWords(call, () => this.#run(call, inputs, undefined));
    return { id, outputs: await this.#conclude({ ...call, id }, outcome, inputs) };
  }

  /** Asks about what is not final, judges again, submits what failed or was never accepted. @throws as {@link create}. */
  async update(
    call: ResourceCall & { id: string },
    { olds, news }: { olds: Raw; news: Raw },
  ): Promise<Outputs> {
    const outcome = await this.#inWords(call, async () => this.#run(call, news, stateOf(olds)));
    return this.#conclude(call, outcome, news);
  }

  /** Refreshes what is known of running tasks; keeps the verdict and its unhealthy mark. */
  async read(call: ResourceCall, olds: Raw): Promise<ReadAgain> {
    const refreshed = await this.#inWords(call, () => this.#refresh(call, olds));
    const outputs = sanitized({ ...olds, ...memoryOf(refreshed, gatePolicy.parse(olds.gate ?? {})) });
    const verdict = olds.verdict as Verdict;
    if (olds.accepted === true || verdict === "pending") return { outputs, unhealthy: undefined };
    const reasons = (olds.reasons ?? []) as string[];
    const fails = this.#wordingOf(call).resourceNote({ kind: "savedVerdictFails" });
    return { outputs, unhealthy: reasons.length > 0 ? reasons : [fails] };
  }

  /** Forgets: a preload cannot be undone. */
  async delete(call: ResourceCall): Promise<void> {
    if (this.#hasToldOfDelete) return;
    this.#hasToldOfDelete = true;
    const row = this.#rowOf(call);
    row.say("info", row.wording.resourceNote({ kind: "forgotten" }));
    await this.#host.log.flush();
  }

  /** What a run of the gate needs, with what it tells on the resource's row. */
  contextOf(call: ResourceCall, signal: AbortSignal): RunContext {
    const row = this.#rowOf(call);
    return this.#host.openSession().context({
      signal,
      emit: (event) => row.show(event),
    });
  }

  async #run(call: ResourceCall, raw: Raw, previous: GateState | undefined): Promise<Outcome> {
    const inputs = validInputs(call, raw, this.#wordingOf(call));
    const { timeout, gate: policy } = inputs.values;
    const timeoutMs = call.timeoutMs ?? timeout;
    return this.#host.inFlight.run((signal) => {
      const run = { ...this.contextOf(call, signal), policy, timeoutMs, previous };
      if (inputs.kind === "PreloadGate") {
        return runListedTasks({ ...run, taskIds: inputs.values.taskIds, urls: inputs.values.urls });
      }
      const { values } = inputs;
      return runPreload({
        ...run,
        urls: values.urls,
        settings: pickOptions(values, "request"),
        ...pickOptions(values, "submission"),
      });
    });
  }

  /** Turns an outcome into outputs, or into the failure that keeps dependents from being created. */
  async #conclude(call: ResourceCall & { id: string }, outcome: Outcome, raw: Raw): Promise<Outputs> {
    const wording = this.#wordingOf(call);
    const why = wording.reasons(outcome.reasons);
    const outputs = outputsOf(outcome, raw, why);
    if (outcome.accepted || outcome.verdict === "pending") {
      const note = acceptanceNote(outcome, raw, why);
      if (note) this.#rowOf(call).say("warning", wording.resourceNote(note));
      await this.#host.log.flush();
      return outputs;
    }
    await this.#host.log.flush();
    const reasons = [...why, wording.nextStep(nextStepOf(outcome, call.kind))];
    if (outcome.failure && !knowsAnything(outcome)) throw plainError(wording.explained(outcome.failure));
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
        if (refreshed.failure) tellNotRefreshed(row, row.wording.explained(refreshed.failure));
        return refreshed.state;
      } catch (error) {
        tellNotRefreshed(row, row.wording.thrown(error));
        return state;
      } finally {
        await this.#host.log.flush();
      }
    });
  }

  #wordingOf(call: ResourceCall): Wording {
    return pulumiWording(this.#host.names, call);
  }

  /** What fails before there is an outcome, such as a configuration that is not valid. @throws a plain error. */
  async #inWords<T>(call: ResourceCall, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof GateError)) throw error;
      const wording = this.#wordingOf(call);
      // What an input lacks, the message says.
      throw plainError(error.code === "usage" ? wording.failure(error) : wording.explained(error));
    }
  }

  #rowOf(call: ResourceCall): ResourceRow {
    const { log, onTerminal } = this.#host;
    return new ResourceRow({ log, urn: call.urn, onTerminal, wording: this.#wordingOf(call) });
  }
}

function tellNotRefreshed(row: ResourceRow, why: string): void {
  row.say("warning", row.wording.resourceNote({ kind: "notRefreshed", why }));
}

function validInputs(call: ResourceCall, raw: Raw, wording: Wording): Inputs {
  const parsed = parseInputs(call.kind, raw);
  if (parsed.ok) return parsed.inputs;
  const problems = parsed.problems.map(wording.input);
  throw plainError(wording.resourceNote({ kind: "inputsNotValid", problems }));
}

/** What stands beside a gate that was let through, or that passed with failures. */
function acceptanceNote(outcome: Outcome, raw: Raw, reasons: readonly string[]): ResourceNote | undefined {
  if (outcome.acceptedBy === "override") {
    const override = (raw.gate as { override?: string } | undefined)?.override;
    return { kind: "letThroughByOverride", override, reasons };
  }
  if (outcome.acceptedBy === "warn") return { kind: "letThroughByWarn", reasons };
  const { failed, urls } = outcome.summary;
  return outcome.verdict === "passed" && failed > 0
    ? { kind: "passedWithFailures", failed, urls }
    : undefined;
}
