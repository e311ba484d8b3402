/**
 * The provider as the engine calls it over gRPC.
 *
 * | call                 | does                                                                                |
 * |----------------------|-------------------------------------------------------------------------------------|
 * | GetSchema            | gives the schema, of which the SDKs of all languages are made                       |
 * | CheckConfig          | names each setting that is not valid, or is none                                    |
 * | Configure            | takes the account; another provider resource of the stack is another process        |
 * | Check                | names each input that is not valid                                                  |
 * | Diff                 | replace, update or nothing, by names that the program knows                         |
 * | Create, Update       | in a preview: tell what they would do; else as the dynamic provider's               |
 * | Read                 | refreshes what is saved; without a state it imports a task by its id                |
 * | Delete               | forgets                                                                             |
 * | Invoke               | the functions                                                                       |
 * | Cancel               | ends the waits under way, which then save what they know                            |
 */
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { VERSION } from "../core/version";
import { parseInputs, UNKNOWN_VALUE } from "../resources/inputs";
import { DERIVED_OUTPUTS, OUTPUT_NAMES, type Outputs, REPLACING_INPUTS } from "../resources/outputs";
import { pulumiWording } from "../resources/pulumi-wording";
import type { Raw, ResourceCall } from "../resources/resource-call";
import { NotAcceptedError } from "../resources/resource-error";
import { ResourceVerbs } from "../resources/resource-verbs";
import { PLUGIN_NAMES } from "../wording/front-names";
import { answer, InitFailedError } from "./answer";
import { configurationProblems } from "./configuration";
import { FUNCTIONS } from "./functions";
import { importTask } from "./import-task";
import { type PropertyChange, propertyChanges } from "./property-diff";
import { ProviderHost } from "./provider-host";
import { schemaOf } from "./schema";
import { kindOfToken } from "./schema-tokens";
import { type Received, received, toSend } from "./wire-values";

export class ProviderService {
  readonly #host: ProviderHost;
  readonly #verbs: ResourceVerbs;

  /** @param engineAddress `undefined` where the plugin waits to be attached to. */
  constructor(engineAddress: string | undefined) {
    this.#host = new ProviderHost(engineAddress);
    this.#verbs = new ResourceVerbs(this.#host);
  }

