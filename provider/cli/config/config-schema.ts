import { fileOptions, inputName, withNames } from "../../core/options/names";
import type { OptionType } from "../../core/options/option";
import { ENGLISH, type NamedOption } from "../../core/options/values";
import { machineWording } from "../cli-wording";
import { GATE_KEY, SCHEMA_KEY } from "./config-keys";

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What a config file may hold, as JSON Schema, made from the table of options: `schema/cdn-preload-gate-config-v1.json`
 * is this, and a test compares the two.
 */
export function configSchema(): JsonSchema {
  const words = machineWording().commandLine.help.configFile;
  const options = fileOptions();
  const ofGate = options.filter(({ part }) => part === "gate");
  return {
    $id: "cdn-preload-gate/config-v1.json",
    $schema: "http://json-schema.org/draft-07/schema#",
    title: words.title,
    description: words.description,
    type: "object",
    properties: {
      [SCHEMA_KEY]: { type: "string", description: words.schema },
      ...propertiesOf(options),
      [GATE_KEY]: {
        description: words.gate,
        type: "object",
        properties: propertiesOf(ofGate),
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}

function propertiesOf(options: readonly NamedOption[]): JsonSchema {
  return Object.fromEntries(options.map((option) => [option.name, propertyOf(option)]));
}

function propertyOf(option: NamedOption): JsonSchema {
  const { default: byDefault } = option;
  return {
    description: configTextOf(option),
    ...schemaOf(option.type),
    ...(byDefault === undefined ? {} : { default: byDefault }),
  };
}

/** What is said of a setting, with others by their names in the file. */
export function configTextOf(option: NamedOption): string {
  const { sentence, atCommandLine = sentence } = ENGLISH[option.name];
  return withNames(atCommandLine, inputName).replaceAll("`", "");
}

const TEXT: JsonSchema = { type: "string" };

function schemaOf(type: OptionType): JsonSchema {
  switch (type.kind) {
    case "flag":
      return { type: "boolean" };
    case "choice":
      return { type: "string", enum: type.of };
    case "number":
      return { type: "number", minimum: type.from, maximum: type.to };
    case "count":
      return { type: "integer", minimum: 0 };
    case "rate":
      return { type: "number", exclusiveMinimum: 0 };
    case "texts":
    case "urls":
      return oneOrSeveral(TEXT);
    case "filesByKind":
      return oneOrSeveral({ type: "string", pattern: `^(${type.of.join("|")})=.` });
    case "values":
      return oneOrSeveral({});
    case "headers":
      return { type: "object", additionalProperties: { type: "array", items: TEXT } };
    default:
      return TEXT;
  }
}

/** One item needs no brackets. */
function oneOrSeveral(item: JsonSchema): JsonSchema {
  return { anyOf: [item, { type: "array", items: item }] };
}
