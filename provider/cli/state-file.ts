import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { GateError } from "../core/errors";
import type { StateFileCause, StateFileFault } from "../core/failure-facts";
import { type GateState, STATE_VERSION } from "../core/gate-state";
import { readGateState, savedStateOf } from "../core/saved-state";
import * as z from "../core/zod";
import { replaceFile } from "./replace-file";
import { lockStateFile, realFileOf, type StateLock } from "./state-lock";
import { UsageError } from "./usage-error";

const STATE_FILE_VERSION = 1;
/** How often a change that only polls have brought is written, in milliseconds: they can be asked again. */
const POLL_WRITE_INTERVAL_MS = 5_000;

/** The state names the URLs of a release that may not be public yet. */
const OWNER_ONLY = 0o600;

const stateFile = z.object({
  stateFileVersion: z.literal(STATE_FILE_VERSION),
  endpoint: z.string(),
  generation: z.string(),
  savedAt: z.string(),
  state: z.unknown(),
});

/**
 * The file cannot be written. No GateError on purpose: the gate takes those for the service's word, and one
 * that comes between a submission and its noting says nothing about whether it was accepted.
 */
export class StateFileError extends Error {
  override readonly name = "StateFileError";
  readonly fault: StateFileFault;

  constructor(fault: StateFileFault, options?: ErrorOptions) {
    super(fault.kind, options);
    this.fault = fault;
  }
}

/** What a state file holds from an earlier run. */
export interface SavedRun {
  readonly state: GateState;
  readonly savedAt: string;
  /** Whether it is about the same triggers and settings; else all is preloaded again. */
  readonly isSameGeneration: boolean;
}

/**
 * The file that a run keeps what it knows in. It is replaced as a whole before each submission (the attempt
 * is noted) and after it (its task ids are), so that a process that is killed at any moment leaves either
 * the one or the other, and the next run looks up what is open rather than submit it again.
 *
 * A folder beside it, `<file>.lock`, keeps two processes from working with one state at the same time.
 */
export class StateFile {
  /** As it was given, for messages. */
  readonly #path: string;
  /** Where it lies: replacing a link would leave the file that it names behind. */
  readonly #realPath: string;
  readonly #endpoint: string;
  readonly #generation: string;
  readonly #nowMs: () => number;
  #lastWritten: GateState | undefined;
  #lastWrittenAtMs = Number.NEGATIVE_INFINITY;
  #lock: StateLock | undefined;

  constructor(options: {
    readonly path: string;
    /** The service's origin: the tasks of one account are nothing to another. */
    readonly endpoint: string;
    /** What makes the same URLs another preload: triggers and settings. Only a digest is kept. */
    readonly generation: unknown;
    readonly nowMs: () => number;
  }) {
    this.#path = options.path;
    this.#realPath = realFileOf(options.path);
    this.#endpoint = options.endpoint;
    this.#generation = createHash("sha256").update(JSON.stringify(options.generation)).digest("hex");
    this.#nowMs = options.nowMs;
  }

  /**
   * What an earlier run has left; `undefined` on a first run.
   *
   * @throws UsageError where the file is no state file, or belongs to another endpoint.
   */
  read(): SavedRun | undefined {
    const text = this.#readText();
    if (text === undefined) return undefined;
    try {
      const content: unknown = JSON.parse(text);
      refuseNewer(this.#path, content);
      const saved = stateFile.parse(content);
      if (saved.endpoint !== this.#endpoint) {
        const endpoints = { savedEndpoint: saved.endpoint, endpoint: this.#endpoint };
        throw usageError({ kind: "otherEndpoint", file: this.#path, ...endpoints });
      }
      return {
        state: readGateState(saved.state),
        savedAt: saved.savedAt,
        isSameGeneration: saved.generation === this.#generation,
      };
    } catch (cause) {
      if (cause instanceof UsageError) throw cause;
      const file = this.#path;
      throw usageError(
        cause instanceof z.ZodError
          ? { kind: "noStateFile", file }
          : { kind: "notUsable", file, why: causeOf(cause) },
        cause,
      );
    }
  }

  /** Notes a state; at once where something was or is about to be submitted. */
  note(state: GateState): void {
    const isOnlyPolled =
      this.#lastWritten?.saved === state.saved && this.#lastWritten.urls.length === state.urls.length;
    if (isOnlyPolled && this.#nowMs() - this.#lastWrittenAtMs < POLL_WRITE_INTERVAL_MS) return;
    this.write(state);
  }

  /**
   * Replaces the file as a whole.
   *
   * @throws StateFileError where it cannot be written: without it nothing may be submitted.
   */
  write(state: GateState): void {
    const lost = this.#lock?.whyLost();
    if (lost !== undefined) throw new StateFileError(lost);
    const savedAt = new Date(this.#nowMs()).toISOString();
    const head = { stateFileVersion: STATE_FILE_VERSION, endpoint: this.#endpoint };
    try {
      const content = { ...head, generation: this.#generation, savedAt, state: savedStateOf(state) };
      replaceFile(this.#realPath, `${JSON.stringify(content)}\n`, OWNER_ONLY);
    } catch (cause) {
      throw new StateFileError({ kind: "notWritable", file: this.#path, why: causeOf(cause) }, { cause });
    }
    this.#lastWritten = state;
    this.#lastWrittenAtMs = this.#nowMs();
  }

  /**
   * Claims the state for this process until {@link unlock}.
   *
   * @throws UsageError while another process has it.
   */
  async lock(): Promise<void> {
    this.#lock = await lockStateFile(this.#path, this.#realPath);
  }

  unlock(): void {
    this.#lock?.release();
    this.#lock = undefined;
  }

  #readText(): string | undefined {
    try {
      return readFileSync(this.#realPath, "utf8");
    } catch (cause) {
      if (isSystemError(cause, "ENOENT")) return undefined;
      throw usageError({ kind: "notReadable", file: this.#path, why: causeOf(cause) }, cause);
    }
  }
}

const versions = z.object({
  stateFileVersion: z.number(),
  state: z.unknown().optional(),
});

/** What a newer release has noted must not be thrown away: it may be of submissions that run. */
function refuseNewer(file: string, content: unknown): void {
  const found = versions.safeParse(content).data;
  if (!found) return;
  const stateVersion = z.object({ stateVersion: z.number() }).safeParse(found.state).data?.stateVersion ?? 0;
  if (found.stateFileVersion <= STATE_FILE_VERSION && stateVersion <= STATE_VERSION) return;
  throw usageError({ kind: "newer", file });
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function usageError(fault: StateFileFault, cause?: unknown): UsageError {
  return new UsageError({ kind: "stateFile", fault }, { cause });
}

function causeOf(error: unknown): StateFileCause {
  if (error instanceof GateError) return { kind: "failure", failure: error };
  return { kind: "words", words: error instanceof Error ? error.message : String(error) };
}
