import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { CommanderError } from "commander";
import { actionArguments, actionInputs } from "../../provider/cli/action-inputs";
import { faultOfParser } from "../../provider/cli/commander-fault";
import { settingsOf } from "../../provider/cli/commands/run-settings";
import { argumentsAgain } from "../../provider/cli/options/arguments-again";
import { sessionOptionsOf as connectionOf } from "../../provider/cli/options/connection-options";
import { createProgram } from "../../provider/cli/program";
import { fieldsIn } from "../../provider/core/options/fields";
import type { OptionTexts } from "../../provider/core/options/option";
import type { OptionName } from "../../provider/core/options/settings";
import { OPTIONS } from "../../provider/core/options/table";
import type { CheckedIn, ConfigSetting } from "../../provider/core/options/values";
import { optionNamed, pickOptions, settingNamed } from "../../provider/core/options/values";
import type { GatePolicy } from "../../provider/core/policy";
import { gatePolicy } from "../../provider/core/policy-schema";
import { configurationProblems, providerConfiguration } from "../../provider/plugin/configuration";
import { objectTypes, SETTINGS } from "../../provider/plugin/schema-config";
import {
  choiceTypes,
  GATE_PROPERTIES,
  isJudged,
  PRELOAD_GATE_INPUTS,
  PRELOAD_INPUTS,
} from "../../provider/plugin/schema-inputs";
import { judgeConfigNames } from "../../provider/pulumi/judge-config-names";
import { stackConfig } from "../../provider/pulumi/stack-config";
import { differenceOf } from "../../provider/resources/difference";
import { fingerprintOf } from "../../provider/resources/fingerprint";
import { type ParsedInputs, parseInputs } from "../../provider/resources/inputs";
import { sessionOptionsOf } from "../../provider/resources/session-settings";
import {
  CODE_NAMES,
  COMMAND_LINE_NAMES,
  PLUGIN_NAMES,
  PULUMI_NAMES,
} from "../../provider/wording/front-names";
import type { FrontNames } from "../../provider/wording/reader";
import {
  actionInputLines,
  flagRow,
  inputRow,
  pluginSettingRow,
  settingRowWithDefault,
  settingRowWithVariables,
} from "../docs/option-texts";
import { throwsInWords, wordingFor } from "../support/words";

/** Rows that the product does not have: all that is asked of them below follows from these rows alone. */
jest.mock("../../provider/core/options/table", () => {
  const actual = jest.requireActual<typeof import("../../provider/core/options/table")>(
    "../../provider/core/options/table",
  );
  const resource = { Preload: "optional" } as const;
  const more = {
    fakeShare: {
      part: "gate",
      type: { kind: "number", unit: "%", from: 1, to: 9 },
      default: 7,
      setBy: { resource, commandLine: { value: "percent" }, action: {} },
      sentence: "a fake share",
    },
    fakeChoice: {
      part: "request",
      type: { kind: "choice", of: ["left", "right"] },
      startsAgain: true,
      setBy: { resource, commandLine: { value: "side" }, action: {} },
      sentence: "a fake choice",
    },
    fakeFlag: {
      part: "submission",
      type: { kind: "flag" },
      default: false,
      setBy: { resource, commandLine: {}, action: {} },
      sentence: "a fake flag",
    },
    fakeLimit: {
      part: "connection",
      type: { kind: "number", unit: "times", from: 1, to: 9 },
      default: 3,
      setBy: {
        config: "alicdn",
        commandLine: { value: "n" },
        variable: "ALICDN_FAKE_LIMIT",
        action: {},
      },
      sentence: "a fake limit",
    },
    fakeToken: {
      part: "identity",
      type: { kind: "secret" },
      setBy: { config: "alicloud", environment: { vendor: "FAKE_TOKEN" } },
      sentence: "a fake token, with {fakeUser}",
    },
    fakeUser: {
      part: "identity",
      type: {
        kind: "fields",
        of: {
          user: { type: { kind: "text" }, isRequired: true, sentence: "the user's name" },
          age: {
            type: { kind: "count", unit: "years" },
            environment: { alicloud: "FAKE_AGE" },
            sentence: "how old",
          },
        },
      },
      setBy: { config: "alicloud" },
      sentence: "a fake user",
    },
  } as const;
  return { OPTIONS: { ...actual.OPTIONS, ...more } };
});

