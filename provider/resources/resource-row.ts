import type { GateEvent, Progress } from "../gate";
import { plainLineFilter, terminalFilter } from "../gate/progress-line";
import type { Wording } from "../wording/wording";
import type { EngineLog, LogSeverity } from "./engine-log";

/** What one resource says while it works, on its own row of the engine's display. */
export class ResourceRow {
  readonly #log: EngineLog;
  readonly #urn: string | undefined;
  /** What it is told in. */
  readonly wording: Wording;
  readonly #isDue: (progress: Progress) => boolean;

  constructor(options: {
    readonly log: EngineLog;
    readonly urn: string | undefined;
    readonly onTerminal: boolean;
    readonly wording: Wording;
  }) {
    this.#log = options.log;
    this.#urn = options.urn;
    this.wording = options.wording;
    this.#isDue = options.onTerminal ? terminalFilter() : plainLineFilter();
  }

  /** Says something that stays, here and under the diagnostics at the end. */
  say(severity: LogSeverity, text: string): void {
    this.#log.log({ urn: this.#urn, severity, text, ephemeral: false });
  }

  /** Shows what a gate tells while it works. */
  show(event: GateEvent): void {
    if (event.type === "state") return;
    if (event.type === "notice") this.say(event.severity, this.wording.notice(event.notice));
    else if (event.type !== "progress") this.#status(this.wording.step(event));
    else if (this.#isDue(event.progress)) this.#status(this.wording.progress(event.progress));
  }

  #status(text: string): void {
    this.#log.log({ urn: this.#urn, severity: "info", text, ephemeral: true });
  }
}
