import { fileOptions } from "../../provider/core/options/names";
import {
  allOptions,
  configSettings,
  isSetting,
  type NamedOption,
  optionsIn,
  type Part,
  type Resource,
} from "../../provider/core/options/values";
import { expectTable } from "./document-table";
import { memberDocs } from "./member-docs";
import {
  configFileRow,
  flagRow,
  inputRow,
  pluginSettingRow,
  sentenceOf,
  settingRowWithDefault,
  settingRowWithVariables,
} from "./option-texts";

const PAGE = "docs/configuration.md";

function inputsOf(resource: Resource): NamedOption[] {
  return allOptions().filter(({ part, setBy }) => part !== "gate" && setBy.resource?.[resource]);
}

test.each(["Preload", "PreloadGate"] as const)(
  "the inputs of %s are those of the table of options",
  (resource) => {
    const inputs = inputsOf(resource);
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

test.each([
  ["PreloadArgs", "Preload"],
  ["PreloadGateArgs", "PreloadGate"],
  ["GateArgs", undefined],
] as const)("an editor says of each member of %s what the table says", (name, resource) => {
  const docs = memberDocs("provider/pulumi/resource-args.ts", name);
  const options = resource ? inputsOf(resource) : optionsIn("gate");
  const names = [...options.map((option) => option.name), ...(resource ? ["gate"] : [])];
  expect([...docs.keys()].toSorted()).toEqual(names.toSorted());
  for (const option of options) {
    const said = docs.get(option.name)?.toLowerCase() ?? "";
    const sentence = sentenceOf(option, resource).toLowerCase();
    expect(said.slice(0, sentence.length)).toBe(sentence);
    if (option.default !== undefined) expect(said).toContain(`default \`${option.default}\`.`);
  }
});

test("the settings of a gate are those of the table of options", () => {
  expectTable(PAGE, "gate", [
    ["`gate`", "meaning", "default"],
    ...optionsIn("gate").map((option) => inputRow(option, "Preload")),
  ]);
});

test("the page of the command line has the options of the table", () => {
  const head = ["option", "meaning", "default"];
  const isFlag = ({ setBy }: NamedOption) => setBy.commandLine !== undefined;
  const ofFolders = optionsIn("sources").filter(({ name }) => !["urlsFile", "sitemap", "dir"].includes(name));
  expectTable("docs/cli.md", "folders", [head, ...ofFolders.map(flagRow)]);
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

test("the settings of a config file are those of the table of options", () => {
  expectTable(PAGE, "config file", [["setting", "meaning", "default"], ...fileOptions().map(configFileRow)]);
});

const settingsIn = (...parts: readonly Part[]) => optionsIn(...parts).filter(isSetting);

test("the settings of the stack's config are those of the table of options", () => {
  expectTable(PAGE, "identity", [
    ["config", "meaning", "environment"],
    ...settingsIn("key", "identity").map(settingRowWithVariables),
  ]);
  expectTable(PAGE, "connection", [
    ["setting", "meaning", "default"],
    ...settingsIn("connection").map(settingRowWithDefault),
    [
      "`HTTPS_PROXY`, `NO_PROXY`",
      "environment; honoured for https: the service, STS, OIDC and CloudSSO",
      "none",
    ],
  ]);
  expect(settingsIn("key", "identity", "connection")).toEqual(configSettings());
});

test("the settings of the plugin are those of the table of options", () => {
  expectTable("docs/languages.md", "settings", [
    ["setting", "meaning", "secret"],
    ...configSettings().map(pluginSettingRow),
  ]);
});

test("an editor says of each option of a session what the table says", () => {
  const docs = memberDocs("provider/gate/session.ts", "SessionOptions");
  const options = optionsIn("identity", "connection");
  expect([...docs.keys()].toSorted()).toEqual(["accessKey", ...options.map(({ name }) => name)].toSorted());
  for (const option of options) {
    const said = docs.get(option.name)?.toLowerCase() ?? "";
    const sentence = sentenceOf(option, undefined).toLowerCase();
    expect(said.slice(0, sentence.length)).toBe(sentence);
    if (option.default !== undefined) expect(said).toContain(`default \`${option.default}\`.`);
  }
});
