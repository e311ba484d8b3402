import type { OptionName } from "../core/options/settings";
import { allOptions, ENGLISH, type NamedOption, optionsIn, type Resource } from "../core/options/values";
import {
  ANY,
  listOf,
  type Properties,
  type PropertySpec,
  STRINGS,
  type TypeSpec,
  typeRef,
} from "./schema-types";

/** The properties of the resources, made from the table of options. */

/** What a reader of the SDKs has no documentation page for, in place of the table's sentence. */
const LONGER: Partial<Record<OptionName, string>> = {
  override:
    "A reason, in words, to let the verdict already saved pass. It is kept in the state, shown as a warning at every `up`, and void on create and for any later verdict.",
  timeout: 'How long to wait, such as `"90s"`, `"45m"`, `"2h"`. The option `customTimeouts` wins.',
  triggers:
    "Any values; a change starts the preload again for all URLs. Give what is deployed, not the build's number: a retried build is to resume, not to start again.",
  headers: "Request headers of the preload: each name with its values.",
  purgeFirst:
    "Refresh (purge) the URLs and wait for that, then preload: for URLs whose content changes under the same name. Once per URL.",
  taskIds: "The tasks to wait for: ids, or texts of ids with commas between them.",
  urls: "1 to 10,000 URLs: `http(s)://host/path` or `host/path`. Spellings of one URL (scheme, upper-case host) are merged.",
};

const gate = { ...typeRef("Gate"), description: "When the gate passes." };

/** Settings of a gate. */
export const GATE_PROPERTIES = propertiesOf(optionsIn("gate"), "Preload");
export const PRELOAD_INPUTS: Properties = inputsOf("Preload");
export const PRELOAD_GATE_INPUTS: Properties = inputsOf("PreloadGate");

/** Inputs that the outputs repeat. */
export const REPEATED_PROPERTIES: Properties = {
  ...propertiesOf(
    allOptions().filter(({ startsAgain }) => startsAgain),
    "Preload",
  ),
  gate,
};

/** Inputs that a verdict is about: neither how long to wait, nor what matters to a submission alone. */
export function isJudged(name: string): boolean {
  const option = allOptions().find((candidate) => candidate.name === name);
  return !option || option.startsAgain === true || !["wait", "submission"].includes(option.part);
}

/** The values that an option's type has a name for. */
export function choiceTypes(): Record<
  string,
  { readonly description: string; readonly values: readonly string[] }
> {
  const choices = allOptions().flatMap((option) =>
    option.setBy.resource && option.type.kind === "choice" ? [{ option, values: option.type.of }] : [],
  );
  return Object.fromEntries(
    choices.map(({ option, values }) => [
      capitalized(option.name),
      { description: sentenceOf(option, "Preload"), values },
    ]),
  );
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function inputsOf(resource: Resource): Properties {
  const own = allOptions().filter(({ part, setBy }) => part !== "gate" && setBy.resource?.[resource]);
  return { ...propertiesOf(own, resource), gate };
}

function propertiesOf(options: readonly NamedOption[], resource: Resource): Properties {
  return Object.fromEntries(options.map((option) => [option.name, propertyOf(option, resource)]));
}

function propertyOf(option: NamedOption, resource: Resource): PropertySpec {
  const { default: value, startsAgain, part } = option;
  // Of an argument of a function that has a default, the generator of Go makes code that calls it without
  // arguments (seen with Pulumi 3.259): those defaults stand in words alone.
  const inWords = part === "gate" || startsAgain === true;
  const isOfGate = resource === "PreloadGate" && ENGLISH[option.name].ofPreloadGate !== undefined;
  const otherwise = inWords && value !== undefined ? `\`${value}\`` : ENGLISH[option.name].otherwise;
  const isRequired = option.setBy.resource?.[resource] === "required";
  const told = otherwise === undefined || isRequired || otherwise === "none" ? "" : ` Default: ${otherwise}.`;
  return {
    ...specOf(option),
    ...(startsAgain && { willReplaceOnChanges: true }),
    ...(value !== undefined && !inWords && { default: value }),
    description: `${isOfGate ? sentenceOf(option, resource) : (LONGER[option.name] ?? sentenceOf(option, resource))}${told}`,
  };
}

function sentenceOf({ name }: NamedOption, resource: Resource): string {
  const { sentence, ofPreloadGate = sentence } = ENGLISH[name];
  return `${capitalized(resource === "PreloadGate" ? ofPreloadGate : sentence)}.`;
}

/** The type of an option's values. */
export function specOf({ name, type }: NamedOption): TypeSpec {
  switch (type.kind) {
    case "flag":
      return { type: "boolean" };
    case "choice":
      return typeRef(capitalized(name));
    case "number":
    case "rate":
      return { type: "number" };
    case "count":
      return { type: "integer" };
    case "headers":
      return { type: "object", additionalProperties: STRINGS };
    case "values":
      return listOf(ANY);
    case "urls":
    case "taskIds":
    case "texts":
    case "filesByKind":
      return STRINGS;
    case "fields":
      return typeRef(capitalized(name));
    case "text":
    case "language":
    case "secret":
    case "reason":
    case "duration":
      return { type: "string" };
  }
}
