import type { IncomingMessage, ServerResponse } from "node:http";
import type { OperationName } from "../provider/wire/limits";
import type { Fault, FaultKind } from "./faults";
import type { Service } from "./service";
import type { SignedRequest } from "./signature-v3-check";

/** A request's parameters by name, from its query string and its form body. */
export type Parameters = Readonly<Record<string, string>>;

/** What an operation answers, without the `RequestId`. */
export type AnswerBody = Record<string, unknown>;

/** An operation whose parameters have been read and found valid; calling it does the work. */
export type Work = (service: Service) => AnswerBody;

/** One request to the service, as tests and people see it afterwards. */
export interface CallRecord {
  /** When it arrived, by the emulator's clock: ISO 8601, UTC. */
  readonly at: string;
  /** The operation as named by the request; empty where it names none. */
  readonly operation: string;
  /** The operation's own, without key, signature and the like. */
  readonly parameters: Parameters;
  readonly requestId: string;
  /** What the client got to see; 0: nothing yet, or never (a reset, a hang). */
  httpStatus: number;
  /** `Code` of the error answer. */
  errorCode?: string;
  /** The task ids that a submission was answered with, or would have been without a fault. */
  taskIds?: readonly string[];
  /** The fault that decided how it ended. */
  fault?: FaultKind;
}

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
