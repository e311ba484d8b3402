import { unknownSettings } from "../../../provider/resources/unknown-settings";

const meantBy = (name: string) => unknownSettings([name])[0]?.meant;

test.each([
  ["pollIntervalFacter", "pollIntervalFactor"],
  ["acessKey", "accessKey"],
  ["accessKeyId", "accessKey"],
  ["endpiont", "endpoint"],
  ["endpoints", "endpoint"],
  ["regoin", "region"],
  ["profil", "profile"],
  ["callsPerSec", "callsPerSecond"],
  ["CALLS_PER_SECOND", "callsPerSecond"],
  ["calls-per-second", "callsPerSecond"],
  ["assumeRoleWithOIDC", "assumeRoleWithOidc"],
  ["assume_role", "assumeRole"],
])("%s is taken for %s", (name, meant) => {
  expect(meantBy(name)).toBe(meant);
});

test.each(["domain", "prefix", "urls", "bucket", "releaseTimeout", "gate", "x", "token"])(
  "%s is no misspelt setting",
  (name) => {
    expect(unknownSettings([name])).toEqual([{ setting: `alicdn:${name}`, meant: undefined }]);
  },
);

test("settings, and what the engine keeps there, are known", () => {
  const known = ["endpoint", "accessKey", "version", "pluginDownloadURL", "__internal"];
  expect(unknownSettings(known)).toEqual([]);
});
