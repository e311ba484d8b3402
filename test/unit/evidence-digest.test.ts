import { evidenceOf } from "../../provider/core/evidence-digest";
import { entry, judged, policyOf, polled, row, stateOf, submittedUrls } from "./gate-facts";

const A = "https://cdn.example.com/a.js";
const B = "https://cdn.example.com/b.js";

const failed = () => judged(polled(submittedUrls(A, B), [entry([row("/a.js", 0), row("/b.js", 100)])])).state;

test("the digest of a state's evidence stays what earlier releases have saved", () => {
  expect(evidenceOf(failed(), policyOf())).toBe("394ba54bf70af585");
  expect(evidenceOf(stateOf([]), policyOf())).toBe("811c9dc501000193");
});

test("the order of the URLs does not change the digest, another result does", () => {
  const state = failed();
  const policy = policyOf();
  expect(evidenceOf({ ...state, urls: state.urls.toReversed() }, policy)).toBe(evidenceOf(state, policy));
  const passed = polled(state, [entry([row("/a.js", 9), row("/b.js", 100)])]);
  expect(evidenceOf(passed, policy)).not.toBe(evidenceOf(state, policy));
  expect(evidenceOf(state, policyOf({ minSuccessPercent: 100 }))).toBe(evidenceOf(state, policy));
  expect(evidenceOf(passed, policyOf({ minSuccessPercent: 100 }))).toBe(evidenceOf(state, policy));
});
