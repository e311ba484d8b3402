import fc from "fast-check";
import type { GateState } from "../../provider/core/gate-state";
import { withOpenAttempt, withUnresolvableTask } from "../../provider/core/state-changes";
import { batchesOf, urlsNotAccepted, urlsToSubmit } from "../../provider/core/submit-plan";
import {
  DAY_MS,
  entry,
  judged,
  NOW_MS,
  policyOf,
  polled,
  polledByStatus,
  row,
  stateOf,
  statusRow,
  submitted,
  submittedUrls,
  urlOf,
} from "./gate-facts";

const A = "https://cdn.example.com/a.js";
const B = "https://cdn.example.com/b.js";

function planned(state: GateState): string[] {
  return urlsToSubmit(state, policyOf()).map(({ url }) => url.written);
}

test("what no task holds is submitted", () => {
  expect(planned(stateOf([A, B]))).toEqual([A, B]);
  expect(planned(submitted(stateOf([A, B]), [A], ["1"]))).toEqual([B]);
});

test("what failed is submitted again, what passed is not", () => {
  expect(planned(polled(submittedUrls(A, B), [entry([row("/a.js", 0), row("/b.js", 1)])]))).toEqual([A]);
});

test("what runs is not submitted, whatever it claims", () => {
  expect(planned(submittedUrls(A))).toEqual([]);
  expect(
    planned(polled(submittedUrls(A), [entry([row("/a.js", 0)], { status: "Refreshing", retCode: "500" })])),
  ).toEqual([]);
});

test("an undocumented status may be one that runs", () => {
  expect(
    planned(polled(submittedUrls(A), [entry([row("/a.js", 0)], { status: "Paused", retCode: "500" })])),
  ).toEqual([]);
});

test("a URL without a row is submitted again once all its tasks have ended", () => {
  const two = submitted(stateOf([A]), [A], ["1", "2"]);
  const one = polled(two, [entry([row("/z.js", 100)])]);
  expect(planned(one)).toEqual([]);
  const running = polled(one, [entry([row("/y.js", 9)], { taskId: "2", status: "Refreshing" })]);
  expect(planned(running)).toEqual([]);
  expect(planned(polled(running, [entry([row("/y.js", 9)], { taskId: "2" })]))).toEqual([A]);
});

test("a task that the service called too old, or that stayed unseen for a whole wait, does not keep its URLs from being submitted", () => {
  const old = NOW_MS - 3 * DAY_MS - 1;
  const byAClock = submitted(stateOf([A]), [A], ["1"], old);
  expect(planned(byAClock)).toEqual([]);
  expect(planned(withUnresolvableTask(byAClock, "1"))).toEqual([A]);
  const unseen = submittedUrls(A);
  expect(planned({ ...unseen, saved: { ...unseen.saved, unresolvableTaskIds: ["1"] } })).toEqual([A]);
});

test("one of several tasks that may still run is enough not to submit", () => {
  const state = submitted(stateOf([A]), [A], ["1", "2"]);
  expect(planned({ ...state, saved: { ...state.saved, unresolvableTaskIds: ["1"] } })).toEqual([]);
});

test("a URL of an open attempt is never submitted, whatever its older task says", () => {
  const attempt = { purpose: "preload" as const, urls: [urlOf(A)], sentAtMs: NOW_MS, expiresAtMs: NOW_MS };
  const old = NOW_MS - 30 * DAY_MS;
  for (const state of [
    stateOf([A]),
    submitted(stateOf([A]), [A], ["1"], old),
    polled(submittedUrls(A), [entry([row("/a.js", 0)])]),
    polled(submittedUrls(A), [entry([])]),
  ]) {
    expect(planned(withOpenAttempt(state, attempt))).toEqual([]);
  }
});

