import { createRequire } from "node:module";
import type { Outputs } from "./outputs";

/** What of the SDK's protobuf modules is used. */
interface Metadata {
  add(key: string, value: Buffer): void;
}

/** The gRPC status code of an unspecified error. */
const UNKNOWN_STATUS = 2;

/**
 * The error with which a refresh keeps what it has read and stays marked as unhealthy. The host packs this
 * for `create` and `update` only; from `read` it passes an error on as it is, so it comes packed.
 */
export function unhealthyRead(options: {
  readonly id: string;
  /** Of the resource. */
  readonly name: string;
  readonly outputs: Outputs;
  readonly reasons: readonly string[];
}): Error {
  const reasons = options.reasons.length > 0 ? options.reasons : ["The saved verdict does not pass."];
  const error = Object.assign(new Error(reasons[0]), {
    code: UNKNOWN_STATUS,
    metadata: packed({ ...options, reasons }),
  });
  // The host prints an error of read by its name and stack, on the stack's row. The reasons stand on the resource's.
  error.stack = `${options.name} stays marked as unhealthy; its own row says why.`;
  error.toString = () => "cdn-preload-gate";
  return error;
}

function packed(options: { id: string; outputs: Outputs; reasons: readonly string[] }): Metadata {
  const ofPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const grpc = ofPulumi("@grpc/grpc-js");
  const { Any } = ofPulumi("google-protobuf/google/protobuf/any_pb.js");
  const { Struct } = ofPulumi("google-protobuf/google/protobuf/struct_pb.js");
  const { ErrorResourceInitFailed } = ofPulumi("@pulumi/pulumi/proto/provider_pb");
  const { Status } = ofPulumi("@pulumi/pulumi/proto/status_pb");

  const detail = new ErrorResourceInitFailed();
  detail.setId(options.id);
  detail.setProperties(Struct.fromJavaScript(options.outputs));
  detail.setReasonsList([...options.reasons]);
  const details = new Any();
  details.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(UNKNOWN_STATUS);
  status.setMessage(options.reasons[0]);
  status.addDetails(details);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
