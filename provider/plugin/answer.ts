import { Metadata, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type InitFailed, initFailedMetadata, type StatusModules } from "../resources/init-failed";
import { pulumiWording } from "../resources/pulumi-wording";
import { PLUGIN_NAMES } from "../wording/front-names";

const STATUS_MODULES = { Metadata, Any, Struct, ErrorResourceInitFailed, Status } as unknown as StatusModules;

/** A resource that exists and is not what its program wants; see {@link InitFailed}. */
export class InitFailedError extends Error {
  readonly failed: InitFailed;

  constructor(failed: InitFailed) {
    super(failed.reasons[0]);
    this.failed = failed;
  }
}

/** Answers a call with what a function gives, or fails it in words that the engine shows. */
export function answer<Request, Response>(give: (request: Request) => Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>): void => {
    give(call.request).then(
      (response) => done(null, response),
      (error) => done(statusOf(error)),
    );
  };
}

function statusOf(error: unknown): { code: status; details: string; metadata?: Metadata } {
  const details = pulumiWording(PLUGIN_NAMES).thrownExplained(error);
  if (!(error instanceof InitFailedError)) return { code: status.UNKNOWN, details };
  const metadata = initFailedMetadata(error.failed, STATUS_MODULES) as unknown as Metadata;
  return { code: status.UNKNOWN, details, metadata };
}