  /** The calls that are served; to any other the server answers that it is not implemented. */
  handlers(): UntypedServiceImplementation {
    return {
      handshake: answer(async () => this.#handshake()),
      attach: answer(async (request: plugin.PluginAttach) => this.#attach(request)),
      getPluginInfo: answer(async () => new plugin.PluginInfo().setVersion(VERSION)),
      getSchema: answer(async () => new rpc.GetSchemaResponse().setSchema(JSON.stringify(schemaOf()))),
      checkConfig: answer(async (request: rpc.CheckRequest) => this.#checkConfig(request)),
      diffConfig: answer(async (request: rpc.DiffRequest) => this.#diffConfig(request)),
      configure: answer(async (request: rpc.ConfigureRequest) => this.#configure(request)),
      check: answer(async (request: rpc.CheckRequest) => this.#check(request)),
      diff: answer((request: rpc.DiffRequest) => this.#diff(request)),
      create: answer((request: rpc.CreateRequest) => this.#create(request)),
      update: answer((request: rpc.UpdateRequest) => this.#update(request)),
      read: answer((request: rpc.ReadRequest) => this.#read(request)),
      delete: answer((request: rpc.DeleteRequest) => this.#delete(request)),
      invoke: answer((request: rpc.InvokeRequest) => this.#invoke(request)),
      cancel: answer(async () => {
        this.#host.inFlight.interrupt();
        return new Empty();
      }),
    };
  }

  #handshake(): rpc.ProviderHandshakeResponse {
    return new rpc.ProviderHandshakeResponse().setAcceptSecrets(true);
  }

  #attach(request: plugin.PluginAttach): Empty {
    this.#host.attach(request.getAddress());
    return new Empty();
  }

  #checkConfig(request: rpc.CheckRequest): rpc.CheckResponse {
    const { values } = received(request.getNews());
    return checked(request, configurationProblems(values));
  }

  /** Another account or rate replaces nothing: what was submitted stays as it is. */
  #diffConfig(request: rpc.DiffRequest): rpc.DiffResponse {
    const olds = received(request.getOldInputs() ?? request.getOlds()).values;
    const news = received(request.getNews()).values;
    const isSame =
      JSON.stringify(toSend(olds).toJavaScript()) === JSON.stringify(toSend(news).toJavaScript());
    const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
    return new rpc.DiffResponse().setChanges(isSame ? DIFF_NONE : DIFF_SOME);
  }

  #configure(request: rpc.ConfigureRequest): rpc.ConfigureResponse {
    this.#host.configure(received(request.getArgs()).values);
    return new rpc.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
  }

  #check(request: rpc.CheckRequest): rpc.CheckResponse {
    const news = received(request.getNews());
    const parsed = parseInputs(callOf(request, news).kind, news.values);
    return checked(request, parsed.ok ? [] : parsed.problems.map(pulumiWording(PLUGIN_NAMES).input));
  }

  async #diff(request: rpc.DiffRequest): Promise<rpc.DiffResponse> {
    const news = received(request.getNews());
    const olds = received(request.getOlds()).values;
    const difference = await this.#verbs.diff(callOf(request, news), { olds, news: news.values });
    const oldInputs = received(request.getOldInputs()).values;
    return diffResponse(propertyChanges(difference, { oldInputs, news: news.values }));
  }

  async #create(request: rpc.CreateRequest): Promise<rpc.CreateResponse> {
    const news = received(request.getProperties());
    const call = callOf(request, news);
    if (request.getPreview()) {
      await this.#verbs.tellCreate(call, news.values);
      return new rpc.CreateResponse().setProperties(unknownOutputs(news));
    }
    const { id, outputs } = await orInitFailed(news, () => this.#verbs.create(call, news.values));
    return new rpc.CreateResponse().setId(id).setProperties(sentOutputs(outputs, news));
  }

  async #update(request: rpc.UpdateRequest): Promise<rpc.UpdateResponse> {
    const news = received(request.getNews());
    const call = { ...callOf(request, news), id: request.getId() };
    const change = { olds: received(request.getOlds()).values, news: news.values };
    if (request.getPreview()) {
      await this.#verbs.tellUpdate(call, change);
      return new rpc.UpdateResponse().setProperties(unknownOutputs(news));
    }
    const outputs = await orInitFailed(news, () => this.#verbs.update(call, change));
    return new rpc.UpdateResponse().setProperties(sentOutputs(outputs, news));
  }

  async #read(request: rpc.ReadRequest): Promise<rpc.ReadResponse> {
    const olds = received(request.getProperties());
    const inputs = received(request.getInputs());
    const id = request.getId();
    if (olds.values.stateVersion === undefined) return this.#import(request);
    const { outputs, unhealthy } = await this.#verbs.read(callOf(request, inputs), olds.values);
    const properties = toSend(ownOutputs(outputs), olds.secretKeys);
    if (unhealthy !== undefined)
      throw new InitFailedError({ id, outputs: properties.toJavaScript(), reasons: unhealthy });
    return new rpc.ReadResponse().setId(id).setProperties(properties).setInputs(request.getInputs());
  }

  /** Without a state there is but an id: `pulumi import`, the option `import`, or a `get` of a program. */
  async #import(request: rpc.ReadRequest): Promise<rpc.ReadResponse> {
    const call = callOf(request, received(request.getInputs()));
    const id = request.getId();
    const { inputs, outputs } = await this.#host.inFlight.run((signal) =>
      importTask(id, call.kind, this.#verbs.contextOf(call, signal)),
    );
    return new rpc.ReadResponse().setId(id).setProperties(toSend(outputs)).setInputs(toSend(inputs));
  }

  async #invoke(request: rpc.InvokeRequest): Promise<rpc.InvokeResponse> {
    const called = FUNCTIONS[request.getTok()];
    if (called === undefined) {
      const fault = { kind: "unknownFunction", token: request.getTok() } as const;
      throw new Error(pulumiWording(PLUGIN_NAMES).pulumiFault(fault));
    }
    const args = received(request.getArgs());
    const openSession = () => this.#host.openSession();
    const result = await this.#host.inFlight.run((signal) => called(args.values, { openSession, signal }));
    return new rpc.InvokeResponse().setReturn(toSend(result));
  }

  async #delete(request: rpc.DeleteRequest): Promise<Empty> {
    await this.#verbs.delete(callOf(request, received(request.getOldInputs())));
    return new Empty();
  }
}

/** Whether a secret input keeps the URLs secret, or what leads to them. */
function hidesUrls(secretKeys: ReadonlySet<string>): boolean {
  return ["urls", "headers", "taskIds"].some((key) => secretKeys.has(key));
}

/** What a call is about; a preload or a gate over tasks hides what it holds where its URLs or tasks are secret. */
function callOf(
  request: { getUrn(): string; getTimeout?(): number },
  { secretKeys }: Received,
): ResourceCall {
  const urn = request.getUrn();
  const timeoutMs = (request.getTimeout?.() ?? 0) * 1000;
  return {
    kind: kindOfToken(urn.split("::")[2]?.split("$").at(-1) ?? ""),
    urn,
    urlsAreSecret: hidesUrls(secretKeys),
    timeoutMs: timeoutMs > 0 ? timeoutMs : undefined,
  };
}

function checked(request: rpc.CheckRequest, problems: readonly string[]): rpc.CheckResponse {
  const response = new rpc.CheckResponse().setInputs(request.getNews());
  // An empty property, since the engine would print the property's value, secrets in the clear.
  return response.setFailuresList(
    problems.map((reason) => new rpc.CheckFailure().setProperty("").setReason(reason)),
  );
}

function diffResponse(changes: readonly PropertyChange[]): rpc.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  const response = new rpc.DiffResponse()
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(changes.map(({ name }) => name))
    .setReplacesList(changes.filter(({ replaces }) => replaces).map(({ name }) => name))
    .setHasdetaileddiff(true);
  for (const change of changes) {
    const detail = new rpc.PropertyDiff().setKind(detailedKind(change)).setInputdiff(change.isInput);
    response.getDetaileddiffMap().set(change.name, detail);
  }
  return response;
}

