import { type SavedVerdict, whyNotPassed } from "../../../provider/resources/why-not-passed";
import { wordingFor } from "../../support/words";

const passed: SavedVerdict = {
  verdict: "passed",
  accepted: true,
  reasons: [],
  inputsFingerprint: "of the program",
  stateVersion: 3,
};

test.each<[string, Partial<SavedVerdict>]>([
  ["passed", {}],
  ["let through by override", { verdict: "failed", reasons: ["RetCode 500"] }],
  ["accepted in a test's mock of the engine", { stateVersion: undefined, inputsFingerprint: undefined }],
])("a verdict that is %s lets pass", (_name, change) => {
  expect(whyNotPassed({ ...passed, ...change }, "of the program")).toBeUndefined();
});

test.each<[string, Partial<SavedVerdict>, string]>([
  ["about other inputs", { inputsFingerprint: "of another" }, "is about other inputs than this program's"],
  ["about inputs that are not known", { inputsFingerprint: undefined }, "is about other inputs"],
  ["pending", { verdict: "pending", accepted: false }, "let a PreloadGate wait for its taskIds"],
  ["failed", { verdict: "failed", accepted: false, reasons: ["RetCode 500", "Next"] }, "RetCode 500\nNext"],
  ["failed without a reason", { verdict: "failed", accepted: false }, "its verdict is failed."],
  [
    "failed in a mock",
    { verdict: "failed", accepted: false, stateVersion: undefined },
    "its verdict is failed.",
  ],
])("a verdict that is %s lets nothing pass and says why", (_name, change, reason) => {
  const why = whyNotPassed({ ...passed, ...change }, "of the program")!;
  expect(wordingFor("pulumi").notPassed(why, "warm")).toContain(`warm has not passed: `);
  expect(wordingFor("pulumi").notPassed(why, "warm")).toContain(reason);
});
