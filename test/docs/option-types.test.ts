import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { OptionType } from "../../provider/core/options/option";
import {
  allOptions,
  type NamedOption,
  optionsIn,
  type Part,
  type Resource,
} from "../../provider/core/options/values";
import { expectSource, interfaceText, type Member } from "./interface-text";
import { docOf } from "./member-docs";

/**
 * The types of options in plain interfaces, made from the table of options: users' compilers and editors read them, and
 * the table's own types are too much for both. test/types checks that they are the table's types.
 */

const TABLE = "provider/core/options/table.ts";
const MADE = "// Made from the table of options (table.ts): UPDATE_DOCS=1 npm test -- test/docs\n";

/** What users may set. */
const WRITTEN: readonly (readonly [Part, string, string])[] = [
  ["gate", "GateSettings", "When a gate passes."],
  ["wait", "WaitSettings", "How long a gate waits."],
  ["request", "RequestSettings", "What a preload asks of the service."],
  ["submission", "SubmissionSettings", "How a preload is submitted."],
  ["identity", "CallerSettings", "Who calls the service. The names are those of the Alibaba Cloud provider."],
  ["connection", "ConnectionSettings", "How the service is called."],
];

/** The same once it is checked, where more than a schema needs it. */
const CHECKED: readonly (readonly [Part, string, string])[] = [
  ["gate", "GatePolicy", "When a gate passes: each setting, once it is checked."],
  ["submission", "CheckedSubmission", "How a preload is submitted: each setting, once it is checked."],
];

test("the settings of a gate have plain types, made from the table of options", () => {
  const objects = allOptions().flatMap(objectText);
  const written = WRITTEN.map(([part, name, doc]) =>
    interfaceText(name, `${doc} Each setting can be left out.`, optionsIn(part).map(writtenMember)),
  );
  const checked = CHECKED.map(([part, name, doc]) =>
    interfaceText(name, doc, optionsIn(part).map(checkedMember)),
  );
  expectSource(
    "provider/core/options/settings.ts",
    [MADE, namesText(), ...objects, ...written, ...checked].join("\n"),
  );
});

test("the inputs of the resources have plain types, made from the table of options", () => {
  const gate: Member = {
    name: "gate",
    type: "pulumi.Input<GateArgs>",
    isOptional: true,
    isMutable: true,
    doc: "When the gate passes.",
  };
  const argsOf = (resource: Resource) => {
    const inputs = [...inputsOf(resource).map((option) => inputMember(option, resource)), gate];
    return [
      ...inputs.filter(({ isOptional }) => !isOptional),
      ...inputs.filter(({ isOptional }) => isOptional),
    ];
  };
  expectSource(
    "provider/pulumi/resource-args.ts",
    [
      MADE.replace("table.ts", "core/options/table.ts"),
      'import type * as pulumi from "@pulumi/pulumi";\n',
      interfaceText("GateArgs", "When a gate passes.", optionsIn("gate").map(gateMember)),
      interfaceText("PreloadArgs", "The inputs of a {@link Preload}.", argsOf("Preload")),
      interfaceText("PreloadGateArgs", "The inputs of a {@link PreloadGate}.", argsOf("PreloadGate")),
    ].join("\n"),
  );
});

function inputsOf(resource: Resource): NamedOption[] {
  return allOptions().filter(({ part, setBy }) => part !== "gate" && setBy.resource?.[resource]);
}

function writtenMember(option: NamedOption): Member {
  return {
    name: option.name,
    type: `${option.type.kind === "fields" ? nameOfObject(option) : writtenType(option.type)} | undefined`,
    isOptional: true,
    doc: commentOf(option),
  };
}

