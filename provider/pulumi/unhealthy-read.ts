import { createRequire } from "node:module";
import {
  type InitFailed,
  initFailedMetadata,
  type StatusModules,
  UNKNOWN_STATUS,
} from "../resources/init-failed";
import { pulumiWording } from "../resources/pulumi-wording";
import { PULUMI_NAMES } from "../wording/front-names";

/**
 * The error with which a refresh keeps what it has read and stays marked as unhealthy. The host packs this
 * for `create` and `update` only; from `read` it passes an error on as it is, so it comes packed.
 *
 * @param name of the resource, where it is known.
 */
export function unhealthyRead(name: string | undefined, failed: InitFailed): Error {
  const error = Object.assign(new Error(failed.reasons[0]), {
    code: UNKNOWN_STATUS,
    metadata: initFailedMetadata(failed, modulesOfHost()),
  });
  // The host prints an error of read by its name and stack, on the stack's row. The reasons stand on the resource's.
  error.stack = pulumiWording(PULUMI_NAMES).pulumiFault({ kind: "staysUnhealthy", name });
  error.toString = () => "cdn-preload-gate";
  return error;
}

/** The modules that the host itself runs on: metadata of another gRPC would not be its own. */
function modulesOfHost(): StatusModules {
  const ofPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  return {
    Metadata: ofPulumi("@grpc/grpc-js").Metadata,
    Any: ofPulumi("google-protobuf/google/protobuf/any_pb.js").Any,
    Struct: ofPulumi("google-protobuf/google/protobuf/struct_pb.js").Struct,
    ErrorResourceInitFailed: ofPulumi("@pulumi/pulumi/proto/provider_pb").ErrorResourceInitFailed,
    Status: ofPulumi("@pulumi/pulumi/proto/status_pb").Status,
  };
}
