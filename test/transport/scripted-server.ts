import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The form's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The client's port: the same for two requests on one connection. */
  readonly clientPort: number;
}

/** What the server does with one request. */
export type Act = (response: ServerResponse, request: SeenRequest) => void;

/** A server on loopback that plays a list of acts, one a request, and hangs up on any request beyond it. */
export class ScriptedServer {
  readonly seen: SeenRequest[] = [];
  readonly #server: Server;
  readonly #acts: Act[];

  private constructor(acts: readonly Act[]) {
    this.#acts = [...acts];
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("error", () => {});
      request.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        const seen: SeenRequest = {
          method: request.method ?? "",
          url: request.url ?? "",
          headers: request.headers,
          body,
          parameters: Object.fromEntries(new URLSearchParams(body)),
          clientPort: request.socket.remotePort ?? 0,
        };
        this.seen.push(seen);
        (this.#acts.shift() ?? hangUp)(response, seen);
      });
    });
  }

  static async start(...acts: Act[]): Promise<ScriptedServer> {
    const scripted = new ScriptedServer(acts);
    await new Promise<void>((resolve) => scripted.#server.listen(0, "127.0.0.1", resolve));
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Answers JSON, with the given status and headers. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Act {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Answers as the service refuses. */
export function refuse(
  code: string,
  status: number,
  options: { readonly message?: string; readonly headers?: Record<string, string> } = {},
): Act {
  const body = {
    RequestId: `R-${code}`,
    HostId: "h",
    Code: code,
    Message: options.message ?? `Because ${code}.`,
  };
  return json(body, status, options.headers);
}

/** Answers what a proxy might: any text of any type. */
export function page(text: string, status: number, contentType = "text/html"): Act {
  return (response) => {
    response.writeHead(status, { "content-type": contentType });
    response.end(text);
  };
}

/** Closes the connection without an answer. */
export const hangUp: Act = (response) => response.destroy();

/** Says nothing. */
export const saysNothing: Act = () => {};

/** Promises more than it sends, and hangs up. */
export const cutShort: Act = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
  response.write('{"PushTaskId":"1"');
  setImmediate(() => response.destroy());
};

/** Starts a body and never ends it. */
export const neverEnds: Act = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"PushTaskId":');
};
