import type { Answer, Call } from "./call";
import type { Fault } from "./faults";
import { isOperationName } from "./operation-name";
import type { FaultKind } from "./scenario-types";
import type { Service } from "./service";
import { errorBody, WireError, wireError } from "./wire-error";

/** Faults that take effect before the service sees the call. The others wait for its answer. */
export async function disturbRequest(call: Call, service: Service): Promise<void> {
  if (!isOperationName(call.action)) return;
  call.faults = service.faults.next(call.action);
  await delay(call, service, { afterWork: false });
  const fault = decidingFault(call);
  if (!fault) return;
  if (call.record) call.record.fault = fault.kind;
  if (fault.kind === "resetBefore") reset(call);
  if (fault.kind === "hang") await service.sleep(Number.POSITIVE_INFINITY, service.closing.signal);
  const instead =
    fault.kind === "throttlingBurst" ||
    ((fault.kind === "htmlProxyPage" || fault.kind === "error") && !fault.workDone);
  if (instead) call.answer = substitute(call, fault);
}

/** Faults between the service's answer and the client. The work is already done. */
export async function disturbAnswer(call: Call, service: Service): Promise<void> {
  await delay(call, service, { afterWork: true });
  const fault = decidingFault(call);
  if (!fault || !call.record) return;
  if (fault.kind === "resetAfter") {
    call.record.httpStatus = 0;
    reset(call);
  } else if (LATE_SUBSTITUTES.includes(fault.kind)) {
    call.answer = substitute(call, fault);
    call.record.httpStatus = call.answer.httpStatus;
    if (fault.kind === "error") call.record.errorCode = fault.code;
  }
}

/** Delays add up, and a wrong date works with any answer. Of all other faults of a call, the first one decides. */
function decidingFault(call: Call): Fault | undefined {
  return call.faults.find((fault) => fault.kind !== "delay" && fault.kind !== "wrongDate");
}

async function delay(call: Call, service: Service, when: { afterWork: boolean }): Promise<void> {
  for (const fault of call.faults) {
    if (fault.kind !== "delay" || fault.afterWork !== when.afterWork) continue;
    await service.sleep(fault.delayMs, service.closing.signal);
  }
}

const LATE_SUBSTITUTES: readonly FaultKind[] = ["htmlProxyPage", "error", "wrongJson"];

/** What the client receives instead of the service's answer. */
function substitute(call: Call, fault: Fault): Answer {
  switch (fault.kind) {
    case "htmlProxyPage":
      return {
        httpStatus: fault.httpStatus,
        body: `<!DOCTYPE html>\n<html><head><title>${fault.httpStatus}</title></head><body><h1>Gateway</h1></body></html>\n`,
        headers: { "content-type": "text/html" },
        literal: true,
      };
    case "throttlingBurst":
      return refuse(call, wireError(fault.code), fault);
    case "error":
      return refuse(call, wireErrorOf(fault), fault);
    case "wrongJson":
      return { httpStatus: 200, body: fault.body, literal: true };
    default:
      throw new Error(`The fault ${fault.kind} has no answer of its own.`);
  }
}

function refuse(
  call: Call,
  error: WireError,
  { retryAfter, retryAfterSeconds }: Extract<Fault, { kind: "error" | "throttlingBurst" }>,
): Answer {
  const wait = retryAfter ?? retryAfterSeconds?.toString();
  return {
    httpStatus: error.httpStatus,
    body: errorBody(error, call.requestId),
    headers: wait === undefined ? {} : { "retry-after": wait },
  };
}

function wireErrorOf(fault: Extract<Fault, { kind: "error" }>): WireError {
  return new WireError({
    code: fault.code,
    httpStatus: fault.httpStatus,
    message: fault.message ?? "The request has failed due to a temporary failure of the server.",
  });
}

function reset(call: Call): void {
  call.dropped = true;
  call.request.socket.resetAndDestroy();
}