test("whatever a state says, no URL is submitted that passed, runs, or may have been accepted", () => {
  const given = fc.record({
    /** What its own task shows of it; undefined: nothing. */
    status: fc.constantFrom("Complete", "Failed", "Refreshing", "Paused", undefined),
    taskIds: fc.subarray(["own", "other"]),
    isOpen: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(given, { maxLength: 8 }), fc.boolean(), (all, isGone) => {
      const urls = all.map((_, index) => `https://cdn.example.com/${index}`);
      const accepted = all.reduce((state, { taskIds }, index) => {
        const ids = taskIds.map((id) => `${id}${index}`);
        return ids.length > 0 ? submitted(state, [urls[index]!], ids) : state;
      }, stateOf(urls));
      const shown = all.flatMap(({ status }, index) =>
        status ? [statusRow(urls[index]!, status, { taskId: `own${index}` })] : [],
      );
      const isOpen = (_url: unknown, index: number) => all[index]!.isOpen;
      const seen = polledByStatus(accepted, shown);
      const open = urls.filter(isOpen);
      const attempt = { urls: open.map(urlOf), sentAtMs: NOW_MS, expiresAtMs: NOW_MS };
      const unresolvableTaskIds = isGone ? all.map((_, index) => `other${index}`) : [];
      const state = withOpenAttempt(
        { ...seen, saved: { ...seen.saved, unresolvableTaskIds } },
        { ...attempt, purpose: "preload" },
      );
      const { states } = judged(state);
      for (const url of planned(state)) {
        const index = urls.indexOf(url);
        expect(["preloaded", "pending"]).not.toContain(states[index]);
        expect(open).not.toContain(url);
        if (states[index] !== "unknown") continue;
        const { status, taskIds } = all[index]!;
        const hasEnded = status === "Complete" || status === "Failed";
        expect(taskIds.every((id) => (id === "own" ? hasEnded : isGone))).toBe(true);
      }
    }),
  );
});

test("batches are full but for the last, hold every URL once, and keep a domain's URLs together", () => {
  const item = fc
    .record({ host: fc.constantFrom("a.example", "b.example", "c.example"), id: fc.nat() })
    .map(({ host, id }) => urlOf(`${host}/${id}`));
  fc.assert(
    fc.property(fc.array(item, { maxLength: 250 }), fc.integer({ min: 1, max: 100 }), (items, size) => {
      const batches = batchesOf(items, size);
      expect(batches.slice(0, -1).every((batch) => batch.length === size)).toBe(true);
      expect(batches.every((batch) => batch.length >= 1 && batch.length <= size)).toBe(true);
      const flat = batches.flat();
      expect(new Set(flat)).toEqual(new Set(items));
      expect(flat).toHaveLength(items.length);
      const changes = flat.filter((one, index) => index > 0 && flat[index - 1]!.host !== one.host);
      expect(changes.length).toBe(Math.max(0, new Set(items.map((one) => one.host)).size - 1));
    }),
  );
});

test("no URLs make no batch", () => {
  expect(batchesOf([], 100)).toEqual([]);
});

test("certainly not accepted is what neither an open attempt nor a task started since holds", () => {
  const C = "https://cdn.example.com/c.js";
  const before = polled(submittedUrls(A, B, C), [entry([row("/a.js", 0), row("/b.js", 0), row("/c.js", 0)])]);
  const wanted = before.urls;
  const notAccepted = (now: GateState) => urlsNotAccepted(wanted, before, now).map(({ url }) => url.written);
  expect(notAccepted(before)).toEqual([A, B, C]);
  const accepted = submitted(before, [A], ["2"]);
  expect(notAccepted(accepted)).toEqual([B, C]);
  const attempt = { urls: [urlOf(B)], sentAtMs: NOW_MS, expiresAtMs: NOW_MS };
  expect(notAccepted(withOpenAttempt(accepted, { ...attempt, purpose: "preload" }))).toEqual([C]);
  // A purge counts for its own quota.
  expect(notAccepted(withOpenAttempt(accepted, { ...attempt, purpose: "purge" }))).toEqual([B, C]);
});

test("a task id that the service gives out again holds what was accepted under it since", () => {
  const before = polled(submittedUrls(A, B), [entry([row("/a.js", 0), row("/b.js", 0)])]);
  const now = submitted(before, [A, B], ["1"]);
  expect(urlsNotAccepted(before.urls, before, now)).toEqual([]);
});
