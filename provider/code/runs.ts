import type { CdnClient } from "../client/cdn-client";
import type { GateError } from "../core/errors";
import { askWithin as ask } from "../gate/ask-within";
import type { Outcome as GateOutcome } from "../gate/outcome";
import { pollListedTasks as pollListed } from "../gate/poll-listed-tasks";
import { pollOnce as poll } from "../gate/poll-once";
import {
  type ListingGateSettings,
  type RunGateOptions as Options,
  runGate as run,
  type SubmittingGateSettings,
} from "../gate/run-gate";
import { type ListedTasksRun as GateListed, runListedTasks as runListed } from "../gate/run-listed-tasks";
import { type PreloadRun as GatePreload, runPreload as preload } from "../gate/run-preload";
import type { Wording } from "../wording/wording";
import { type EventSink, sinkInWords } from "./gate-event";
import { codeWording, inWords, told } from "./in-words";
import type { RunContext, Session } from "./session";

/** What a gate has found, and all that the next run needs to go on from it. */
export interface Outcome extends Omit<GateOutcome, "reasons"> {
  /** Why it did not pass, in words; empty where it did. */
  readonly reasons: readonly string[];
}

interface InCode {
  /** Told of each step. A front that saves `state` events before it returns can resume after a kill. */
  readonly onEvent?: EventSink | undefined;
  /** Shared with other runs of this process, and not closed here. Default: one of its own, by `connection`. */
  readonly session?: Session | undefined;
}

/** Submits these URLs, waits for them, and judges; with `wait: false` it only submits. */
export interface SubmittingGateOptions extends SubmittingGateSettings, InCode {}
/** Waits for tasks that someone else has started, and judges; submits nothing. */
export interface ListingGateOptions extends ListingGateSettings, InCode {}
export type RunGateOptions = SubmittingGateOptions | ListingGateOptions;

/**
 * Runs one gate from end to end, without Pulumi.
 *
 * A failure of the service or the network does not reject it: `outcome.accepted` says whether the release may
 * go on, `outcome.reasons` why not, `outcome.failure` what ended the work early, and `outcome.state` is what a
 * later run resumes from.
 *
 * @throws GateError `usage` where an option is not valid; nothing was sent then.
 */
export async function runGate(options: RunGateOptions): Promise<Outcome> {
  const wording = codeWording({ urlsAreSecret: options.urlsAreSecret === true });
  const { onEvent } = options;
  return outcomeInWords(
    await inWords(
      () => run({ ...options, onEvent: onEvent && sinkInWords(onEvent, wording) } as Options),
      wording,
    ),
    wording,
  );
}

/** A run of {@link runPreload}, within the context of a session. */
export interface PreloadRun extends Omit<GatePreload, keyof RunContext>, RunContext {}
/** A run of {@link runListedTasks}, within the context of a session. */
export interface ListedTasksRun extends Omit<GateListed, keyof RunContext>, RunContext {}

/** As the gate's own, with an outcome in words. */
export async function runPreload(options: PreloadRun): Promise<Outcome> {
  const wording = codeWording(options);
  return outcomeInWords(await preload(contextInWords(options, wording)), wording);
}

/** As the gate's own, with an outcome in words. */
export async function runListedTasks(options: ListedTasksRun): Promise<Outcome> {
  const wording = codeWording(options);
  return outcomeInWords(await runListed(contextInWords(options, wording)), wording);
}

/** As the gate's own, with an outcome in words. */
export async function pollListedTasks(
  options: RunContext & Pick<Parameters<typeof pollListed>[0], "taskIds" | "policy">,
): Promise<Outcome> {
  const wording = codeWording(options);
  return outcomeInWords(await pollListed(contextInWords(options, wording)), wording);
}

/** As the gate's own, with a failure in words. */
export async function pollOnce(
  options: RunContext & Pick<Parameters<typeof poll>[0], "state" | "scope" | "listedTaskIds" | "policy">,
): Promise<Awaited<ReturnType<typeof poll>>> {
  const wording = codeWording(options);
  const { state, failure } = await poll(contextInWords(options, wording));
  return { state, failure: told(failure, wording) };
}

/** As the gate's own, with a failure in words. */
export function askWithin<T>(
  session: Pick<Session, "client" | "clock">,
  question: (client: CdnClient) => Promise<T>,
  timeoutMs?: number,
): Promise<T> {
  return inWords(() => ask(session, question, timeoutMs));
}

/** What to do about a failure. */
export function adviceFor(error: GateError): string {
  return codeWording().advice(error);
}

function contextInWords<R extends RunContext>(options: R, wording: Wording) {
  return { ...options, emit: sinkInWords(options.emit, wording) };
}

function outcomeInWords(outcome: GateOutcome, wording: Wording): Outcome {
  return { ...outcome, reasons: wording.reasons(outcome.reasons), failure: told(outcome.failure, wording) };
}
