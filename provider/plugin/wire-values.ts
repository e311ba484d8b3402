import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { SPECIAL_SIGNATURE } from "../resources/fingerprint";
import type { Raw } from "../resources/resource-call";

/** How the engine marks a secret among values. Source: the SDK's `runtime/rpc`. */
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** Values as the engine sends them, with what of them is secret told apart. */
export interface Received {
  /** In plain text. */
  readonly values: Raw;
  /** The keys whose values are secret, or hold one that is. */
  readonly secretKeys: ReadonlySet<string>;
}

/** Takes the marks of secrets off what the engine sent. */
export function received(struct: Struct | undefined): Received {
  const sent = (struct?.toJavaScript() ?? {}) as Raw;
  const secretKeys = new Set(Object.keys(sent).filter((key) => holdsSecret(sent[key])));
  return { values: unwrapped(sent) as Raw, secretKeys };
}

/**
 * Values for the engine.
 *
 * @param secretKeys whose values the engine is to encrypt.
 */
export function toSend(values: Raw, secretKeys: ReadonlySet<string> = new Set()): Struct {
  // Plain JSON: an `undefined` anywhere would fail the call after its side effect.
  const plain = JSON.parse(JSON.stringify(values)) as Raw;
  return Struct.fromJavaScript(
    Object.fromEntries(
      Object.entries(plain).map(([key, value]) => [key, secretKeys.has(key) ? secret(value) : value]),
    ) as Parameters<typeof Struct.fromJavaScript>[0],
  );
}

function secret(value: unknown): Raw {
  return { [SPECIAL_SIGNATURE]: SECRET_SIGNATURE, value };
}

function isSecret(value: unknown): value is { readonly value: unknown } {
  return (
    typeof value === "object" && value !== null && (value as Raw)[SPECIAL_SIGNATURE] === SECRET_SIGNATURE
  );
}

function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

function unwrapped(value: unknown): unknown {
  if (isSecret(value)) return unwrapped(value.value);
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  // What is null says no more than what is absent.
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, unwrapped(item)]));
}