function detailedKind({ kind, replaces }: PropertyChange): rpc.PropertyDiff.Kind {
  const { Kind } = rpc.PropertyDiff;
  const [plain, replacing] = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  }[kind] as [rpc.PropertyDiff.Kind, rpc.PropertyDiff.Kind];
  return replaces ? replacing : plain;
}

/** Outputs without what a state of the dynamic provider held beside them. */
function ownOutputs({ context, __context, __provider, ...outputs }: Outputs): Outputs {
  return outputs;
}

function sentOutputs(outputs: Outputs, inputs: Received) {
  return toSend(ownOutputs(outputs), secretOutputs(inputs));
}

/** What repeats a secret input is secret as well. */
function secretOutputs({ secretKeys }: Received): ReadonlySet<string> {
  return new Set([...secretKeys, ...(hidesUrls(secretKeys) ? DERIVED_OUTPUTS : [])]);
}

/** What a preview knows of outputs: the inputs that they repeat. */
function unknownOutputs(inputs: Received) {
  const repeated = REPLACING_INPUTS.map((key) => [key, inputs.values[key]]);
  const unknown = OUTPUT_NAMES.filter((name) => name !== "acceptedBy").map((name) => [name, UNKNOWN_VALUE]);
  const outputs = Object.fromEntries([...repeated, ["gate", inputs.values.gate], ...unknown]) as Raw;
  return toSend(outputs, secretOutputs(inputs));
}

async function orInitFailed<T>(inputs: Received, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof NotAcceptedError)) throw error;
    const { id, reasons, properties } = error;
    throw new InitFailedError({ id, reasons, outputs: sentOutputs(properties, inputs).toJavaScript() });
  }
}
