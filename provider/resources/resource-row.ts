import type { GateEvent, Progress } from "../gate";
import { plainLineFilter, progressLine, stepLine, terminalFilter } from "../gate/progress-line";
import type { EngineLog, LogSeverity } from "./engine-log";

/** What one resource says while it works, on its own row of the engine's display. */
export class ResourceRow {
  readonly #log: EngineLog;
  readonly #urn: string | undefined;
  readonly #isDue: (progress: Progress) => boolean;

  constructor(options: {
    readonly log: EngineLog;
    readonly urn: string | undefined;
    readonly onTerminal: boolean;
  }) {
    this.#log = options.log;
    this.#urn = options.urn;
    this.#isDue = options.onTerminal ? terminalFilter() : plainLineFilter();
  }

  /** Says something that stays, here and under the diagnostics at the end. */
  say(severity: LogSeverity, text: string): void {
    this.#log.log({ urn: this.#urn, severity, text, ephemeral: false });
  }

  /** Shows what a gate tells while it works. */
  show(event: GateEvent): void {
    const step = stepLine(event);
    if (step !== undefined) this.#status(step);
    else if (event.type === "progress" && this.#isDue(event.progress))
      this.#status(progressLine(event.progress));
    else if (event.type === "notice") this.say(event.severity, event.message);
  }

  #status(text: string): void {
    this.#log.log({ urn: this.#urn, severity: "info", text, ephemeral: true });
  }
}
