import { type Inputs, parseInputs } from "../../../provider/resources/inputs";
import { type Plan, planCreate, planUpdate, wouldOnlyAsk } from "../../../provider/resources/preview";
import type { ResourceKind } from "../../../provider/resources/resource-call";

import { wordingFor } from "../../support/words";

import {
  DAY_MS,
  entry,
  judged,
  NOW_MS,
  polled,
  row,
  stateOf,
  submitted,
  submittedUrls,
  urlOf,
} from "../gate-facts";

const A = "https://cdn.example.com/a.js";
const B = "https://cdn.example.com/b.js";

function inputs(raw: Record<string, unknown>, kind: ResourceKind = "Preload"): Inputs {
  const parsed = parseInputs(kind, { urls: [A, B], ...raw });
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return parsed.inputs;
}

/** A plan as its row says it. */
function toldPlan({ facts, ...plan }: Plan) {
  return { text: wordingFor().plan(facts), ...plan };
}

test("a create counts URLs and calls, spellings merged", () => {
  const urls = [
    ...Array.from({ length: 101 }, (_, index) => `https://cdn.example.com/${index}`),
    "cdn.example.com/0",
  ];
  expect(toldPlan(planCreate(inputs({ urls })))).toEqual({
    text: "would submit 101 URLs in 2 calls, then wait; 1 more spelling of the same URLs left out",
    urls: 101,
    purges: 0,
  });
});

test("a create that does not wait says nothing of waiting", () => {
  expect(toldPlan(planCreate(inputs({ wait: false }))).text).toBe("would submit 2 URLs in 1 call");
});

test("a create with a purge counts it", () => {
  expect(planCreate(inputs({ purgeFirst: true }))).toMatchObject({ urls: 2, purges: 2 });
});

test("a gate over tasks submits nothing", () => {
  const listing = inputs({ urls: undefined, taskIds: "1,2" }, "PreloadGate");
  expect(toldPlan(planCreate(listing))).toEqual({
    text: "would wait for 2 tasks; submits nothing",
    urls: 0,
    purges: 0,
  });
  expect(planUpdate(listing, stateOf([]), NOW_MS).urls).toBe(0);
});

test("an update of what passed would only judge again", () => {
  const state = judged(polled(submittedUrls(A, B), [entry([row("/a.js", 100), row("/b.js", 100)])])).state;
  expect(toldPlan(planUpdate(inputs({}), state, NOW_MS))).toEqual({
    text: "would judge again; nothing to submit by what is known now",
    urls: 0,
    purges: 0,
  });
});

test("an update of what failed counts only that", () => {
  const state = polled(submittedUrls(A, B), [entry([row("/a.js", 100), row("/b.js", 0)])]);
  expect(toldPlan(planUpdate(inputs({}), state, NOW_MS))).toMatchObject({
    text: "would submit 1 URL in 1 call: only what failed or was never accepted",
    urls: 1,
  });
});

test("an update of what runs would ask first and submit nothing", () => {
  const plan = planUpdate(inputs({}), submittedUrls(A, B), NOW_MS);
  expect(toldPlan(plan)).toEqual({
    text: "would ask about 1 task; nothing to submit by what is known now",
    urls: 0,
    purges: 0,
  });
});

test("a preview goes by the program's gate, not by the saved one", () => {
  const state = judged(polled(submittedUrls(A, B), [entry([row("/a.js", 100), row("/b.js", 47)])])).state;
  expect(planUpdate(inputs({ gate: { minSuccessPercent: 90 } }), state, NOW_MS).urls).toBe(1);
});

test("a submission whose outcome is not known would be looked up, and its URLs not submitted", () => {
  const state = stateOf([A, B]);
  const attempt = { purpose: "preload" as const, urls: [urlOf(A)], sentAtMs: NOW_MS, expiresAtMs: NOW_MS };
  const open = { ...state, saved: { ...state.saved, openAttempts: [attempt] } };
  const plan = planUpdate(inputs({}), open, NOW_MS);
  expect(toldPlan(plan).text).toContain(
    "would look for the tasks of 1 submission that the service may have accepted",
  );
  expect(plan.urls).toBe(1);
});

test("an update that does not wait would only ask while its tasks run, once they have passed, and when they are too old", () => {
  const judge = { policy: inputs({}).values.gate };
  const old = NOW_MS - 3 * DAY_MS - 1;
  expect(wouldOnlyAsk(submittedUrls(A), judge)).toBe(true);
  expect(wouldOnlyAsk(polled(submittedUrls(A), [entry([row("/a.js", 100)])]), judge)).toBe(true);
  expect(wouldOnlyAsk(submitted(stateOf([A]), [A], ["1"], old), judge)).toBe(true);
});

test("an update that does not wait would submit what failed, by its own gate, and what was never accepted", () => {
  const judge = { policy: inputs({}).values.gate };
  const half = polled(submittedUrls(A, B), [entry([row("/a.js", 100), row("/b.js", 47)])]);
  expect(wouldOnlyAsk(half, judge)).toBe(true);
  const strict = inputs({ gate: { minSuccessPercent: 90 } }).values.gate;
  expect(wouldOnlyAsk(half, { ...judge, policy: strict })).toBe(false);
  const forgiving = inputs({ gate: { minSuccessPercent: 90, maxFailedUrls: 1 } }).values.gate;
  expect(wouldOnlyAsk(half, { ...judge, policy: forgiving })).toBe(true);
  expect(wouldOnlyAsk(stateOf([A]), judge)).toBe(false);
});

test("an update that does not wait would look up a submission whose outcome is not known", () => {
  const state = submittedUrls(A);
  const attempt = { purpose: "preload" as const, urls: [urlOf(A)], sentAtMs: NOW_MS, expiresAtMs: NOW_MS };
  const open = { ...state, saved: { ...state.saved, openAttempts: [attempt] } };
  const judge = { policy: inputs({}).values.gate };
  expect(wouldOnlyAsk(open, judge)).toBe(false);
});
