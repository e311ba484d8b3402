import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Call } from "./call";
import type { Parameters } from "./call-record";
import { ENVELOPE_PARAMETERS } from "./signature-v2-check";

/** Reads a complete request: headers, body, and the parameters in the query string and the form body. */
export async function receive(request: IncomingMessage, response: ServerResponse): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const target = request.url ?? "/";
  const { pathname, searchParams } = new URL(target, "http://127.0.0.1");
  const headers = lowerCaseHeaders(request);
  const form = headers["content-type"]?.startsWith("application/x-www-form-urlencoded")
    ? new URLSearchParams(body.toString("utf8"))
    : [];
  const allParameters: Parameters = Object.fromEntries([...searchParams, ...form]);
  return {
    request,
    response,
    received: { method: request.method ?? "", target, headers, body },
    path: pathname,
    allParameters,
    parameters: withoutEnvelope(allParameters),
    requestId: randomUUID().toUpperCase(),
    action: headers["x-acs-action"] ?? allParameters.Action ?? "",
    format: formatOf(headers, allParameters),
    faults: [],
  };
}

function withoutEnvelope(parameters: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => !ENVELOPE_PARAMETERS.includes(name)),
  );
}

/** The older signature gets XML unless it asks for JSON. The newer one always gets JSON. */
function formatOf(headers: Readonly<Record<string, string>>, parameters: Parameters): Call["format"] {
  const isV2 = headers["x-acs-action"] === undefined && parameters.Action !== undefined;
  return isV2 && parameters.Format?.toUpperCase() !== "JSON" ? "XML" : "JSON";
}

function lowerCaseHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value ?? ""].flat().join(",")]),
  );
}
