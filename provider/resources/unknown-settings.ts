import leven from "leven";
import { type ConfigSetting, configSettings } from "../core/options/values";

/** This project's own namespace in a stack's config. */
export const OWN_NAMESPACE = "alicdn";

/** A name of a configuration that is no setting. */
export interface UnknownSetting {
  /** With the namespace. */
  readonly setting: string;
  /** The setting whose name comes so close that it was surely meant. */
  readonly meant: ConfigSetting | undefined;
}

/** What a configuration may hold beside the settings: of the engine, not of a provider. */
const OF_THE_ENGINE = /^(version|pluginDownloadURL|__.*)$/;

/** Those names that are no settings. @param names without the namespace. */
export function unknownSettings(names: readonly string[]): UnknownSetting[] {
  const known = new Set<string>(configSettings().map(({ name }) => name));
  return names
    .filter((name) => !known.has(name) && !OF_THE_ENGINE.test(name))
    .map((name) => ({ setting: `${OWN_NAMESPACE}:${name}`, meant: closestSetting(name) }));
}

/** More edits than this make another name, however long it is. */
const MAX_EDITS = 3;

/** The setting that differs least from a name: in case and separators, or in few letters for its length. */
function closestSetting(name: string): ConfigSetting | undefined {
  const written = lettersOf(name);
  const candidates = configSettings()
    .map((setting) => {
      const letters = lettersOf(setting.name);
      const mostEdits = Math.min(MAX_EDITS, Math.floor(Math.max(letters.length, written.length) / 3));
      return { name: setting.name, edits: leven(letters, written), mostEdits };
    })
    .filter(({ edits, mostEdits }) => edits <= mostEdits);
  return candidates.toSorted((one, other) => one.edits - other.edits)[0]?.name;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, "");
}
