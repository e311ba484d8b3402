import { z } from "zod";
import type { OperationName } from "../provider/wire/limits";
import { OPERATION_NAMES } from "./operation-name";

/** For which calls a fault stands, counted from 1 for the operation since the fault was set. */
const schedule = {
  /** Default: every operation, each counted on its own. */
  operation: z.enum(["any", ...OPERATION_NAMES]).default("any"),
  fromCall: z.number().int().positive().default(1),
  /** The last call it stands for; `null`: all that follow. Default: `fromCall`, so one call. */
  toCall: z.number().int().positive().nullable().optional(),
};

/** Seconds of a `Retry-After` header; the vendor documents none. Default: no such header. */
const retryAfterSeconds = z.number().int().nonnegative().optional();

/** The `Retry-After` header, sent exactly as given: a date, for example, where seconds are usual. */
const retryAfter = z.string().optional();

/** What can go wrong between the client and the service, and for which calls. */
export const faultSchema = z.discriminatedUnion("kind", [
  /** The answer comes late. Other faults may stand for the same call. */
  z.strictObject({
    ...schedule,
    kind: z.literal("delay"),
    delayMs: z.number().nonnegative(),
    /** Whether the work is done before the delay; it is done in any case, even if the client has gone. */
    afterWork: z.boolean().default(false),
  }),
  /**
   * The answer's `Date` header is wrong, as a proxy's, a cache's or a clock that was set makes it; the service's own time
   * is not. Other faults may stand for the same call.
   */
  z.strictObject({
    ...schedule,
    kind: z.literal("wrongDate"),
    /** Milliseconds to add to the true date. */
    offsetMs: z.number().int().default(0),
    /** The `Date` header, sent exactly as given; `offsetMs` is then not used. `null` sends no such header. */
    date: z.string().nullable().optional(),
    /** Further headers, such as `{"age":"600"}`. */
    headers: z.record(z.string(), z.string()).default({}),
  }),
  /** The connection is reset and nothing was done. */
  z.strictObject({ ...schedule, kind: z.literal("resetBefore") }),
  /** The call's work is done, then the connection is reset. */
  z.strictObject({ ...schedule, kind: z.literal("resetAfter") }),
  /** The work is done; the connection breaks in the middle of the answer's body. */
  z.strictObject({ ...schedule, kind: z.literal("truncatedBody") }),
  /** Nothing is done; a proxy on the way answers with a page of its own. */
  z.strictObject({
    ...schedule,
    kind: z.literal("htmlProxyPage"),
    httpStatus: z.number().int().min(200).max(599).default(502),
    /** Whether the service did the call's work before the proxy's page replaced its answer. */
    workDone: z.boolean().default(false),
  }),
  /** Nothing is done unless `workDone`; the service answers with an error. */
  z.strictObject({
    ...schedule,
    kind: z.literal("error"),
    httpStatus: z.number().int().min(400).max(599).default(503),
    code: z.string().min(1).default("ServiceUnavailable"),
    message: z.string().optional(),
    retryAfterSeconds,
    retryAfter,
    workDone: z.boolean().default(false),
  }),
  /** The service throttles although the rate is kept. */
  z.strictObject({
    ...schedule,
    kind: z.literal("throttlingBurst"),
    code: z
      .enum(["Throttling", "Throttling.User", "Throttling.Api", "TooManyRequests"])
      .default("Throttling.User"),
    retryAfterSeconds,
    retryAfter,
  }),
  /** The work is done; the answer has status 200 and JSON of another shape, or no JSON at all. */
  z.strictObject({ ...schedule, kind: z.literal("wrongJson"), body: z.string().default('{"Message":') }),
  /** Nothing is done and nothing is ever answered. */
  z.strictObject({ ...schedule, kind: z.literal("hang") }),
]);

/** A fault with every field set. */
export type Fault = z.output<typeof faultSchema>;

/** A fault as given. */
export type FaultInput = z.input<typeof faultSchema>;

/** The kinds of faults. */
export type FaultKind = Fault["kind"];

/** Counts calls and says which faults stand for each. */
export class FaultSchedule {
  #faults: readonly Fault[] = [];
  #callsByOperation = new Map<OperationName, number>();

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Replaces all faults and counts anew. */
  set(faults: readonly Fault[]): void {
    this.#faults = faults;
    this.#callsByOperation = new Map();
  }

  /** The faults for the operation's next call. */
  next(operation: OperationName): readonly Fault[] {
    const nth = (this.#callsByOperation.get(operation) ?? 0) + 1;
    this.#callsByOperation.set(operation, nth);
    return this.#faults.filter(
      (fault) =>
        (fault.operation === "any" || fault.operation === operation) &&
        nth >= fault.fromCall &&
        (fault.toCall === null || nth <= (fault.toCall ?? fault.fromCall)),
    );
  }
}
