import { allOptions, type NamedOption, optionsIn } from "../../provider/core/options/values";
import { expectTable } from "./document-table";
import { flagRow, inputRow } from "./option-texts";

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

test("the settings of a gate are those of the table of options", () => {
  expectTable(PAGE, "gate", [
    ["`gate`", "meaning", "default"],
    ...optionsIn("gate").map((option) => inputRow(option, "Preload")),
  ]);
});

test("the page of the command line has the options of the table", () => {
  const head = ["option", "meaning", "default"];
  const isFlag = ({ setBy }: NamedOption) => setBy.commandLine !== undefined;
  expectTable("docs/cli.md", "policy", [head, ...optionsIn("gate", "wait").filter(isFlag).map(flagRow)]);
  expectTable("docs/cli.md", "preload", [
    head,
    ...optionsIn("request", "submission").filter(isFlag).map(flagRow),
  ]);
});

test("the page of the command line has each variable that stands for an option", () => {
  const options = allOptions().filter(({ setBy }) => setBy.variable !== undefined);
  expectTable("docs/cli.md", "connection", [
    ["option", "variable", "meaning", "default"],
    ...options.map((option) => {
      const [flags = "", ...cells] = flagRow(option);
      return [flags, `\`${option.setBy.variable}\``, ...cells];
    }),
  ]);
});
