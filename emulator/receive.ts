import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Call, Parameters } from "./call";

/** Reads a whole request: headers, body, and the parameters from query string and form body. */
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
  const parameters: Parameters = Object.fromEntries([...searchParams, ...form]);
  return {
    request,
    response,
    received: { method: request.method ?? "", target, headers, body },
    path: pathname,
    parameters,
    requestId: randomUUID().toUpperCase(),
    action: headers["x-acs-action"] ?? parameters.Action ?? "",
    faults: [],
  };
}

function lowerCaseHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value ?? ""].flat().join(",")]),
  );
}
