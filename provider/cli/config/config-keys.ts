import { fileOptions, flagName, variablesOf } from "../../core/options/names";
import { allOptions, optionsIn } from "../../core/options/values";
import { closestName } from "../../gate/closest-name";
import type { ConfigFault } from "../../wording/usage-faults";

/** The settings of the gate may also stand in an object of this name, as in the resources' inputs. */
export const GATE_KEY = "gate";
/** For editors. */
export const SCHEMA_KEY = "$schema";

/** Names under which this project and others keep secrets. */
const SECRET_KEY = /secret|password|passwd|credential|token|accesskey|privatekey|apikey|authorization|cookie/;

/**
 * Whether what a key of this name holds is, or may be, a secret: a config file lies in a repository, which keeps it for
 * all time.
 */
export function isSecretKey(key: string): boolean {
  const letters = lettersOf(key);
  return SECRET_KEY.test(letters) || keysOfCredentials().includes(letters);
}

/** What is wrong with a key that is no setting. @param path its last part is the key. */
export function faultOfKey(path: readonly string[]): ConfigFault {
  const key = path.at(-1) ?? "";
  const shown = path.join(".");
  if (isSecretKey(key)) return { kind: "secret", key: shown };
  const names: string[] = fileOptions().map(({ name }) => name);
  const similar = closestName(key, [...names, GATE_KEY, SCHEMA_KEY]);
  const ofOneRun = allOptions().find(
    (option) =>
      option.setBy.commandLine &&
      !names.includes(option.name) &&
      [option.name, flagName(option)].includes(key),
  );
  return ofOneRun && similar === undefined
    ? { kind: "ofOneRun", key: shown, option: flagName(ofOneRun) }
    : { kind: "unknownKey", key: shown, similar };
}

/** The names of an access key at every front, and its variables. */
function keysOfCredentials(): string[] {
  return optionsIn("key").flatMap((option) =>
    [option.name, flagName(option), ...variablesOf(option)].map(lettersOf),
  );
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}
