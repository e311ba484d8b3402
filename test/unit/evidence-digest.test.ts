import { evidenceOf } from "../../provider/core/evidence-digest";
import { entry, judged, polled, row, stateOf, submittedUrls } from "./gate-facts";

const A = "https://cdn.example.com/a.js";
const B = "https://cdn.example.com/b.js";

const failed = () => judged(polled(submittedUrls(A, B), [entry([row("/a.js", 0), row("/b.js", 100)])])).state;

test("the digest of a state's evidence stays what earlier releases have saved", () => {
  expect(evidenceOf(failed())).toBe("394ba54bf70af585");
  expect(evidenceOf(stateOf([]))).toBe("811c9dc501000193");
});

test("the order of the URLs does not change the digest, another result does", () => {
  const state = failed();
  expect(evidenceOf({ ...state, results: state.results.toReversed() })).toBe(evidenceOf(state));
  const [first, ...others] = state.results;
  const passed = { ...state, results: [{ ...first!, state: "preloaded" as const }, ...others] };
  expect(evidenceOf(passed)).not.toBe(evidenceOf(state));
});