const URLS = ["https://cdn.example.com/a.js"];

function valuesOf(parsed: ParsedInputs): Record<string, unknown> {
  if (!parsed.ok) throw new Error(problemsOf(parsed).join("; "));
  return parsed.inputs.values;
}

function problemsOf(parsed: ParsedInputs): readonly string[] {
  return parsed.ok ? [] : parsed.problems.map((problem) => wordingFor().placed(problem));
}

test("a row is an input with its default, and a setting of the gate where its part says so", () => {
  const values = valuesOf(parseInputs("Preload", { urls: URLS, fakeChoice: "left" }));
  expect(values).toMatchObject({ fakeChoice: "left", fakeFlag: false, gate: { fakeShare: 7 } });
  expect(gatePolicy.parse({ fakeShare: 2 })).toMatchObject({ fakeShare: 2 });
});

test("a row's type says what is wrong with a value", () => {
  const inputs = { urls: URLS, fakeChoice: "up", fakeFlag: "no", gate: { fakeShare: 10 } };
  expect(problemsOf(parseInputs("Preload", inputs)).toSorted()).toEqual([
    'fakeChoice must be "left" or "right"',
    "fakeFlag must be true or false",
    "gate.fakeShare must be a number from 1 to 9",
  ]);
});

test("a row is an input of the resources that it names, and of no other", () => {
  expect(valuesOf(parseInputs("PreloadGate", { taskIds: "1", fakeFlag: false }))).not.toHaveProperty(
    "fakeFlag",
  );
});

test("the options of a part are handed on together", () => {
  const values = valuesOf(parseInputs("Preload", { urls: URLS, fakeChoice: "left", area: "overseas" }));
  expect(pickOptions(values, "request")).toEqual({ fakeChoice: "left", area: "overseas" });
  expect(pickOptions(values, "submission")).toMatchObject({ fakeFlag: false, quotaCheck: "fail" });
});

test("a row that starts the preload again is a replacement, and changes what a verdict is about", () => {
  const saved = { urls: URLS, verdict: "passed" };
  const difference = differenceOf(saved, { urls: URLS, fakeChoice: "left" }, { wouldOnlyAsk: false });
  expect(difference.replaces).toEqual(["fakeChoice"]);
  expect(fingerprintOf({ urls: URLS, fakeChoice: "left" })).not.toBe(fingerprintOf({ urls: URLS }));
  expect(fingerprintOf({ urls: URLS, fakeFlag: true })).toBe(fingerprintOf({ urls: URLS }));
});

/** What a command line of `run` is read as. */
function readCommandLine(...args: string[]): Record<string, unknown> {
  const program = createProgram();
  const command = program.commands.find((candidate) => candidate.name() === "run");
  if (!command) throw new Error("There is no command run.");
  let read: Record<string, unknown> = {};
  command.configureOutput({ writeErr: () => {} }).action(() => {
    read = command.optsWithGlobals();
  });
  try {
    program.parse(["run", ...args], { from: "user" });
  } catch (error) {
    throw new Error(wordingFor("commandLine").usage(faultOfParser(error as CommanderError)));
  }
  return read;
}

test("a row is an option of the command line, which a run, its state file and the next command take", () => {
  const options = readCommandLine(
    "a.example.com/1",
    "--fake-share=5%",
    "--fake-choice",
    "left",
    "--fake-flag",
  );
  expect(options).toMatchObject({ fakeShare: 5, fakeChoice: "left", fakeFlag: true });
  expect(readCommandLine("a.example.com/1")).toMatchObject({ fakeShare: 7 });
  expect(() => readCommandLine("a.example.com/1", "--fake-share", "10")).toThrow(
    "It must be a number from 1 to 9.",
  );
  expect(settingsOf(options)).toEqual({ fakeChoice: "left", purgeFirst: false });
  expect(pickOptions(options, "submission")).toMatchObject({ fakeFlag: true });
  expect(argumentsAgain(options, "gate")).toEqual(["--fake-share", "5"]);
});

