import { createHash } from "node:crypto";
import type { OptionName } from "../core/options/settings";
import { inputsThatStartAgain, optionNamed } from "../core/options/values";
import { gatePolicy } from "../core/policy-schema";
import { parsePreloadUrl } from "../core/preload-url";

/**
 * A short digest of the inputs that a verdict is about. The resource compares the one of the program with
 * the one of the saved verdict, so that `passed` never speaks of other inputs than the program's own.
 *
 * Settings at their default count as absent: a default that a later release adds changes no fingerprint.
 */
export function fingerprintOf(inputs: Readonly<Record<string, unknown>>): string {
  const urls = asList(inputs.urls)?.map((url) => identityOf(String(url).trim()));
  const taskIds = asList(inputs.taskIds)?.flatMap((list) =>
    String(list)
      .split(",")
      .map((id) => id.trim()),
  );
  const judged = {
    urls: urls && [...new Set(urls)].sort(),
    taskIds: taskIds && [...new Set(taskIds)].sort(),
    ...Object.fromEntries(
      inputsThatStartAgain().map(({ name }) => [name, withoutDefault(name, withoutHandles(inputs[name]))]),
    ),
    gate: withoutDefaults(inputs.gate),
  };
  return createHash("sha256").update(canonicalJson(judged)).digest("hex").slice(0, 32);
}

/** What is no URL is told elsewhere: here its text stands for itself. */
function identityOf(text: string): string {
  const parsed = parsePreloadUrl(text);
  return parsed.ok ? parsed.url.identity : text;
}

/** How the engine marks assets, archives and resources among values. Source: the SDK's `runtime/rpc`. */
export const SPECIAL_SIGNATURE = "4dabf18193072939515e22adb298388d";

/**
 * The same value with a word in place of each asset, archive and resource: a program and the engine hold
 * these in forms that cannot be compared. That one has changed is seen by `diff`.
 */
function withoutHandles(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutHandles);
  if (typeof value !== "object" || value === null) return value;
  const isHandle = ["__pulumiAsset", "__pulumiArchive", "__pulumiResource", SPECIAL_SIGNATURE].some(
    (key) => key in value,
  );
  if (isHandle) return "(asset or resource)";
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutHandles(item)]));
}

/** A gate's settings that are not at their default; `undefined` when none is. */
export function withoutDefaults(gate: unknown): Record<string, unknown> | undefined {
  const defaults: Record<string, unknown> = gatePolicy.parse({});
  const changed = Object.entries(gate ?? {}).filter(
    ([key, value]) => value !== undefined && value !== null && value !== defaults[key],
  );
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}

/** The value of an option; `undefined` where it says no more than its absence. */
export function withoutDefault(name: OptionName, value: unknown): unknown {
  return value === optionNamed(name).default ? undefined : emptyAsAbsent(value);
}

/** An empty list or object says no more than none at all. */
function emptyAsAbsent(value: unknown): unknown {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return isEmpty ? undefined : value;
}

/** JSON with sorted keys, so that equal values have equal texts; what is absent and `null` are the same. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

function asList(value: unknown): unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value : [value];
}
