import { z } from "zod";
import type { OperationName } from "../provider/wire/limits";
import { OPERATION_NAMES } from "./operation-name";

/** For which calls a fault stands, counted from 1 for the operation since the fault was set. */
const schedule = {
  operation: z
    .enum(["any", ...OPERATION_NAMES])
    .default("any")
    .describe("The operation it stands for; `any`: every one, each counted on its own."),
  fromCall: z
    .number()
    .int()
    .positive()
    .default(1)
    .describe("The first call it stands for, counted for each operation since the fault was set."),
  toCall: z
    .number()
    .int()
    .positive()
    .nullable()
    .optional()
    .describe("The last call it stands for; `null`: all that follow. Default: `fromCall`, so one call."),
};

const retryAfterSeconds = z
  .number()
  .int()
  .nonnegative()
  .optional()
  .describe("Seconds of a `Retry-After` header; the vendor documents none. Default: no such header.");

const retryAfter = z
  .string()
  .optional()
  .describe("The `Retry-After` header, sent exactly as given, such as a date. Default: no such header.");

/** What can go wrong between the client and the service, and for which calls. */
export const faultSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      ...schedule,
      kind: z.literal("delay"),
      delayMs: z.number().nonnegative().describe("How late the answer comes, in milliseconds."),
      afterWork: z
        .boolean()
        .default(false)
        .describe(
          "Whether the work is done before the delay; it is done in any case, even if the client has gone.",
        ),
    })
    .describe("The answer comes late. Other faults may stand for the same call."),
  z
    .strictObject({
      ...schedule,
      kind: z.literal("wrongDate"),
      offsetMs: z.number().int().default(0).describe("Milliseconds to add to the true date."),
      date: z
        .string()
        .nullable()
        .optional()
        .describe(
          "The `Date` header, sent exactly as given; `offsetMs` is then not used. `null` sends no such header.",
        ),
      headers: z
        .record(z.string(), z.string())
        .default({})
        .describe('Further headers, such as `{"age":"600"}`.'),
    })
    .describe(
      "The answer's `Date` header is wrong, as a proxy's, a cache's or a clock that was set makes it; the service's own time is not. Other faults may stand for the same call.",
    ),
  z
    .strictObject({ ...schedule, kind: z.literal("resetBefore") })
    .describe("The connection is reset and nothing was done."),
  z
    .strictObject({ ...schedule, kind: z.literal("resetAfter") })
    .describe("The call's work is done, then the connection is reset."),
  z
    .strictObject({ ...schedule, kind: z.literal("truncatedBody") })
    .describe("The work is done; the connection breaks in the middle of the answer's body."),
  z
    .strictObject({
      ...schedule,
      kind: z.literal("htmlProxyPage"),
      httpStatus: z.number().int().min(200).max(599).default(502).describe("The status of that page."),
      workDone: z
        .boolean()
        .default(false)
        .describe("Whether the service did the call's work before the proxy's page replaced its answer."),
    })
    .describe("Nothing is done; a proxy on the way answers with a page of its own."),
  z
    .strictObject({
      ...schedule,
      kind: z.literal("error"),
      httpStatus: z.number().int().min(400).max(599).default(503).describe("The status of the answer."),
      code: z.string().min(1).default("ServiceUnavailable").describe("`Code` of the answer."),
      message: z.string().optional().describe("`Message` of the answer. Default: a general one."),
      retryAfterSeconds,
      retryAfter,
      workDone: z
        .boolean()
        .default(false)
        .describe("Whether the service did the call's work before it answered with the error."),
    })
    .describe("Nothing is done unless `workDone`; the service answers with an error."),
  z
    .strictObject({
      ...schedule,
      kind: z.literal("throttlingBurst"),
      code: z
        .enum(["Throttling", "Throttling.User", "Throttling.Api", "TooManyRequests"])
        .default("Throttling.User")
        .describe("`Code` of the answer."),
      retryAfterSeconds,
      retryAfter,
    })
    .describe("The service throttles although the rate is kept."),
  z
    .strictObject({
      ...schedule,
      kind: z.literal("wrongJson"),
      body: z.string().default('{"Message":').describe("The body, sent exactly as given."),
    })
    .describe("The work is done; the answer has status 200 and JSON of another shape, or no JSON at all."),
  z
    .strictObject({ ...schedule, kind: z.literal("hang") })
    .describe("Nothing is done and nothing is ever answered."),
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
