import type { SingleBar } from "cli-progress";
import type { Step } from "../../core/notices";
import type { GateEvent, Progress } from "../../gate";
import { plainLineFilter } from "../../gate/progress-line";
import type { BarParts, CommandLineNotice, ProgressWords } from "../../wording/command-line-words";
import type { Wording } from "../../wording/wording";
import { DEFAULT_COLUMNS, displayWidth, fitTo, padStartTo } from "./display-width";
import { printable } from "./printable";
import { type Style, styleOf } from "./style";

/** Shows people how far a gate is, on standard error: standard output is for the result. */
export interface ProgressView {
  show(event: GateEvent): void;
  /** Tells something that stays. */
  tell(severity: Severity, notice: CommandLineNotice): void;
  /** Takes away what does not stay. */
  end(): void;
}

type Stream = NodeJS.WriteStream;
type Severity = "info" | "warning";

/** In a log, a line is due after this long even if nothing has changed: silence gets jobs killed. */
const HEARTBEAT_MS = 30_000;
const REDRAW_MS = 1_000;
const BAR_CHARACTERS = { longest: 30, shortest: 5 };

/** A bar on a terminal, few lines elsewhere, only warnings where `quiet`. */
export function createProgressView(options: {
  readonly quiet: boolean;
  readonly wording: Wording;
  readonly stream?: Stream;
  readonly env?: NodeJS.ProcessEnv;
}): ProgressView {
  const { quiet, wording, stream = process.stderr, env = process.env } = options;
  if (quiet) return new QuietView(stream, styleOf(stream, env), wording);
  return stream.isTTY && env.TERM !== "dumb"
    ? new BarView(stream, styleOf(stream, env), wording)
    : new LineView(stream, wording);
}

class QuietView implements ProgressView {
  readonly #stream: Stream;
  readonly #wording: Wording;
  readonly #style: Style;

  constructor(stream: Stream, style: Style, wording: Wording) {
    this.#stream = stream;
    this.#style = style;
    this.#wording = wording;
  }

  show(event: GateEvent): void {
    if (event.type === "notice" && event.severity === "warning")
      this.#say("warning", this.#wording.notice(event.notice));
  }

  tell(severity: Severity, notice: CommandLineNotice): void {
    this.#say(severity, this.#wording.commandLineNotice(notice));
  }

  #say(severity: Severity, text: string): void {
    const { warning } = this.#wording.reports.text;
    if (severity === "warning") this.#stream.write(`${this.#style.yellow(warning)} ${printable(text)}\n`);
  }

  end(): void {}
}

/** At most one line of progress for each tenth of the work or each half minute. */
class LineView implements ProgressView {
  readonly #stream: Stream;
  readonly #wording: Wording;
  readonly #isDue = plainLineFilter();
  readonly #startedAtMs = Date.now();
  readonly #submissions: SubmissionSteps;
  #last: Progress | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(stream: Stream, wording: Wording) {
    this.#stream = stream;
    this.#wording = wording;
    this.#submissions = new SubmissionSteps(wording);
    this.#waitForHeartbeat();
  }

  show(event: GateEvent): void {
    if (event.type === "notice") this.#say(event.severity, this.#wording.notice(event.notice));
    else if (event.type === "progress") {
      this.#last = event.progress;
      if (this.#isDue(event.progress)) this.#line(this.#withCalls(event.progress));
    } else if (event.type !== "state") {
      const line = this.#submissions.lineOf(event);
      if (line !== undefined) this.#line(line);
    }
  }

  tell(severity: Severity, notice: CommandLineNotice): void {
    this.#say(severity, this.#wording.commandLineNotice(notice));
  }

  #say(severity: Severity, text: string): void {
    this.#line(severity === "info" ? text : `${this.#wording.reports.text.warning} ${text}`);
  }

  end(): void {
    clearTimeout(this.#heartbeat);
  }

  #line(text: string): void {
    const { elapsed: shown, elapsedColumns } = this.#words;
    const elapsed = padStartTo(elapsedColumns, shown(Date.now() - this.#startedAtMs));
    this.#stream.write(`[${elapsed}] ${printable(text)}\n`);
    this.#waitForHeartbeat();
  }

  #withCalls(progress: Progress): string {
    return this.#words.line(this.#wording.progress(progress), progress.apiCalls);
  }

  get #words(): ProgressWords {
    return this.#wording.commandLine.progress;
  }

  #waitForHeartbeat(): void {
    clearTimeout(this.#heartbeat);
    this.#heartbeat = setTimeout(
      () => this.#line(this.#last ? this.#withCalls(this.#last) : this.#words.waiting),
      HEARTBEAT_MS,
    );
    this.#heartbeat.unref();
  }
}

/** One bar that changes in place; what stays is written above it. */
class BarView implements ProgressView {
  readonly #stream: Stream;
  readonly #wording: Wording;
  readonly #style: Style;
  readonly #submissions: SubmissionSteps;
  readonly #startedAtMs = Date.now();
  #bar: SingleBar | undefined;
  #text: string;
  #last: Progress | undefined;
  #redraw: NodeJS.Timeout | undefined;

