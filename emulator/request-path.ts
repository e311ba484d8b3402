import type { IncomingMessage, ServerResponse } from "node:http";
import { API_VERSION, CALLS_PER_SECOND } from "../provider/wire/limits";
import { answerAdmin, isAdminPath } from "./admin";
import { authenticate } from "./authenticate";
import type { AnswerBody, Call } from "./call";
import { disturbAnswer, disturbRequest } from "./disturb";
import { isOperationName } from "./operation-name";
import { OPERATIONS } from "./operations/operation-table";
import { emulatorPage } from "./page/page";
import { isAllowedByPolicy } from "./ram-policy";
import { receive } from "./receive";
import { sendAnswer, serializeAnswer } from "./serialize";
import type { Service } from "./service";
import { errorBody, WireError, wireError } from "./wire-error";

/** One step of a call. An error that it throws becomes the answer. */
type Step = (call: Call, service: Service) => void | Promise<void>;

/** The steps of every call. After a step has set or thrown an answer, the rest are skipped. */
const UNTIL_ANSWERED: readonly Step[] = [
  showPage,
  dispatchAdmin,
  log,
  disturbRequest,
  nameOperation,
  authenticate,
  limitRate,
  authorize,
  answerLiterally,
  parse,
  handle,
];

/** The steps of every answer. */
const ONCE_ANSWERED: readonly Step[] = [note, disturbAnswer, serialize];

/** Serves one complete request. The work is done even if the client has disconnected. */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  service: Service,
): Promise<void> {
  const call = await receive(request, response);
  for (const step of UNTIL_ANSWERED) {
    try {
      await step(call, service);
    } catch (error) {
      call.answer = refusal(call, error);
    }
    if (call.answer || call.dropped) break;
  }
  for (const step of ONCE_ANSWERED) {
    if (!call.dropped) await step(call, service);
  }
  if (call.record) service.onCall(call.record);
}

function refusal(call: Call, error: unknown) {
  const known = error instanceof WireError ? error : wireError("InternalError", `Emulator: ${String(error)}`);
  return { httpStatus: known.httpStatus, body: errorBody(known, call.requestId) };
}

/** A browser requests a page. Clients of the service do not. */
function showPage(call: Call): void {
  const { method, headers } = call.received;
  if (call.path !== "/" || method !== "GET" || call.action !== "") return;
  if (headers.accept?.includes("text/html")) call.answer = emulatorPage();
}

async function dispatchAdmin(call: Call, service: Service): Promise<void> {
  if (isAdminPath(call.path)) call.answer = await answerAdmin(call, service);
}

function log(call: Call, service: Service): void {
  call.record = {
    at: new Date(service.clock.nowMs()).toISOString(),
    operation: call.action,
    parameters: call.parameters,
    requestId: call.requestId,
    httpStatus: 0,
  };
  service.calls.push(call.record);
}

/** The service has one path, two methods, one version and six operations. */
function nameOperation(call: Call): void {
  const { method, headers } = call.received;
  const version = headers["x-acs-version"] ?? call.allParameters.Version;
  const isKnown = call.path === "/" && ["GET", "POST"].includes(method) && version === API_VERSION;
  if (!isKnown || !isOperationName(call.action)) throw wireError("InvalidAction.NotFound");
  call.operation = call.action;
}

function limitRate({ operation }: Call, service: Service): void {
  if (!operation) return;
  const callsPerSecond = service.settings.callsPerSecond[operation] ?? CALLS_PER_SECOND[operation];
  if (service.rate.admit(operation, { nowMs: service.clock.nowMs(), callsPerSecond })) return;
  throw wireError(operation === "DescribePreloadDetailById" ? "TooManyRequests" : "Throttling.User");
}

function authorize({ operation }: Call, { settings }: Service): void {
  if (!operation) return;
  if (!settings.serviceOpened) throw wireError("OperationDenied");
  if (settings.ramPolicy && !isAllowedByPolicy(settings.ramPolicy, operation))
    throw wireError("Forbidden.RAM");
  if (operation === "DescribePreloadDetailById" && !settings.allowListed) {
    throw wireError(settings.allowListRefusalCode);
  }
}

function answerLiterally(call: Call, service: Service): void {
  const literal = call.operation && service.overrides.next(call.operation);
  if (!literal) return;
  const { status = 200, body, headers = {} } = literal;
  call.answer = { httpStatus: status, body, headers, literal: true };
}

function parse(call: Call): void {
  if (call.operation) call.work = OPERATIONS[call.operation](call.parameters);
}

/**
 * Does the work and lets hooks change the answer. It records the task ids before the hooks, so the list of
 * submissions stays true.
 */
function handle(call: Call, service: Service): void {
  if (!call.work || !call.operation) return;
  const body: AnswerBody = { RequestId: call.requestId, ...call.work(service) };
  const taskIds = body.PushTaskId ?? body.RefreshTaskId;
  if (call.record && typeof taskIds === "string") call.record.taskIds = taskIds.split(",");
  call.answer = {
    httpStatus: 200,
    body: service.overrides.transform(call.operation, body, call.parameters),
  };
}

function note({ record, answer }: Call): void {
  if (!record || !answer) return;
  record.httpStatus = answer.httpStatus;
  const code = (answer.body as { Code?: unknown } | null)?.Code;
  if (answer.httpStatus >= 400 && typeof code === "string") record.errorCode = code;
}

function serialize(call: Call, service: Service): void {
  if (!call.answer || call.response.destroyed) return;
  const truncated = call.record?.fault === "truncatedBody";
  sendAnswer(call.response, serializeAnswer(call, call.answer, service), { truncated });
}
