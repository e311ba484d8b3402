import { configSettings } from "../core/options/values";
import { holdsUnknown } from "../resources/inputs";
import { pulumiWording } from "../resources/pulumi-wording";
import type { Raw } from "../resources/resource-call";
import { type SettingSource, sessionOptionsOf } from "../resources/session-settings";
import { unknownSettings } from "../resources/unknown-settings";
import { PLUGIN_NAMES } from "../wording/front-names";

/**
 * Settings as the engine sends them to this provider: the stack's config under `alicdn:`, or the properties of an
 * explicit provider resource.
 */
export function providerConfiguration(values: Raw): SettingSource {
  return {
    read: (setting) => textOf(values[setting]),
  };
}

/** What is wrong with a configuration; of what is not known yet, nothing. */
export function configurationProblems(values: Raw): string[] {
  const wording = pulumiWording(PLUGIN_NAMES);
  const known = configSettings().map(({ name }) => name);
  // Left out in silence, a misspelt setting would let another identity take its place.
  const unknown = unknownSettings(Object.keys(values)).map((found) =>
    wording.pulumiFault({ kind: "unknownSetting", ...found, settings: known }),
  );
  if (holdsUnknown(values)) return unknown;
  try {
    sessionOptionsOf(providerConfiguration(values));
    return unknown;
  } catch (error) {
    return [...unknown, wording.thrown(error)];
  }
}

/** The engine sends a value that is not a string as JSON in a string. Some programs send the value itself. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
