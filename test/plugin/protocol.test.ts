import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Emulator, startEmulator } from "../../emulator";
import { version } from "../../package.json";
import { pluginFolder } from "../engine/plugin-folder";
import { until } from "../engine/until";

const URN = "urn:pulumi:test::project::alicdn:index:Preload::warm";

let child: ChildProcess;
let emulator: Emulator;
let client: ResourceProviderClient;
beforeEach(async () => {
  emulator = await startEmulator();
  child = spawn(join(pluginFolder(), "pulumi-resource-alicdn"), [], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = await once(createInterface(child.stdout!), "line");
  client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
    "grpc.max_send_message_length": -1,
    "grpc.max_receive_message_length": -1,
  } as object);
});
afterEach(async () => {
  client.close();
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  await emulator.close();
});

/** Calls the plugin as the engine does. */
function call<Request, Response>(name: keyof ResourceProviderClient, request: Request): Promise<Response> {
  const method = client[name] as unknown as (
    request: Request,
    done: (error: Error | null, response: Response) => void,
  ) => void;
  return new Promise((resolve, reject) => {
    method.call(client, request, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

function configure(): Promise<rpc.ConfigureResponse> {
  const settings = {
    endpoint: emulator.endpoint,
    accessKey: emulator.accessKeyId,
    // As the engine marks a secret.
    secretKey: {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: emulator.accessKeySecret,
    },
  };
  return call("configure", new rpc.ConfigureRequest().setArgs(Struct.fromJavaScript(settings)));
}

/** An engine that only takes messages. */
async function startEngine(): Promise<{ address: string; told: string[]; close(): void }> {
  const told: string[] = [];
  const server = new Server();
  server.addService(EngineService as never, {
    log: (request: { request: LogRequest }, done: (error: null, answer: Empty) => void) => {
      told.push(request.request.getMessage());
      done(null, new Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, told, close: () => server.forceShutdown() };
}

test("it says its version, takes a handshake, and says that it knows secrets and previews", async () => {
  const info = await call<Empty, plugin.PluginInfo>("getPluginInfo", new Empty());
  expect(info.getVersion()).toBe(version);
  const handshake = await call<rpc.ProviderHandshakeRequest, rpc.ProviderHandshakeResponse>(
    "handshake",
    new rpc.ProviderHandshakeRequest().setEngineAddress("127.0.0.1:1"),
  );
  expect(handshake.getAcceptSecrets()).toBe(true);
  const configured = await configure();
  expect(configured.toObject()).toMatchObject({ acceptsecrets: true, supportspreview: true });
});

test("a plugin that was started by hand tells its messages to the engine that attaches to it", async () => {
  const engine = await startEngine();
  try {
    await call("attach", new plugin.PluginAttach().setAddress(engine.address));
    await configure();
    const properties = Struct.fromJavaScript({ urls: ["https://cdn.example.com/app.js"] });
    const create = new rpc.CreateRequest().setUrn(URN).setProperties(properties).setPreview(true);
    await call("create", create);
    expect(engine.told).toEqual([expect.stringContaining("would submit 1 URL in 1 call, then wait")]);
  } finally {
    engine.close();
  }
});

test("a plugin that was started by hand refuses a second account of the same engine", async () => {
  await call("attach", new plugin.PluginAttach().setAddress("127.0.0.1:1"));
  await configure();
  await configure();
  const other = new rpc.ConfigureRequest().setArgs(Struct.fromJavaScript({ profile: "other" }));
  await expect(call("configure", other)).rejects.toThrow("serves one account");
  await call("attach", new plugin.PluginAttach().setAddress("127.0.0.1:2"));
  await call("configure", other);
});

test("a message larger than gRPC's own limit of 4 MiB is taken and given back", async () => {
  const inputs = { urls: ["https://cdn.example.com/app.js"], triggers: ["x".repeat(6_000_000)] };
  const check = new rpc.CheckRequest().setUrn(URN).setNews(Struct.fromJavaScript(inputs));
  const answer = await call<rpc.CheckRequest, rpc.CheckResponse>("check", check);
  expect(answer.getFailuresList()).toEqual([]);
  expect(answer.getInputs()?.toJavaScript()).toEqual(inputs);
});

test("a resource, a function and a call that there are not are refused by name", async () => {
  const check = new rpc.CheckRequest().setUrn("urn:pulumi:test::project::alicdn:index:Purge::warm");
  await expect(call("check", check)).rejects.toThrow(
    "alicdn:index:Purge is no resource of this plugin; there are alicdn:index:Preload and alicdn:index:PreloadGate.",
  );
  await expect(call("invoke", new rpc.InvokeRequest().setTok("alicdn:index:getX"))).rejects.toThrow(
    "This plugin has no function alicdn:index:getX.",
  );
  await expect(call("getMapping", new rpc.GetMappingRequest())).rejects.toThrow(/UNIMPLEMENTED/);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends it within five seconds, also while it waits",
  async (signal) => {
    await configure();
    const url = "https://cdn.example.com/emulate-never-ends/app.js";
    const create = new rpc.CreateRequest().setUrn(URN).setProperties(Struct.fromJavaScript({ urls: [url] }));
    const created = call("create", create).catch(() => undefined);
    await until(() => emulator.submissionCount() === 1);
    const signalledAtMs = performance.now();
    child.kill(signal);
    await once(child, "exit");
    expect(performance.now() - signalledAtMs).toBeLessThan(5_000);
    await created;
  },
);
