import { join } from "node:path";
import { valueSchema } from "../../core/options/fields";
import { isList } from "../../core/options/names";
import type { NamedOption } from "../../core/options/values";
import { type PlacedProblem, problemsOf } from "../../core/problems";
import type { ConfigFault } from "../../wording/usage-faults";
import { isSecretKey } from "./config-keys";

/** A value of a config file as the command line would hand it over, or what is wrong with it. */
export type ReadValue =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "faults"; readonly faults: readonly BelowKey[] };

/** A fault in a value. */
interface BelowKey {
  /** Where, from the key on. */
  readonly below: readonly PropertyKey[];
  readonly faultAt: (path: readonly PropertyKey[]) => ConfigFault;
}

/** @param folder where paths in the file start. */
export function readConfigValue(option: NamedOption, found: unknown, folder: string): ReadValue {
  const { type } = option;
  // One item needs no brackets.
  const value = isList(option) && type.kind !== "headers" ? [found].flat() : found;
  const parsed = valueSchema(type).safeParse(value);
  const faults = [
    ...(parsed.success ? [] : problemsOf(parsed.error).map(wrongValue)),
    ...(parsed.success && type.kind === "headers" ? secretHeaders(value as Headers) : []),
    ...(parsed.success && type.kind === "filesByKind" ? wrongReports(value as string[], type.of) : []),
  ];
  if (faults.length > 0) return { kind: "faults", faults };
  return { kind: "value", value: asGiven(option, value, folder) };
}

type Headers = Readonly<Record<string, readonly string[]>>;

function wrongValue({ path: below, problem }: PlacedProblem): BelowKey {
  return { below, faultAt: (path) => ({ kind: "wrongValue", placed: { path, problem } }) };
}

/** Their values are not looked at: a name says enough, and a value is never shown. */
function secretHeaders(headers: Headers): BelowKey[] {
  return Object.keys(headers)
    .filter(isSecretKey)
    .map((name) => ({ below: [name], faultAt: (path) => ({ kind: "secret", key: path.join(".") }) }));
}

function wrongReports(texts: readonly string[], kinds: readonly string[]): BelowKey[] {
  return texts.flatMap((text, index) => {
    const isKnown = kinds.some((kind) => text.startsWith(`${kind}=`) && text.length > kind.length + 1);
    return isKnown ? [] : [wrongValue({ path: [index], problem: { kind: "notAFileByKind", kinds } })];
  });
}

/** As the command line would hand it over; paths from the working directory. */
function asGiven({ type, setBy }: NamedOption, value: unknown, folder: string): unknown {
  const isPath = ["file", "folder"].includes(setBy.commandLine?.value ?? "");
  const fromHere = (path: string) => (isElsewhere(path) ? path : join(folder, path));
  switch (type.kind) {
    case "headers":
      return Object.entries(value as Headers).flatMap(([name, values]) =>
        values.map((one) => `${name}: ${one}`),
      );
    case "values":
      return (value as unknown[]).map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
    case "filesByKind":
      return (value as string[]).map((text) => text.replace(/(?<==).*$/s, fromHere));
    case "texts":
      return isPath ? (value as string[]).map(fromHere) : value;
    case "text":
      return isPath ? fromHere(value as string) : value;
    default:
      return value;
  }
}

/** Standard input, a URL, and a path that starts at the root. */
function isElsewhere(path: string): boolean {
  return (
    path === "-" || path.startsWith("/") || /^https?:\/\//i.test(path) || /^[a-z]:[\\/]|^\\\\/i.test(path)
  );
}
