import type { IncomingMessage, ServerResponse } from "node:http";
import type { OperationName } from "../provider/wire/limits";
import type { CallRecord, Parameters } from "./call-record";
import type { Fault } from "./faults";
import type { Service } from "./service";
import type { SignedRequest } from "./signature-v3-check";

/** What an operation answers, without the `RequestId`. */
export type AnswerBody = Record<string, unknown>;

/** An operation whose parameters have been read and found valid; calling it does the work. */
export type Work = (service: Service) => AnswerBody;

/** What goes back to the client: a body to write as JSON or XML, or text as it stands. */
export interface Answer {
  httpStatus: number;
  body: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Sent as it stands: no hooks, no task ids as numbers. Default false. */
  readonly literal?: boolean;
}

/** One request on its way along the request path. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly received: SignedRequest;
  readonly path: string;
  /** All that query string and form body hold; the older signature covers it. */
  readonly allParameters: Parameters;
  /** The operation's own. */
  readonly parameters: Parameters;
  readonly requestId: string;
  /** The action as named by the request. */
  readonly action: string;
  /** How the answer is to be written. */
  readonly format: "JSON" | "XML";
  record?: CallRecord;
  operation?: OperationName;
  faults: readonly Fault[];
  work?: Work;
  answer?: Answer;
  /** The connection was reset: nothing more is done for the client. */
  dropped?: boolean;
}
