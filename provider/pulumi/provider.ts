/**
 * The dynamic provider of `Preload` and `PreloadGate`, as the engine's dynamic host calls it.
 *
 * | verb   | does                                                                                       |
 * |--------|--------------------------------------------------------------------------------------------|
 * | check  | names each input and setting that is not valid; in a preview says what a create would do   |
 * | diff   | replace, update or nothing; an update whenever the saved verdict lets nothing pass         |
 * | create | submits, waits, judges; anything but accepted is a partial failure that keeps all ids      |
 * | update | asks about what is not final, judges again, submits what failed or was never accepted      |
 * | read   | refreshes what is known of running tasks; keeps the verdict and its unhealthy mark         |
 * | delete | forgets: a preload cannot be undone                                                        |
 *
 * Saved states name this module by its path for ever: it must stay loadable as `cdn-preload-gate/provider`
 * and export `handler`.
 */

import { openSession, type Session } from "../gate";
import type { Difference } from "../resources/difference";
import type { EngineLog } from "../resources/engine-log";
import { isEngineOnTerminal, onEngineDeath } from "../resources/engine-process";
import { fingerprintOf } from "../resources/fingerprint";
import { InFlight } from "../resources/in-flight";
import { holdsUnknown, parseInputs } from "../resources/inputs";
import { type Outputs, sanitized } from "../resources/outputs";
import { pulumiLanguage, pulumiWording } from "../resources/pulumi-wording";
import type { Raw, ResourceCall } from "../resources/resource-call";
import { NotAcceptedError, plainError } from "../resources/resource-error";
import { ResourceVerbs } from "../resources/resource-verbs";
import { sessionOptionsOf } from "../resources/session-settings";
import { PULUMI_NAMES } from "../wording/front-names";
import { explainOldNode } from "../wording/node-version";
import { onEngineCancel, openEngineLog } from "./engine-channel";
import {
  CONTEXT_INPUT,
  callOf,
  configNamesOf,
  contextOf,
  contextProblems,
  FINGERPRINT_INPUT,
} from "./host-inputs";
import { judgeConfigNames } from "./judge-config-names";
import { stackConfig } from "./stack-config";
import { unhealthyRead } from "./unhealthy-read";

/**
 * The provider of this process. The host asks for one for each string that it finds in a state: those of
 * different releases share the rates, the quota and the Ctrl-C of one.
 */
let provider: PreloadProvider | undefined;

/**
 * What the engine's dynamic host calls. Not the class itself: a program that names this module's types would have its
 * compiler read most of this package.
 */
export interface DynamicProvider {
  configure(request: { readonly config: { get(key: string): string | undefined } }): Promise<void>;
  check(olds: Raw, news: Raw): Promise<{ inputs: Raw; failures: { property: string; reason: string }[] }>;
  diff(id: string, olds: Raw, news: Raw): Promise<{ changes: boolean; replaces: string[] }>;
  create(inputs: Raw): Promise<{ id: string; outs: Raw }>;
  update(id: string, olds: Raw, news: Raw): Promise<{ outs: Raw }>;
  read(id: string, props: Raw): Promise<{ id: string; props: Raw }>;
  delete(id: string, props: Raw): Promise<void>;
}

/** Gives the provider that the host calls. */
export function handler(): DynamicProvider {
  provider ??= createProvider();
  return provider;
}

function createProvider(): PreloadProvider {
  const complaint = explainOldNode(process.versions.node, pulumiLanguage());
  if (complaint !== undefined) throw plainError(complaint);
  const inFlight = new InFlight();
  onEngineCancel(() => inFlight.interrupt());
  // What is found out from then on could be saved nowhere: better not to start anything more.
  onEngineDeath(() => process.exit(1));
  return new PreloadProvider(inFlight, openEngineLog());
}

class PreloadProvider implements DynamicProvider {
  readonly #verbs: ResourceVerbs;
  #config = stackConfig(() => undefined);
  #session: Session | undefined;
  #isPreview = false;
  #hasWarnedOfNames = false;
  readonly #log: EngineLog;

