import type { SessionSetting, SettingSource } from "../resources/session-settings";

/** Settings that the Alibaba Cloud provider does not have; the others are called as there. */
const OWN_SETTINGS: readonly SessionSetting[] = ["endpoint", "callsPerSecond", "pollIntervalFactor"];

/**
 * Settings as the stack's config holds them: `alicloud:accessKey` and all else that the Alibaba Cloud provider knows,
 * so that its users need nothing new; `alicdn:endpoint` and the rates.
 */
export function stackConfig(read: (key: string) => string | undefined): SettingSource {
  const keyOf = (setting: SessionSetting) =>
    `${OWN_SETTINGS.includes(setting) ? "alicdn" : "alicloud"}:${setting}`;
  return {
    read: (setting) => read(keyOf(setting)),
  };
}
