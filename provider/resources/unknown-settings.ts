import { type ConfigSetting, configSettings } from "../core/options/values";
import { closestName } from "../gate/closest-name";

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
  const known = configSettings().map(({ name }) => name);
  return names
    .filter((name) => !known.some((setting) => setting === name) && !OF_THE_ENGINE.test(name))
    .map((name) => ({ setting: `${OWN_NAMESPACE}:${name}`, meant: closestName(name, known) }));
}
