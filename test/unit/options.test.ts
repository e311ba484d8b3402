import { readFileSync } from "node:fs";
import { join } from "node:path";
import { actionArguments, actionInputs } from "../../provider/cli/action-inputs";
import { settingsOf } from "../../provider/cli/commands/run-settings";
import { argumentsAgain } from "../../provider/cli/options/arguments-again";
import { createProgram } from "../../provider/cli/program";
import { fieldsIn } from "../../provider/core/options/fields";
import { OPTIONS } from "../../provider/core/options/table";
import type { CheckedIn, OptionName, OptionTexts } from "../../provider/core/options/values";
import { optionNamed, pickOptions } from "../../provider/core/options/values";
import { type GatePolicy, gatePolicy } from "../../provider/core/policy";
import {
  choiceTypes,
  GATE_PROPERTIES,
  isJudged,
  PRELOAD_GATE_INPUTS,
  PRELOAD_INPUTS,
} from "../../provider/plugin/schema-inputs";
import { differenceOf } from "../../provider/resources/difference";
import { fingerprintOf } from "../../provider/resources/fingerprint";
import { type ParsedInputs, parseInputs } from "../../provider/resources/inputs";
import { actionInputLines, flagRow, inputRow } from "../docs/option-texts";
import { wordingFor } from "../support/words";

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
  const command = createProgram().commands.find((candidate) => candidate.name() === "run");
  if (!command) throw new Error("There is no command run.");
  let read: Record<string, unknown> = {};
  command.action(() => {
    read = command.opts();
  });
  command.configureOutput({ writeErr: () => {} }).parse(args, { from: "user" });
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
  "provider/gate/run-gate.ts",
  "provider/gate/run-preload.ts",
  "provider/resources/difference.ts",
  "provider/resources/inputs.ts",
  "provider/resources/outputs.ts",
];

test("nothing between the table and the work that uses a value names an option", () => {
  const root = join(__dirname, "../..");
  const settings = Object.keys(pickOptions(OPTIONS, "gate", "request", "submission")).filter(
    // Headers may be secret, detail decides by which operation all is asked, and the rest is what a run is.
    (name) => !["headers", "wait", "override", "minSuccessPercent", "requireDetail"].includes(name),
  );
  const named = BETWEEN.flatMap((file) => {
    const code = readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    return settings
      .filter((name) => new RegExp(`\\b${name}\\b`).test(code))
      .map((name) => `${file}: ${name}`);
  });
  expect(named).toEqual([]);
});