  constructor(stream: Stream, style: Style, wording: Wording) {
    this.#stream = stream;
    this.#style = style;
    this.#wording = wording;
    this.#submissions = new SubmissionSteps(wording);
    this.#text = this.#words.starting;
    this.#start();
  }

  show(event: GateEvent): void {
    if (event.type === "notice") this.#say(event.severity, this.#wording.notice(event.notice));
    else if (event.type === "progress") {
      this.#last = event.progress;
      this.#bar?.update(event.progress.processPercent);
    } else if (event.type !== "state") {
      const line = this.#submissions.lineOf(event);
      if (line !== undefined) this.#text = line;
      this.#bar?.update(this.#last?.processPercent ?? 0);
    }
  }

  tell(severity: Severity, notice: CommandLineNotice): void {
    this.#say(severity, this.#wording.commandLineNotice(notice));
  }

  #say(severity: Severity, text: string): void {
    const clean = printable(text);
    const { warning } = this.#wording.reports.text;
    const line = severity === "info" ? clean : `${this.#style.yellow(warning)} ${clean}`;
    this.end();
    this.#stream.write(`${line}\n`);
    this.#start();
  }

  end(): void {
    clearInterval(this.#redraw);
    this.#bar?.stop();
    this.#bar = undefined;
  }

  #start(): void {
    // Loaded here, so that what shows no bar starts without it.
    const progress = require("cli-progress") as typeof import("cli-progress");
    this.#bar = new progress.SingleBar({
      stream: unbounded(this.#stream),
      format: (_options, params) => this.#line(params.value),
      clearOnComplete: true,
      // A process that is killed leaves the terminal as it found it.
      hideCursor: false,
      linewrap: true,
      gracefulExit: false,
      emptyOnZero: true,
    });
    this.#bar.start(100, this.#last?.processPercent ?? 0);
    this.#redraw = setInterval(() => this.#bar?.update(this.#last?.processPercent ?? 0), REDRAW_MS);
    this.#redraw.unref();
  }

  #line(percent: number): string {
    const elapsedMs = Date.now() - this.#startedAtMs;
    const columns = this.#stream.columns ?? DEFAULT_COLUMNS;
    const text = this.#last
      ? fittingBarText(this.#words, this.#words.bar(this.#last, elapsedMs), columns - 1)
      : this.#words.since(this.#text, elapsedMs);
    const room = columns - displayWidth(text) - 4;
    const width = Math.min(BAR_CHARACTERS.longest, room);
    const shown = fitTo(columns - 1, printable(text));
    if (width < BAR_CHARACTERS.shortest) return shown;
    const full = Math.round((Math.min(100, percent) / 100) * width);
    const bar = `${this.#style.green("█".repeat(full))}${this.#style.dim("░".repeat(width - full))}`;
    return `${bar} ${shown}`;
  }

  get #words(): ProgressWords {
    return this.#wording.commandLine.progress;
  }
}

/** The same stream for the library, which counts colours as columns where it cuts a line. Ours fit as they are. */
function unbounded(stream: Stream): NodeJS.WritableStream {
  const write = (text: string) => stream.write(text);
  return { isTTY: true, columns: Number.MAX_SAFE_INTEGER, write } as unknown as NodeJS.WritableStream;
}

/** What a narrow terminal leaves out first. How far the work is and how long it takes stay to the last. */
const LEFT_OUT_FIRST = ["calls", "elapsed", "urls", "failed"] as const satisfies (keyof BarParts)[];

/** As many parts of a bar's text as fit into so many columns. */
function fittingBarText(words: ProgressWords, parts: BarParts, columns: number): string {
  const textWithout = (leftOut: readonly string[]) =>
    words.barOf(
      Object.entries(parts).flatMap(([name, part]) => (part && !leftOut.includes(name) ? [part] : [])),
    );
  const count = LEFT_OUT_FIRST.findIndex(
    (_name, at) => displayWidth(textWithout(LEFT_OUT_FIRST.slice(0, at))) <= columns,
  );
  return textWithout(count < 0 ? LEFT_OUT_FIRST : LEFT_OUT_FIRST.slice(0, count));
}

/** Steps of the submission: a line for each would be a hundred where there are ten thousand URLs. */
class SubmissionSteps {
  readonly #wording: Wording;
  readonly #isDue = plainLineFilter();
  readonly #startedAtMs = Date.now();
  #total = 0;
  #submitted = 0;

  constructor(wording: Wording) {
    this.#wording = wording;
  }

  lineOf(step: Step): string | undefined {
    if (step.type === "submitting") this.#total += step.urls;
    if (step.type !== "submitted") return this.#wording.step(step);
    this.#submitted += step.urls;
    if (this.#total <= step.urls) return this.#wording.step(step);
    const percent = (this.#submitted / this.#total) * 100;
    const isDue = this.#isDue({
      urls: this.#total,
      preloaded: 0,
      failed: 0,
      processPercent: percent,
      remainingMs: undefined,
      elapsedMs: Date.now() - this.#startedAtMs,
      apiCalls: 0,
    });
    return isDue ? this.#wording.commandLine.progress.submitted(this.#submitted, this.#total) : undefined;
  }
}