test("a row is an input of the action", () => {
  expect(actionInputs()).toEqual(expect.arrayContaining(["fake-share", "fake-choice", "fake-flag"]));
  expect(actionArguments({ "INPUT_FAKE-SHARE": "5", "INPUT_FAKE-FLAG": "true" })).toEqual([
    "run",
    "--fake-share=5",
    "--fake-flag",
  ]);
});

test("a row is in action.yml and in the tables of the documentation, with its choices and its default", () => {
  const row = (name: string) => optionNamed(name as OptionName);
  expect(actionInputLines(row("fakeChoice"))).toBe(
    '  fake-choice:\n    description: "A fake choice: left or right."\n',
  );
  expect(inputRow(row("fakeShare"), "Preload")).toEqual(["`fakeShare`", "a fake share", "`7`"]);
  expect(flagRow(row("fakeFlag"))).toEqual(["`--fake-flag`", "a fake flag", "off"]);
});

test("a row is in the plugin's schema", () => {
  expect(GATE_PROPERTIES.fakeShare).toEqual({
    type: "number",
    description: "A fake share. Default: `7`.",
  });
  expect(PRELOAD_INPUTS).toMatchObject({
    fakeChoice: { willReplaceOnChanges: true, description: "A fake choice." },
    fakeFlag: { type: "boolean", default: false, description: "A fake flag." },
  });
  expect(PRELOAD_GATE_INPUTS).not.toHaveProperty("fakeFlag");
  expect(choiceTypes()).toHaveProperty("FakeChoice", {
    description: "A fake choice.",
    values: ["left", "right"],
  });
  expect(["fakeChoice", "fakeFlag"].filter(isJudged)).toEqual(["fakeChoice"]);
});

/** What the configuration of a host holds, each setting under the key that a message names it by. */
const CONFIGURED = { fakeLimit: "5", fakeToken: "hush", fakeUser: '{"user":"me","age":"7"}' };
const SESSION = { fakeLimit: 5, fakeToken: "hush", fakeUser: { user: "me", age: 7 } };

/** The message of what a configuration of the plugin, or of the stack, is refused with. */
function refused(run: () => unknown): string {
  try {
    run();
    return "";
  } catch (error) {
    return String(error);
  }
}

test("a row is a setting of the stack's config, in its namespace, and of the plugin's provider", () => {
  const config: Record<string, string> = {
    "alicdn:fakeLimit": CONFIGURED.fakeLimit,
    "alicloud:fakeToken": CONFIGURED.fakeToken,
    "alicloud:fakeUser": CONFIGURED.fakeUser,
  };
  expect(sessionOptionsOf(stackConfig((key) => config[key]))).toMatchObject(SESSION);
  expect(configurationProblems(CONFIGURED)).toEqual([]);
  expect(sessionOptionsOf(providerConfiguration(CONFIGURED))).toMatchObject(SESSION);
});

test("a setting that is not valid is named as its host names it", () => {
  const config: Record<string, string> = { "alicdn:fakeLimit": "10" };
  const open = throwsInWords(() => sessionOptionsOf(stackConfig((key) => config[key])));
  expect(refused(open)).toContain("The stack's config alicdn:fakeLimit must be a number from 1 to 9.");
  expect(configurationProblems({ fakeLimit: "10" })).toEqual([
    "The provider's configuration alicdn:fakeLimit must be a number from 1 to 9.",
  ]);
  expect(configurationProblems({ fakeUser: '{"age":7,"size":"hush"}' })).toEqual([
    expect.stringContaining("of another form: alicdn:fakeUser.user, alicdn:fakeUser.size."),
  ]);
});

