import {
  configKey,
  flagName,
  inputName,
  isList,
  variablesOf,
  withNames,
} from "../../provider/core/options/names";
import {
  ENGLISH,
  isSetting,
  type NamedOption,
  type NamedSetting,
  type Resource,
} from "../../provider/core/options/values";

/** Texts of an option for the documentation, made from the table of options. */

/** A default as a document shows it. */
function defaultText(option: NamedOption): string {
  if (option.default !== undefined) return `\`${JSON.stringify(option.default).replace(/^"(.*)"$/, "$1")}\``;
  return ENGLISH[option.name].otherwise ?? "none";
}

/** What an option is as an input of a resource. */
export function sentenceOf(option: NamedOption, resource: Resource | undefined): string {
  const { sentence, ofPreloadGate } = ENGLISH[option.name];
  return resource === "PreloadGate" ? (ofPreloadGate ?? sentence) : sentence;
}

function resourceText(option: NamedOption, resource: Resource): string {
  const { more } = ENGLISH[option.name];
  const sentence = sentenceOf(option, resource);
  // What more there is to say is about the other one.
  if (sentence !== ENGLISH[option.name].sentence) return sentence;
  return sentences(`${sentence}${choicesText(option, sentence)}`, more);
}

function resourceDefault(option: NamedOption, resource: Resource): string {
  return option.setBy.resource?.[resource] === "required" ? "required" : defaultText(option);
}

function commandLineText(option: NamedOption): string {
  const { sentence, atCommandLine = sentence } = ENGLISH[option.name];
  const text = withNames(atCommandLine, (other) => `\`--${flagName(other)}\``);
  return `${text}${choicesText(option, text)}`;
}

/** The row of an input in a table of the resources' inputs. */
export function inputRow(option: NamedOption, resource: Resource): string[] {
  return [`\`${option.name}\``, resourceText(option, resource), resourceDefault(option, resource)];
}

/** The row of an option in a table of the command line's options. */
export function flagRow(option: NamedOption): string[] {
  return [flagsText(option), commandLineText(option), commandLineDefault(option)];
}

/** The row of a setting in the table of the config file's settings. */
export function configFileRow(option: NamedOption): string[] {
  const { sentence, atCommandLine = sentence } = ENGLISH[option.name];
  const text = withNames(atCommandLine, (other) => `\`${inputName(other)}\``);
  return [`\`${inputName(option)}\``, `${text}${choicesText(option, text)}`, defaultText(option)];
}

/** The row of a setting in a table of the stack's config: its key and what it is. */
export function settingRow(setting: NamedSetting): string[] {
  const nameOf = (other: NamedOption) => `\`${isSetting(other) ? configKey(other) : other.name}\``;
  return [`\`${configKey(setting)}\``, settingText(setting, nameOf)];
}

/** The same with what stands for it where it is not set. */
export function settingRowWithVariables(setting: NamedSetting): string[] {
  const variables = variablesOf(setting).map((variable) => `\`${variable}\``);
  return [...settingRow(setting), variables.join(", ")];
}

export function settingRowWithDefault(setting: NamedSetting): string[] {
  return [...settingRow(setting), defaultText(setting)];
}

/** The row of a setting in the table of the plugin's settings. */
export function pluginSettingRow(setting: NamedSetting): string[] {
  const text = settingText(setting, ({ name }) => `\`${name}\``);
  return [`\`${setting.name}\``, text, setting.type.kind === "secret" ? "yes" : ""];
}

function settingText(setting: NamedSetting, nameOf: (option: NamedOption) => string): string {
  const { sentence, more } = ENGLISH[setting.name];
  const { type } = setting;
  const fields = type.kind === "fields" ? Object.keys(type.of).map((field) => `\`${field}\``) : [];
  const text = `${withNames(sentence, nameOf)}${choicesText(setting, sentence)}`;
  return sentences(fields.length > 0 ? `${text}: ${fields.join(", ")}` : text, more);
}

function flagsText(option: NamedOption): string {
  const { short, value } = option.setBy.commandLine ?? {};
  return `\`${short ? `-${short}, ` : ""}--${flagName(option)}${value ? ` <${value}>` : ""}\``;
}

function commandLineDefault(option: NamedOption): string {
  return option.type.kind === "flag" && option.default === false ? "off" : defaultText(option);
}

/** An input in `action.yml`. */
export function actionInputLines(option: NamedOption): string {
  const { default: byDefault } = option.setBy.action ?? {};
  return [
    `  ${flagName(option)}:`,
    `    description: ${scalar(actionText(option))}`,
    ...(byDefault === undefined ? [] : [`    default: ${byDefault}`]),
    "",
  ].join("\n");
}

/** YAML reads a colon and a space, or a space and a `#`, as more than text. */
function scalar(text: string): string {
  return /: | #|^[-"'`[{&*!|>%@]/.test(text) ? JSON.stringify(text) : text;
}

/** The description of an input in `action.yml`, without Markdown. */
function actionText(option: NamedOption): string {
  const { sentence, atCommandLine = sentence, inAction, otherwise } = ENGLISH[option.name];
  const text = withNames(atCommandLine, flagName);
  const isArgument = option.setBy.commandLine === undefined;
  const parts = [
    `${capitalized(text)}${choicesText(option, text)}`,
    option.type.kind === "filesByKind" ? `As kind=file, with kind ${listOf(option.type.of)}` : undefined,
    option.type.kind === "flag" ? "Takes true or false" : undefined,
    isList(option) ? "You can give several, one per line" : undefined,
    inAction && capitalized(inAction),
    option.default !== undefined && option.type.kind !== "flag" ? `Default: ${option.default}` : undefined,
    otherwise !== undefined && !isArgument ? `Default: ${otherwise}` : undefined,
  ];
  const said = parts.filter((part) => part !== undefined).map((part) => `${part.replace(/\.$/, "")}.`);
  return said.join(" ").replaceAll("`", "");
}

/** The choices, unless the text names them. */
function choicesText({ type }: NamedOption, text: string): string {
  if (type.kind !== "choice" || type.of.every((choice) => text.includes(`\`${choice}\``))) return "";
  return `: ${listOf(type.of.map((choice) => `\`${choice}\``))}`;
}

/** `a, b or c`. */
function listOf(items: readonly string[]): string {
  return `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}

function sentences(first: string, more: string | undefined): string {
  return more === undefined ? first : `${first}. ${more}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
