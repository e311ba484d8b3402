import { openSession, type Session } from "../gate";
import { type EngineLog, engineLog } from "../resources/engine-log";
import { isEngineOnTerminal } from "../resources/engine-process";
import { canonicalJson } from "../resources/fingerprint";
import { InFlight } from "../resources/in-flight";
import { pulumiWording } from "../resources/pulumi-wording";
import type { Raw } from "../resources/resource-call";
import type { VerbHost } from "../resources/resource-verbs";
import { sessionOptionsOf } from "../resources/session-settings";
import { PLUGIN_NAMES } from "../wording/front-names";
import { providerConfiguration } from "./configuration";
import { ENGINE_MODULES } from "./engine-modules";

/** What all calls of this process share: the engine that it serves, and the account that it is configured for. */
export class ProviderHost implements VerbHost {
  readonly inFlight = new InFlight();
  readonly names = PLUGIN_NAMES;
  readonly onTerminal = isEngineOnTerminal();
  #log: EngineLog;
  /** Of the engine that is served; `undefined` before the first. */
  #engineAddress: string | undefined;
  #configuration: Raw | undefined;
  #session: Session | undefined;

  /** @param engineAddress `undefined` where the plugin waits to be attached to. */
  constructor(engineAddress: string | undefined) {
    this.#engineAddress = engineAddress;
    this.#log = logTo(engineAddress);
  }

  get log(): EngineLog {
    return this.#log;
  }

  /** Serves another engine from now on: one that a debugger has started. */
  attach(engineAddress: string): void {
    if (engineAddress !== this.#engineAddress) this.#configuration = undefined;
    this.#engineAddress = engineAddress;
    this.#log = logTo(engineAddress);
  }

  /**
   * Takes a configuration. What is wrong with it is told by the first call that needs it.
   *
   * @throws Error where the same engine has given another: it starts a process for each, but attaches to one for all,
   *   and a resource would be submitted by another's account.
   */
  configure(configuration: Raw): void {
    if (this.#configuration && canonicalJson(this.#configuration) !== canonicalJson(configuration))
      throw new Error(pulumiWording(PLUGIN_NAMES).pulumiFault({ kind: "oneAccount" }));
    this.#configuration = configuration;
    this.#session = undefined;
  }

  openSession(): Session {
    this.#session ??= openSession(sessionOptionsOf(providerConfiguration(this.#configuration ?? {})));
    return this.#session;
  }
}

function logTo(address: string | undefined): EngineLog {
  return engineLog(address === undefined ? undefined : { address, modules: ENGINE_MODULES });
}