test("a misspelt setting is named with the row that was meant, by both hosts", () => {
  const names = judgeConfigNames(
    ["fakeLimmit"],
    stackConfig(() => undefined),
  );
  expect(names.refused.map(wordingFor().pulumiFault)).toEqual([
    expect.stringMatching(/^alicdn:fakeLimmit is no setting; .*fakeLimit\. Did you mean alicdn:fakeLimit\?$/),
  ]);
  expect(configurationProblems({ fakeTokn: "hush" })).toEqual([
    expect.stringMatching(/^alicdn:fakeTokn is no setting; .*Did you mean alicdn:fakeToken\?$/),
  ]);
});

test("a setting is in the plugin's schema, a secret one as a secret, and one that is an object with its type", () => {
  expect(SETTINGS).toMatchObject({
    fakeLimit: { type: "number", description: "A fake limit. Default: `3`." },
    fakeToken: { type: "string", secret: true, description: "A fake token, with `fakeUser`." },
    fakeUser: { $ref: "#/types/alicdn:index:FakeUser" },
  });
  expect(SETTINGS.fakeLimit).not.toHaveProperty("default");
  expect(objectTypes()).toMatchObject({
    FakeUser: {
      description: "A fake user.",
      properties: {
        user: { type: "string", description: "The user's name." },
        age: { type: "integer", description: "How old." },
      },
      required: ["user"],
    },
  });
});

test("a setting is an option of the command line and of the action, which a session and the next command take", () => {
  const options = readCommandLine("a.example.com/1", "--fake-limit", "5");
  expect(connectionOf(options)).toMatchObject({ fakeLimit: 5 });
  expect(argumentsAgain(options, "connection")).toEqual(["--fake-limit", "5"]);
  expect(actionInputs()).toEqual(expect.arrayContaining(["fake-limit"]));
  expect(flagRow(optionNamed("fakeLimit" as OptionName))).toEqual([
    "`--fake-limit <n>`",
    "a fake limit",
    "`3`",
  ]);
});

test("a setting has a name at each front", () => {
  const namesOf = (front: FrontNames) => {
    const settings: Readonly<Record<string, string>> = front.settings;
    return [settings.fakeLimit, settings.fakeToken, settings.fakeUser, settings.fakeShare];
  };
  expect(namesOf(PULUMI_NAMES)).toEqual([
    "alicdn:fakeLimit",
    "alicloud:fakeToken",
    "alicloud:fakeUser",
    "gate.fakeShare",
  ]);
  expect(namesOf(PLUGIN_NAMES)).toEqual([
    "alicdn:fakeLimit",
    "alicdn:fakeToken",
    "alicdn:fakeUser",
    "gate.fakeShare",
  ]);
  expect(namesOf(COMMAND_LINE_NAMES)).toEqual(["--fake-limit", "FAKE_TOKEN", "FAKE_AGE", "--fake-share"]);
  expect(namesOf(CODE_NAMES)).toEqual(["fakeLimit", "fakeToken", "fakeUser", "gate.fakeShare"]);
});

test("a setting is in the tables of the documentation, with its variables and its default", () => {
  const row = (name: string) => settingNamed(name as ConfigSetting);
  expect(settingRowWithDefault(row("fakeLimit"))).toEqual(["`alicdn:fakeLimit`", "a fake limit", "`3`"]);
  expect(settingRowWithVariables(row("fakeToken"))).toEqual([
    "`alicloud:fakeToken`",
    "a fake token, with `alicloud:fakeUser`",
    "`FAKE_TOKEN`",
  ]);
  expect(settingRowWithVariables(row("fakeUser"))).toEqual([
    "`alicloud:fakeUser`",
    "a fake user: `user`, `age`",
    "`FAKE_AGE`",
  ]);
  expect(pluginSettingRow(row("fakeToken"))).toEqual(["`fakeToken`", "a fake token, with `fakeUser`", "yes"]);
});

test("a schema of options says of each what the table says", () => {
  expect(fieldsIn("request").area.unwrap().description).toBe("where to preload");
});

test("a catalogue of another language that lacks an option does not compile, and types are precise", () => {
  // @ts-expect-error All options but one are missing.
  const incomplete: OptionTexts = { area: { sentence: "预热区域" } };
  // @ts-expect-error No such choice.
  const wrong: CheckedIn<"request"> = { area: "mars" };
  const right: Pick<GatePolicy, "onInconclusive"> = { onInconclusive: "warn" };
  expect([incomplete, wrong, right]).toHaveLength(3);
});

