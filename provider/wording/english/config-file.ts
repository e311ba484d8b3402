import type { ConfigInUse } from "../command-line-words";
import type { ConfigFault, ConfigFileFault, PlacedConfigFault } from "../usage-faults";
import type { ByKind, Words } from "../words";
import { allOf } from "./lists";

/** The file, and what it sets. */
export function configText({ file, settings, overruled }: ConfigInUse): string {
  const counting = settings.filter((setting) => !overruled.includes(setting));
  const without =
    overruled.length > 0 ? `; the command line or the environment decides ${allOf(overruled)}` : "";
  return `${file}: ${counting.length === 0 ? "none" : allOf(counting)}${without}`;
}

export const configFileFaults: ByKind<ConfigFileFault> = {
  severalConfigs: ({ folder, names }) =>
    `The folder ${folder} has ${allOf(names)}. Keep one, or name one with --config.`,
  configNotReadable: ({ file, why }) => `The config file ${file} cannot be read: ${why}.`,
  configNotValid: ({ file, faults, more }, words) =>
    [
      ...faults.map((fault) => placedText(file, fault, words)),
      ...(more > 0 ? [`… and ${more} more`] : []),
    ].join("\n"),
};

/** `cdn-preload-gate.config.json:3: …`, as editors and terminals link it. */
function placedText(file: string, { line, fault }: PlacedConfigFault, words: Words): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${faultText(fault, words)}`;
}

function faultText(fault: ConfigFault, words: Words): string {
  switch (fault.kind) {
    case "syntax":
      return fault.words;
    case "unknownKey":
      return `there is no setting ${fault.key}${fault.similar === undefined ? "" : `; did you mean ${fault.similar}?`}`;
    case "ofOneRun":
      return `${fault.key} is for one run; give it at the command line, as --${fault.option}`;
    case "secret":
      return `${fault.key} may hold a secret, and a config file is no place for one: it is committed and copied. Use the environment, a profile, or an option of the command line`;
    case "keyTwice":
      return `${fault.key} is set twice`;
    case "wrongValue":
      return fault.placed.path.length === 0
        ? "the file must hold an object of settings"
        : words.placed(fault.placed);
  }
}
