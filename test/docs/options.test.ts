import { flagName } from "../../provider/core/options/names";
import { allOptions, type NamedOption, optionsIn, type Resource } from "../../provider/core/options/values";
import { expectTable } from "./document-table";
import { commandLineText, defaultText, resourceDefault, resourceText } from "./option-texts";

const PAGE = "docs/configuration.md";

test.each(["Preload", "PreloadGate"] as const)(
  "the inputs of %s are those of the table of options",
  (resource) => {
    const inputs = allOptions().filter(({ part, setBy }) => part !== "gate" && setBy.resource?.[resource]);
    const isRequired = ({ setBy }: NamedOption) => setBy.resource?.[resource] === "required";
    const sorted = [...inputs.filter(isRequired), ...inputs.filter((option) => !isRequired(option))];
    const gate = resource === "Preload" ? "when it passes, see below" : "as above";
    expectTable(PAGE, resource, [
      ["input", "meaning", "default"],
      ...sorted.map((option) => inputRow(option, resource)),
      ["`gate`", gate, ""],
    ]);
  },
);

function inputRow(option: NamedOption, resource: Resource): string[] {
  return [`\`${option.name}\``, resourceText(option, resource), resourceDefault(option, resource)];
}

test("the settings of a gate are those of the table of options", () => {
  expectTable(PAGE, "gate", [
    ["`gate`", "meaning", "default"],
    ...optionsIn("gate").map((option) => inputRow(option, "Preload")),
  ]);
});

test("the page of the command line has the options of the table", () => {
  const rows = (...options: readonly NamedOption[]) =>
    options.map((option) => [flagsText(option), commandLineText(option), commandLineDefault(option)]);
  const head = ["option", "meaning", "default"];
  const isFlag = ({ setBy }: NamedOption) => setBy.commandLine !== undefined;
  expectTable("docs/cli.md", "policy", [head, ...rows(...optionsIn("gate", "wait").filter(isFlag))]);
  expectTable("docs/cli.md", "preload", [
    head,
    ...rows(...optionsIn("request", "submission").filter(isFlag)),
  ]);
});

test("the page of the command line has each variable that stands for an option", () => {
  const options = allOptions().filter(({ setBy }) => setBy.variable !== undefined);
  expectTable("docs/cli.md", "connection", [
    ["option", "variable", "meaning", "default"],
    ...options.map((option) => [
      flagsText(option),
      `\`${option.setBy.variable}\``,
      commandLineText(option),
      commandLineDefault(option),
    ]),
  ]);
});

function flagsText(option: NamedOption): string {
  const { short, value } = option.setBy.commandLine ?? {};
  return `\`${short ? `-${short}, ` : ""}--${flagName(option)}${value ? ` <${value}>` : ""}\``;
}

function commandLineDefault(option: NamedOption): string {
  return option.type.kind === "flag" && option.default === false ? "off" : defaultText(option);
}
