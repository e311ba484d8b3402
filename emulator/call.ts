import type { IncomingMessage, ServerResponse } from "node:http";
import type { OperationName } from "../provider/wire/limits";
import type { CallRecord, Parameters } from "./call-record";
import type { Fault } from "./faults";
import type { Service } from "./service";
import type { SignedRequest } from "./signature-v3-check";

/** The answer of an operation, without the `RequestId`. */
export type AnswerBody = Record<string, unknown>;

/** An operation with valid parameters. Call it to do the work. */
export type Work = (service: Service) => AnswerBody;

/** The answer to the client: a body to write as JSON or XML, or literal text. */
export interface Answer {
  httpStatus: number;
  body: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Sent unchanged: no hooks, and no task ids as numbers. Default false. */
  readonly literal?: boolean;
}

/** One request on its way along the request path. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly received: SignedRequest;
  readonly path: string;
  /** Everything in the query string and the form body. The older signature covers it. */
  readonly allParameters: Parameters;
  /** The parameters of the operation. */
  readonly parameters: Parameters;
  readonly requestId: string;
  /** The action that the request names. */
  readonly action: string;
  /** The format of the answer. */
  readonly format: "JSON" | "XML";
  record?: CallRecord;
  operation?: OperationName;
  faults: readonly Fault[];
  work?: Work;
  answer?: Answer;
  /** The connection was reset, so the client gets no answer. */
  dropped?: boolean;
}
