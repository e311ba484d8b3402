import { GateError } from "../core/errors";
import { taskIdsField, urlsField } from "../core/input-fields";
import { fieldsIn } from "../core/options/fields";
import { pickOptions } from "../core/options/values";
import { gateField } from "../core/policy";
import { problem, problemsOf } from "../core/problems";
import { readGateState } from "../core/saved-state";
import * as z from "../core/zod";
import type { EventSink } from "./events";
import type { Outcome } from "./outcome";
import { runListedTasks } from "./run-listed-tasks";
import { runPreload } from "./run-preload";
import { openSession, type Session, type SessionOptions } from "./session";

const common = {
  gate: gateField,
  ...fieldsIn("wait"),
  /** Messages then name URLs by their place (`urls[3]`). */
  urlsAreSecret: z.boolean(problem("notAFlag")).default(false),
};

const submittingOptions = z.object({ ...common, ...fieldsIn("request", "submission"), urls: urlsField });
const listingOptions = z.object({ ...common, taskIds: taskIdsField, urls: urlsField.optional() });

interface RunGateSurroundings {
  /** Told of each step. A front that saves `state` events before it returns can resume after a kill. */
  readonly onEvent?: EventSink | undefined;
  /** Ends the wait: the outcome then says what is known. The preload itself goes on. */
  readonly signal?: AbortSignal | undefined;
  /** The `state` of an earlier outcome or event, as it is or out of JSON: nothing that runs or passed is submitted again. */
  readonly previous?: unknown;
  /** Shared with other runs of this process, and not closed here. Default: one of its own, by `connection`. */
  readonly session?: Session | undefined;
  /** How to open a session of its own. Default: the environment. */
  readonly connection?: SessionOptions | undefined;
}

/** Submits these URLs, waits for them, and judges; with `wait: false` it only submits. */
export type SubmittingGateOptions = z.input<typeof submittingOptions> & {
  readonly taskIds?: undefined;
} & RunGateSurroundings;

/** Waits for tasks that someone else has started, and judges; submits nothing. */
export type ListingGateOptions = z.input<typeof listingOptions> & RunGateSurroundings;

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
