import { type ConfigSetting, configSettings, type NamedSetting } from "../core/options/values";
import type { SettingSource } from "../resources/session-settings";
import { OWN_NAMESPACE, unknownSettings } from "../resources/unknown-settings";
import type { PulumiFault } from "../wording/pulumi-words";

/** What is wrong with names in this package's namespace of the stack's config. */
export interface JudgedNames {
  /** What nothing may start with. */
  readonly refused: readonly PulumiFault[];
  /** What may be right. */
  readonly doubted: readonly PulumiFault[];
}

/**
 * Judges the names in this package's namespace of the stack's config.
 *
 * The namespace is not this package's alone. The plugin reads it too, and a program or a library may keep values of
 * its own there. So a name is refused only where a setting was surely meant that is not set: left out in silence, it
 * would let another account or another endpoint take its place.
 */
export function judgeConfigNames(names: readonly string[], config: SettingSource): JudgedNames {
  const isUnset = (setting: ConfigSetting) => config.read(setting) === undefined;
  const settings = configSettings()
    .filter(isOwn)
    .map(({ name }) => name);
  const unknown = unknownSettings(names).map((found) => ({
    isRefused: found.meant !== undefined && isUnset(found.meant),
    fault: { kind: "unknownSetting", ...found, settings } as const,
  }));
  const ofPlugin = configSettings()
    .filter((setting) => !isOwn(setting) && names.includes(setting.name) && isUnset(setting.name))
    .map(
      ({ name }) => ({ kind: "settingOfPlugin", setting: `${OWN_NAMESPACE}:${name}`, own: name }) as const,
    );
  return {
    refused: [...unknown.filter(({ isRefused }) => isRefused).map(({ fault }) => fault), ...ofPlugin],
    doubted: unknown.filter(({ isRefused }) => !isRefused).map(({ fault }) => fault),
  };
}

function isOwn({ setBy }: NamedSetting): boolean {
  return setBy.config === OWN_NAMESPACE;
}
