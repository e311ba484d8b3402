import { configKey } from "../core/options/names";
import { settingNamed } from "../core/options/values";
import type { SettingSource } from "../resources/session-settings";

/** Settings as the stack's config holds them, each under the key that the table of options gives it. */
export function stackConfig(read: (key: string) => string | undefined): SettingSource {
  return { read: (setting) => read(configKey(settingNamed(setting))) };
}