/** The names of options: all of them, and those that the command line takes. */
function namesText(): string {
  const unionOf = (options: readonly NamedOption[]) =>
    options.map(({ name }) => JSON.stringify(name)).join(" | ");
  const flags = allOptions().filter(({ setBy }) => setBy.commandLine !== undefined);
  return [
    "/** The name of an option, as the resources' inputs and `runGate` have it. */",
    `export type OptionName = ${unionOf(allOptions())};\n`,
    "/** An option that the command line takes. */",
    `export type CommandLineOption = ${unionOf(flags)};\n`,
  ].join("\n");
}

/** The type of an option that is an object. */
function objectText(option: NamedOption): string[] {
  if (option.type.kind !== "fields") return [];
  const members = Object.entries(option.type.of).map(([name, { type, isRequired, sentence }]): Member => {
    const isOptional = isRequired !== true;
    return {
      name,
      type: isOptional ? `${writtenType(type)} | undefined` : writtenType(type),
      isOptional,
      doc: `${capitalized(sentence)}.`,
    };
  });
  return [interfaceText(nameOfObject(option), commentOf(option) ?? capitalized(option.sentence), members)];
}

function nameOfObject({ name }: NamedOption): string {
  return `${capitalized(name)}Settings`;
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function checkedMember(option: NamedOption): Member {
  const hasDefault = option.default !== undefined;
  const type = writtenType(option.type);
  return {
    name: option.name,
    type: hasDefault ? type : `${type} | undefined`,
    isOptional: !hasDefault,
    doc: commentOf(option),
  };
}

function gateMember(option: NamedOption): Member {
  return {
    name: option.name,
    type: writtenType(option.type),
    isOptional: true,
    isMutable: true,
    doc: commentOf(option),
  };
}

function inputMember(option: NamedOption, resource: Resource): Member {
  return {
    name: option.name,
    type: inputType(option.type),
    isOptional: option.setBy.resource?.[resource] !== "required",
    isMutable: true,
    doc: resource === "PreloadGate" ? docOfPreloadGate(option) : commentOf(option),
  };
}

/** As a user writes it; only a duration, which no checked type above holds, is another one once it is checked. */
function writtenType(type: OptionType): string {
  switch (type.kind) {
    case "flag":
      return "boolean";
    case "choice":
      return type.of.map((choice) => JSON.stringify(choice)).join(" | ");
    case "number":
    case "count":
    case "rate":
      return "number";
    case "duration":
    case "text":
    case "reason":
    case "secret":
      return "string";
    case "headers":
      return "Readonly<Record<string, readonly string[]>>";
    default:
      throw new Error(`No part of these has an option of the kind ${type.kind}.`);
  }
}

/** A value that may be an output, and so may its parts. */
function inputType(type: OptionType): string {
  const strings = "pulumi.Input<pulumi.Input<string>[]>";
  switch (type.kind) {
    case "urls":
      return strings;
    case "taskIds":
      return `pulumi.Input<string> | ${strings}`;
    case "headers":
      return `pulumi.Input<Record<string, ${strings}>>`;
    case "values":
      return "pulumi.Input<unknown[]>";
    default:
      return `pulumi.Input<${writtenType(type)}>`;
  }
}

function docOfPreloadGate(option: NamedOption): string | undefined {
  const { ofPreloadGate, otherwise } = option;
  if (ofPreloadGate === undefined) return commentOf(option);
  const sentence = `${capitalized(ofPreloadGate)}.`;
  return otherwise === undefined ? sentence : `${sentence} Default: ${otherwise}.`;
}

/** The comment of an option's row. */
function commentOf({ name }: NamedOption): string | undefined {
  rowComments ??= commentsOfRows();
  return rowComments.get(name);
}

let rowComments: ReadonlyMap<string, string> | undefined;

function commentsOfRows(): ReadonlyMap<string, string> {
  const text = readFileSync(join(__dirname, "../..", TABLE), "utf8");
  const source = ts.createSourceFile(TABLE, text, ts.ScriptTarget.ESNext, true);
  const comments = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.initializer)) {
      const doc = docOf(node);
      if (doc !== "") comments.set(node.name.getText(), doc);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return comments;
}
