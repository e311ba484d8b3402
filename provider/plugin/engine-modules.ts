import * as grpc from "@grpc/grpc-js";
import * as services from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/engine_pb";
import type { EngineModules } from "../resources/engine-log";

/** What the log of the engine is reached with; imported statically, so that a bundle holds it. */
export const ENGINE_MODULES = { grpc, services, messages } as unknown as EngineModules;
