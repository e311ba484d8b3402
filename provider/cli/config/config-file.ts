import { readFileSync } from "node:fs";
import { dirname, extname, relative, resolve } from "node:path";
import { GateError } from "../../core/errors";
import { fileOptions } from "../../core/options/names";
import type { NamedOption } from "../../core/options/values";
import { decodeText } from "../../gate/url-sources/decode-text";
import type { ConfigFault, PlacedConfigFault } from "../../wording/usage-faults";
import { UsageError } from "../usage-error";
import { faultOfKey, GATE_KEY, SCHEMA_KEY } from "./config-keys";
import { type ConfigContent, parseConfig } from "./config-text";
import { readConfigValue } from "./config-value";

/** A config file that was read. */
export interface ConfigFile {
  /** For messages: as it was given, else from the working directory. */
  readonly file: string;
  /** What it sets, by option, as the command line would hand it over. */
  readonly values: ReadonlyMap<NamedOption, unknown>;
}

/** Faults that are named one by one. */
const MAX_NAMED_FAULTS = 10;

/**
 * Reads a config file.
 *
 * @throws UsageError with all that is wrong with it, each with its line.
 */
export function readConfigFile(file: string): ConfigFile {
  const path = resolve(file);
  const parsed = parseConfig(readText(file), extname(path) === ".json" ? "json" : "yaml");
  if (parsed.kind === "syntax") throw notValid(file, [{ line: parsed.line, fault: parsed }]);
  const reader = new ConfigReader(parsed, relative(process.cwd(), dirname(path)));
  const values = reader.read();
  if (reader.faults.length > 0) throw notValid(file, reader.faults);
  return { file, values };
}

function readText(file: string): string {
  try {
    return decodeText(readFileSync(file), file);
  } catch (cause) {
    if (cause instanceof GateError) throw new UsageError({ kind: "failure", failure: cause }, { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError({ kind: "configNotReadable", file, why }, { cause });
  }
}

function notValid(file: string, faults: readonly PlacedConfigFault[]): UsageError {
  const shown = faults.slice(0, MAX_NAMED_FAULTS);
  return new UsageError({ kind: "configNotValid", file, faults: shown, more: faults.length - shown.length });
}

/** Goes through a file's keys, and collects what is wrong with them. */
class ConfigReader {
  readonly faults: PlacedConfigFault[] = [];
  readonly #content: ConfigContent;
  /** From the working directory; paths in the file start here. */
  readonly #folder: string;
  readonly #values = new Map<NamedOption, unknown>();

  constructor(content: ConfigContent, folder: string) {
    this.#content = content;
    this.#folder = folder;
  }

  read(): ReadonlyMap<NamedOption, unknown> {
    this.#readKeys([], this.#content.value, fileOptions());
    return this.#values;
  }

  #readKeys(above: readonly string[], value: unknown, options: readonly NamedOption[]): void {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.#tell(above, { kind: "wrongValue", placed: { path: above, problem: { kind: "notAnObject" } } });
      return;
    }
    for (const [key, found] of Object.entries(value)) this.#readKey([...above, key], found, options);
  }

  #readKey(path: readonly string[], found: unknown, options: readonly NamedOption[]): void {
    const key = path.at(-1);
    const isTop = path.length === 1;
    const option = options.find(({ name }) => name === key);
    if (isTop && key === SCHEMA_KEY) return;
    if (isTop && key === GATE_KEY) {
      const ofGate = options.filter(({ part }) => part === "gate");
      this.#readKeys(path, found, ofGate);
    } else if (option) this.#readValue(path, option, found);
    else this.#tell(path, faultOfKey(path));
  }

  #readValue(path: readonly string[], option: NamedOption, found: unknown): void {
    if (this.#values.has(option)) {
      this.#tell(path, { kind: "keyTwice", key: option.name });
      return;
    }
    const read = readConfigValue(option, found, this.#folder);
    if (read.kind === "value") this.#values.set(option, read.value);
    else
      for (const { below, faultAt } of read.faults)
        this.#tell([...path, ...below], faultAt([...path, ...below]));
  }

  #tell(path: readonly PropertyKey[], fault: ConfigFault): void {
    this.faults.push({ line: this.#content.lineOf(path), fault });
  }
}
