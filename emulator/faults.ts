import { z } from "zod";
import type { OperationName } from "../provider/wire/limits";
import { OPERATION_NAMES } from "./operation-name";

/** The calls that a fault affects, counted per operation from 1 since the fault was set. */
const schedule = {
  operation: z
    .enum(["any", ...OPERATION_NAMES])
    .default("any")
    .describe("The operation that it affects. `any` means every operation, each counted separately."),
  fromCall: z
    .number()
    .int()
    .positive()
    .default(1)
    .describe("The first call that it affects, counted per operation since the fault was set."),
  toCall: z
    .number()
    .int()
    .positive()
    .nullable()
    .optional()
    .describe(
      "The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one call.",
    ),
};

const retryAfterSeconds = z
  .number()
  .int()
  .nonnegative()
  .optional()
  .describe(
    "Seconds of a `Retry-After` header, which Alibaba Cloud does not document. Default: no such header.",
  );

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
      delayMs: z.number().nonnegative().describe("The delay of the answer, in milliseconds."),
      afterWork: z
        .boolean()
        .default(false)
        .describe(
          "Whether the work is done before the delay. It is always done, even if the client disconnects.",
        ),
    })
    .describe("The answer is late. Other faults can affect the same call."),
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
          "The `Date` header, sent exactly as given instead of `offsetMs`. `null` sends no such header.",
        ),
      headers: z
        .record(z.string(), z.string())
        .default({})
        .describe('Further headers, such as `{"age":"600"}`.'),
    })
    .describe(
      "The answer's `Date` header is wrong, like that of a proxy, a cache or a wrong clock. The service's own time is right. Other faults can affect the same call.",
    ),
  z
    .strictObject({ ...schedule, kind: z.literal("resetBefore") })
    .describe("The connection is reset before any work is done."),
  z
    .strictObject({ ...schedule, kind: z.literal("resetAfter") })
    .describe("The work is done, then the connection is reset."),
  z
    .strictObject({ ...schedule, kind: z.literal("truncatedBody") })
    .describe("The work is done, then the connection breaks in the middle of the answer's body."),
  z
    .strictObject({
      ...schedule,
      kind: z.literal("htmlProxyPage"),
      httpStatus: z.number().int().min(200).max(599).default(502).describe("The status of the page."),
      workDone: z
        .boolean()
        .default(false)
        .describe("Whether the work is done before the proxy's page replaces the answer."),
    })
    .describe("A proxy answers with its own page, and no work is done unless `workDone`."),
  z
    .strictObject({
      ...schedule,
      kind: z.literal("error"),
      httpStatus: z.number().int().min(400).max(599).default(503).describe("The status of the answer."),
      code: z.string().min(1).default("ServiceUnavailable").describe("`Code` of the answer."),
      message: z.string().optional().describe("`Message` of the answer. Default: a general one."),
      retryAfterSeconds,
      retryAfter,
      workDone: z.boolean().default(false).describe("Whether the work is done before the error."),
    })
    .describe("The service answers with an error, and no work is done unless `workDone`."),
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
    .describe("The service throttles the call although its rate is within the limit."),
  z
    .strictObject({
      ...schedule,
      kind: z.literal("wrongJson"),
      body: z.string().default('{"Message":').describe("The body, sent exactly as given."),
    })
    .describe("The work is done, and the answer has status 200 with unexpected JSON, or no JSON at all."),
  z
    .strictObject({ ...schedule, kind: z.literal("hang") })
    .describe("No work is done, and no answer is sent."),
]);

/** A fault with every field set. */
export type Fault = z.output<typeof faultSchema>;

/** Counts calls and selects the faults that affect each one. */
export class FaultSchedule {
  #faults: readonly Fault[] = [];
  #callsByOperation = new Map<OperationName, number>();

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Replaces all faults and starts counting again. */
  set(faults: readonly Fault[]): void {
    this.#faults = faults;
    this.#callsByOperation = new Map();
  }

  /** The faults that affect the operation's next call. */
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