/** What stands between a row and the work that uses its value: it has to know options by their parts alone. */
const BETWEEN = [
  "provider/cli/action-inputs.ts",
  "provider/cli/options/add-options.ts",
  "provider/cli/options/argument-parsers.ts",
  "provider/cli/options/arguments-again.ts",
  "provider/cli/options/connection-options.ts",
  "provider/core/options/names.ts",
  "provider/core/options/fields.ts",
  "provider/core/options/values.ts",
  "provider/core/policy.ts",
  "provider/core/policy-schema.ts",
  "provider/gate/run-gate.ts",
  "provider/gate/run-gate-schema.ts",
  "provider/gate/run-preload.ts",
  "provider/resources/difference.ts",
  "provider/resources/inputs.ts",
  "provider/resources/outputs.ts",
];

/** The same between the table and a session: two places are left to edit, the row and the work that uses its value. */
const BETWEEN_SESSION = [
  ...BETWEEN,
  "provider/gate/index.ts",
  "provider/plugin/configuration.ts",
  "provider/plugin/provider-host.ts",
  "provider/plugin/schema-config.ts",
  "provider/plugin/schema-inputs.ts",
  "provider/plugin/schema.ts",
  "provider/pulumi/config-names.ts",
  "provider/pulumi/judge-config-names.ts",
  "provider/pulumi/provider.ts",
  "provider/pulumi/stack-config.ts",
  "provider/resources/session-settings.ts",
  "provider/resources/unknown-settings.ts",
  "provider/wording/front-names.ts",
];

/** Which of these options a source names in its code. */
function namedIn(file: string, names: readonly string[]): string[] {
  const code = readFileSync(join(__dirname, "../..", file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  return names.filter((name) => new RegExp(`\\b${name}\\b`).test(code)).map((name) => `${file}: ${name}`);
}

test("nothing between the table and the work that uses a value names an option", () => {
  const settings = Object.keys(pickOptions(OPTIONS, "gate", "request", "submission")).filter(
    // Headers may be secret, detail decides by which operation all is asked, and the rest is what a run is.
    (name) => !["headers", "wait", "override", "minSuccessPercent", "requireDetail"].includes(name),
  );
  expect(BETWEEN.flatMap((file) => namedIn(file, settings))).toEqual([]);
});

test("nothing between the table and a session names a setting of it", () => {
  const settings = Object.keys(pickOptions(OPTIONS, "identity", "connection"));
  expect(settings).toEqual(expect.arrayContaining(["profile", "pollIntervalFactor"]));
  expect(BETWEEN_SESSION.flatMap((file) => namedIn(file, settings))).toEqual([]);
});

/** A test compares it with the table, and writes it: nothing in it is edited. */
const MADE_FROM_TABLE = "provider/core/options/settings.ts";

/** What the help says of each option in another language; the compiler compares it with the table. */
const OTHER_LANGUAGES = "provider/wording/chinese/";

/** The sources of the product that name more than half of a part's settings, as a list of them does. */
function whoListsMost(part: "identity" | "connection"): string[] {
  const settings = Object.keys(pickOptions(OPTIONS, part)).filter((name) => !name.startsWith("fake"));
  return readdirSync(join(__dirname, "../../provider"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `provider/${path.split(sep).join("/")}`)
    .filter((file) => file !== MADE_FROM_TABLE && !file.startsWith(OTHER_LANGUAGES))
    .filter((file) => namedIn(file, settings).length > settings.length / 2)
    .toSorted();
}

test("a session's settings are listed in two places: the table, and the work that uses their values", () => {
  expect(whoListsMost("identity")).toEqual([
    "provider/core/options/table.ts",
    "provider/transport/identity.ts",
  ]);
  expect(whoListsMost("connection")).toEqual(["provider/core/options/table.ts", "provider/gate/session.ts"]);
});
