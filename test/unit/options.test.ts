import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fieldsIn } from "../../provider/core/options/fields";
import { OPTIONS } from "../../provider/core/options/table";
import type { CheckedIn, OptionTexts } from "../../provider/core/options/values";
import { pickOptions } from "../../provider/core/options/values";
import { type GatePolicy, gatePolicy } from "../../provider/core/policy";
import { differenceOf } from "../../provider/resources/difference";
import { fingerprintOf } from "../../provider/resources/fingerprint";
import { type ParsedInputs, parseInputs } from "../../provider/resources/inputs";
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
      setBy: { resource },
      sentence: "a fake share",
    },
    fakeChoice: {
      part: "request",
      type: { kind: "choice", of: ["left", "right"] },
      startsAgain: true,
      setBy: { resource },
      sentence: "a fake choice",
    },
    fakeFlag: {
      part: "submission",
      type: { kind: "flag" },
      default: true,
      setBy: { resource },
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
  expect(values).toMatchObject({ fakeChoice: "left", fakeFlag: true, gate: { fakeShare: 7 } });
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
  expect(pickOptions(values, "submission")).toMatchObject({ fakeFlag: true, quotaCheck: "fail" });
});

test("a row that starts the preload again is a replacement, and changes what a verdict is about", () => {
  const saved = { urls: URLS, verdict: "passed" };
  const difference = differenceOf(saved, { urls: URLS, fakeChoice: "left" }, { wouldOnlyAsk: false });
  expect(difference.replaces).toEqual(["fakeChoice"]);
  expect(fingerprintOf({ urls: URLS, fakeChoice: "left" })).not.toBe(fingerprintOf({ urls: URLS }));
  expect(fingerprintOf({ urls: URLS, fakeFlag: false })).toBe(fingerprintOf({ urls: URLS }));
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
