/** The gRPC status code of an unspecified error. */
export const UNKNOWN_STATUS = 2;

/** A resource that exists and is not what its program wants: dependents are not created, and the outputs are kept. */
export interface InitFailed {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** At least one. */
  readonly reasons: readonly string[];
}

/** What of the SDK's protobuf modules and of gRPC is used; each front brings its own. */
export interface StatusModules {
  readonly Metadata: new () => Metadata;
  readonly Any: new () => { pack(bytes: Uint8Array, name: string): void };
  readonly Struct: { fromJavaScript(value: object): unknown };
  readonly ErrorResourceInitFailed: new () => {
    setId(id: string): void;
    setProperties(properties: unknown): void;
    setInputs(inputs: unknown): void;
    setReasonsList(reasons: string[]): void;
    serializeBinary(): Uint8Array;
  };
  readonly Status: new () => {
    setCode(code: number): void;
    setMessage(message: string): void;
    addDetails(details: unknown): void;
    serializeBinary(): Uint8Array;
  };
}

interface Metadata {
  add(key: string, value: Buffer): void;
}

/** The metadata of an answer with {@link UNKNOWN_STATUS} by which the engine knows a partial failure. */
export function initFailedMetadata(failed: InitFailed, modules: StatusModules): Metadata {
  const detail = new modules.ErrorResourceInitFailed();
  detail.setId(failed.id);
  detail.setProperties(modules.Struct.fromJavaScript(failed.outputs));
  if (failed.inputs) detail.setInputs(modules.Struct.fromJavaScript(failed.inputs));
  detail.setReasonsList([...failed.reasons]);
  const details = new modules.Any();
  details.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new modules.Status();
  status.setCode(UNKNOWN_STATUS);
  status.setMessage(failed.reasons[0]!);
  status.addDetails(details);
  const metadata = new modules.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
