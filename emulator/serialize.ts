import type { ServerResponse } from "node:http";
import type { Answer, Call } from "./call";
import type { Service } from "./service";
import { toXml } from "./xml";

/** An answer as bytes and headers. */
interface SerializedAnswer {
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Writes an answer as literal text, JSON or XML, dated by the emulator's clock. */
export function serializeAnswer(call: Call, answer: Answer, service: Service): SerializedAnswer {
  const asXml = call.format === "XML" && !answer.literal;
  return {
    httpStatus: answer.httpStatus,
    headers: {
      "content-type": asXml ? "text/xml;charset=utf-8" : "application/json;charset=utf-8",
      ...dateHeaders(call, service),
      "x-acs-request-id": call.requestId,
      ...answer.headers,
    },
    text: asXml ? toXml(xmlRoot(call, answer), answer.body) : toText(answer, service),
  };
}

/** The time of the answer, unless a fault changes it. */
function dateHeaders(call: Call, service: Service): Record<string, string> {
  const nowMs = service.clock.nowMs();
  const wrong = call.faults.find((fault) => fault.kind === "wrongDate");
  if (!wrong) return { date: new Date(nowMs).toUTCString() };
  const { date = new Date(nowMs + wrong.offsetMs).toUTCString(), headers } = wrong;
  return date === null ? headers : { ...headers, date };
}

function xmlRoot(call: Call, answer: Answer): string {
  return answer.httpStatus >= 400 ? "Error" : `${call.action}Response`;
}

function toText(answer: Answer, service: Service): string {
  return typeof answer.body === "string" ? answer.body : toJson(answer, service);
}

/** Sends the answer. With a fault, it sends half of the body and breaks the connection. */
export function sendAnswer(
  response: ServerResponse,
  serialized: SerializedAnswer,
  options: { truncated: boolean },
): void {
  const bytes = Buffer.from(serialized.text, "utf8");
  response.sendDate = false;
  response.writeHead(serialized.httpStatus, {
    ...serialized.headers,
    "content-length": String(bytes.length),
  });
  if (!options.truncated) {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

const TASK_ID_FIELDS = ["TaskId", "PushTaskId", "RefreshTaskId"];

function toJson(answer: Answer, service: Service): string {
  if (answer.literal || !service.settings.taskIdsAsNumbers) return JSON.stringify(answer.body);
  return JSON.stringify(answer.body, (key, value: unknown) =>
    TASK_ID_FIELDS.includes(key) && typeof value === "string" && /^\d+$/.test(value)
      ? (JSON as unknown as JsonWithRaw).rawJSON(value)
      : value,
  );
}

/** A feature of Node's `JSON` that TypeScript does not know yet: it writes the digits of a number unchanged. */
interface JsonWithRaw {
  rawJSON(text: string): unknown;
}
