import { GateError } from "../core/errors";
import type {
  GateSettings,
  RequestSettings,
  SubmissionSettings,
  WaitSettings,
} from "../core/options/settings";
import { pickOptions } from "../core/options/values";
import { problemsOf } from "../core/problems";
import { readGateState } from "../core/saved-state";
import type * as z from "../core/zod";
import type { EventSink } from "./events";
import type { Outcome } from "./outcome";
import { listingOptions, submittingOptions } from "./run-gate-schema";
import { runListedTasks } from "./run-listed-tasks";
import { runPreload } from "./run-preload";
import { openSession, type Session, type SessionOptions } from "./session";

/** What both kinds of runs take beside the session and the listener. */
interface RunGateSettings extends WaitSettings {
  /** When the gate passes. */
  readonly gate?: GateSettings | undefined;
  /** Messages then name URLs by their place (`urls[3]`). Default `false`. */
  readonly urlsAreSecret?: boolean | undefined;
  /** Ends the wait: the outcome then says what is known. The preload itself goes on. */
  readonly signal?: AbortSignal | undefined;
  /** The `state` of an earlier outcome or event, as it is or out of JSON: nothing that runs or passed is submitted again. */
  readonly previous?: unknown;
  /** How to open a session of its own. Default: the environment. */
  readonly connection?: SessionOptions | undefined;
}

/** What a run that submits is asked to do. */
export interface SubmittingGateSettings extends RunGateSettings, RequestSettings, SubmissionSettings {
  /** 1 to 10,000 URLs, `http(s)://host/path` or `host/path`. Spellings of one URL are merged. */
  readonly urls: readonly string[];
  readonly taskIds?: undefined;
}

/** What a run that submits nothing is asked to do. */
export interface ListingGateSettings extends RunGateSettings {
  /** The tasks to wait for: a list of ids, or one string with commas. */
  readonly taskIds: string | readonly string[];
  /** Judge only these URLs. Default: all that the tasks name. */
  readonly urls?: readonly string[] | undefined;
}

/** Where a run works: in the gate's own words. */
interface RunGateSurroundings {
  /** Told of each step. A front that saves `state` events before it returns can resume after a kill. */
  readonly onEvent?: EventSink | undefined;
  /** Shared with other runs of this process, and not closed here. Default: one of its own, by `connection`. */
  readonly session?: Session | undefined;
}

export type SubmittingGateOptions = SubmittingGateSettings & RunGateSurroundings;
export type ListingGateOptions = ListingGateSettings & RunGateSurroundings;
export type RunGateOptions = SubmittingGateOptions | ListingGateOptions;

/**
 * Runs one gate from end to end, without Pulumi.
 *
 * It resolves also where the service or the network fails: `outcome.accepted` says whether the release may go
 * on, `outcome.reasons` why not, `outcome.failure` what ended the work early, and `outcome.state` is what a
 * later run resumes from.
 *
 * @throws GateError `usage` where an option is not valid; nothing was sent then.
 */
export async function runGate(options: RunGateOptions): Promise<Outcome> {
  const run = readOptions(options);
  const session = options.session ?? openSession(options.connection);
  try {
    const context = session.context({
      signal: options.signal ?? new AbortController().signal,
      emit: options.onEvent ?? (() => {}),
    });
    const shared = {
      ...context,
      policy: run.values.gate,
      timeoutMs: run.values.timeout,
      previous: options.previous === undefined ? undefined : readGateState(options.previous),
    };
    if (run.kind === "listing") return await runListedTasks({ ...shared, ...run.values });
    return await runPreload({
      ...shared,
      ...run.values,
      settings: pickOptions(run.values, "request"),
    });
  } finally {
    if (!options.session) await session.close();
  }
}

function readOptions(
  options: RunGateOptions,
):
  | { readonly kind: "submitting"; readonly values: z.output<typeof submittingOptions> }
  | { readonly kind: "listing"; readonly values: z.output<typeof listingOptions> } {
  return options.taskIds === undefined
    ? { kind: "submitting", values: parse(submittingOptions, options) }
    : { kind: "listing", values: parse(listingOptions, options) };
}

function parse<T extends z.ZodType>(schema: T, options: unknown): z.output<T> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new GateError({ kind: "inputsNotValid", problems: problemsOf(parsed.error) });
}