  constructor(inFlight: InFlight, log: EngineLog) {
    this.#log = log;
    const openOnce = () => {
      this.#session ??= openSession(sessionOptionsOf(this.#config));
      return this.#session;
    };
    this.#verbs = new ResourceVerbs({
      inFlight,
      log,
      names: PULUMI_NAMES,
      onTerminal: isEngineOnTerminal(),
      openSession: openOnce,
    });
  }

  /** Only keeps the config: after a failure here the host would go on unconfigured. */
  async configure(request: { config: { get(key: string): string | undefined } }): Promise<void> {
    this.#config = stackConfig((key) => request.config.get(key));
  }

  async check(
    olds: Raw,
    news: Raw,
  ): Promise<{ inputs: Raw; failures: { property: string; reason: string }[] }> {
    const { preview, configNames, ...context } = contextOf(news);
    this.#isPreview = preview === true;
    // By what the engine really sends: `ignoreChanges` and transforms come after the program's own arguments.
    const inputs = {
      ...news,
      [CONTEXT_INPUT]: context,
      ...(holdsUnknown(news) ? {} : { [FINGERPRINT_INPUT]: fingerprintOf(news) }),
    };
    const call = callOf(inputs);
    const parsed = parseInputs(call.kind, inputs);
    const problems = [...contextProblems(inputs), ...(parsed.ok ? [] : parsed.problems)];
    const wording = pulumiWording(PULUMI_NAMES, call);
    const names = judgeConfigNames(configNamesOf(news), this.#config);
    await this.#warnOfNames(call, names.doubted.map(wording.pulumiFault));
    const reasons = [...names.refused.map(wording.pulumiFault), ...problems.map(wording.input)];
    if (reasons.length > 0) {
      // An empty property, since the engine would print the property's value, secrets in the clear.
      return { inputs, failures: reasons.map((reason) => ({ property: "", reason })) };
    }
    if (this.#isPreview) {
      const isCreate = Object.keys(olds).length === 0;
      await (isCreate ? this.#verbs.tellCreate(call, inputs) : this.#verbs.warnWithoutCredentials(call));
    }
    return { inputs, failures: [] };
  }

  async diff(_id: string, olds: Raw, news: Raw): Promise<Difference> {
    const call = callOf(news);
    const { replaces, seen, ...difference } = await this.#verbs.diff(call, { olds, news });
    // A state of the plugin holds no provider yet, and no later refresh or destroy would find one.
    const changes = difference.changes || olds.__provider === undefined;
    if (this.#isPreview && changes && replaces.length === 0)
      await this.#verbs.tellUpdate(call, { olds, news, seen });
    return { changes, replaces };
  }

  async create(inputs: Raw): Promise<{ id: string; outs: Outputs }> {
    const { id, outputs } = await withHostProperties(inputs, () =>
      this.#verbs.create(callOf(inputs, "create"), inputs),
    );
    return { id, outs: hostOutputs(outputs, inputs) };
  }

  async update(id: string, olds: Raw, news: Raw): Promise<{ outs: Outputs }> {
    const call = { ...callOf(news, "update"), id };
    const outputs = await withHostProperties(news, () => this.#verbs.update(call, { olds, news }));
    return { outs: hostOutputs(outputs, news) };
  }

  async read(id: string, props: Raw): Promise<{ id: string; props: Outputs }> {
    if (props.stateVersion === undefined || props.stateVersion === null) {
      // `new Preload(name, args, { id })` asks for a resource that only ever existed in a state.
      throw plainError(pulumiWording(PULUMI_NAMES).pulumiFault({ kind: "notReadById" }));
    }
    const call = callOf(props);
    const { outputs, unhealthy } = await this.#verbs.read(call, props);
    if (unhealthy === undefined) return { id, props: outputs };
    throw unhealthyRead(call.urn?.split("::").at(-1), { id, outputs, reasons: unhealthy });
  }

  async delete(_id: string, props: Raw): Promise<void> {
    await this.#verbs.delete(callOf(props));
  }

  /** Once: each resource of the program knows of the same names. */
  async #warnOfNames({ urn }: ResourceCall, warnings: readonly string[]): Promise<void> {
    if (this.#hasWarnedOfNames || warnings.length === 0) return;
    this.#hasWarnedOfNames = true;
    for (const text of warnings) this.#log.log({ urn, severity: "warning", text, ephemeral: false });
    await this.#log.flush();
  }
}

/** Outputs with what only this host needs of a state: it is given nothing else in a read or a delete. */
function hostOutputs(outputs: Outputs, raw: Raw): Outputs {
  return sanitized({ ...outputs, context: contextOf(raw), __provider: raw.__provider });
}

async function withHostProperties<T>(raw: Raw, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof NotAcceptedError)) throw error;
    const { id, reasons, properties } = error;
    throw new NotAcceptedError({ id, reasons, properties: hostOutputs(properties, raw) });
  }
}
