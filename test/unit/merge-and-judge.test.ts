import { type GateState, heldTaskIds } from "../../provider/core/gate-state";
import { isLetThroughByWarn, judgeUrls, taskIdsToWatch } from "../../provider/core/judge";
import { urlProblemOf } from "../../provider/core/reasons";
import { withUnresolvableTask } from "../../provider/core/state-changes";
import { urlsToSubmit } from "../../provider/core/submit-plan";
import type { DetailEntry } from "../../provider/core/task";
import { wordingFor } from "../support/words";
import {
  DAY_MS,
  entry,
  judged,
  judgeOptions,
  NOW,
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

const HOUR_AGO = new Date(NOW_MS - 3_600_000).toISOString();

/** A gate over tasks 1 and 2 that knows which URLs it wants. */
const wanting = (...urls: string[]): GateState => {
  const state = stateOf(urls);
  return { ...state, urls: state.urls.map((known) => ({ ...known, taskIds: ["1", "2"] })) };
};

test("the API's own example passes by default: complete, RetCode 0, 47 % of POPs", () => {
  const state = polled(submittedUrls(A), [entry([row("/a.js", 47, "Successfully preloaded")])]);
  expect(judged(state)).toMatchObject({ states: ["preloaded"], verdict: "passed" });
});

test.each<[number, number, string]>([
  [47, 0, "passed"],
  [47, 47, "passed"],
  [47, 48, "failed"],
  [47, 47.01, "failed"],
  [99.99, 100, "failed"],
  [100, 100, "passed"],
  [0.01, 0, "passed"],
  [0, 0, "failed"],
])("a complete URL at %d %% with a minimum of %d %% has %s", (successPercent, minSuccessPercent, verdict) => {
  const state = polled(submittedUrls(A), [entry([row("/a.js", successPercent)])]);
  expect(judged(state, { minSuccessPercent }).verdict).toBe(verdict);
});

test.each<[string, Partial<DetailEntry>, string, string]>([
  ["Complete with RetCode 500", { retCode: "500" }, "failed", "failed"],
  ["Complete with the RetCode 00", { retCode: "00" }, "failed", "failed"],
  ["Complete with an empty RetCode", { retCode: "" }, "failed", "failed"],
  ["Complete without a RetCode", { retCode: undefined }, "failed", "failed"],
  ["Failed with RetCode 0", { status: "Failed", retCode: "0" }, "failed", "failed"],
  ["Failed with RetCode 500", { status: "Failed", retCode: "500" }, "failed", "failed"],
  ["Refreshing", { status: "Refreshing" }, "pending", "inconclusive"],
  ["Refreshing with RetCode 0", { status: "Refreshing", retCode: "0" }, "pending", "inconclusive"],
  ["Refreshing with RetCode 500", { status: "Refreshing", retCode: "500" }, "pending", "inconclusive"],
  ["an undocumented status", { status: "Paused" }, "unknown", "inconclusive"],
  ["the status in lower case", { status: "complete" }, "unknown", "inconclusive"],
  ["an empty status", { status: "" }, "unknown", "inconclusive"],
])("an entry that is %s, with a URL at 60 %%", (_name, changes, urlState, verdict) => {
  const state = polled(submittedUrls(A), [entry([row("/a.js", 60)], changes)]);
  expect(judged(state)).toMatchObject({ states: [urlState], verdict });
});

test("a running entry is pending even where a URL claims 100 %", () => {
  const state = polled(submittedUrls(A), [
    entry([row("/a.js", 100)], { status: "Refreshing", processPercent: 100 }),
  ]);
  expect(judged(state)).toMatchObject({ states: ["pending"], verdict: "inconclusive" });
});

test("in a failed entry the URL at 100 % passes and the others fail", () => {
  const failed = entry([row("/a.js", 100), row("/b.js", 99.99)], { retCode: "500" });
  const state = polled(submittedUrls(A, B), [failed]);
  expect(judged(state)).toMatchObject({ states: ["preloaded", "failed"], verdict: "failed" });
});

test("in a failed entry whose rows all claim 100 % every URL fails", () => {
  const failed = entry([row("/a.js", 100), row("/b.js", 100)], { status: "Failed", retCode: "500" });
  const { state, states } = judged(polled(submittedUrls(A, B), [failed]));
  expect(states).toEqual(["failed", "failed"]);
  expect(state.tasks[0]?.failedWithoutFailedUrl).toBe(true);
});

test("in a failed entry a URL without a row fails", () => {
  const failed = entry([row("/a.js", 100)], { retCode: "500" });
  expect(judged(polled(submittedUrls(A, B), [failed])).states).toEqual(["failed", "failed"]);
  const withOther = entry([row("/a.js", 100), row("/c.js", 3)], { retCode: "500" });
  expect(judged(polled(submittedUrls(A, B), [withOther])).states).toEqual(["preloaded", "failed"]);
});

test("a failed entry whose one row lacks a share does not count as every row at 100 %", () => {
  const failed = entry([row("/a.js", 100), row("/b.js", undefined)], { retCode: "500" });
  expect(judged(polled(submittedUrls(A, B), [failed])).states).toEqual(["preloaded", "failed"]);
});

test("the description is shown and never judged", () => {
  const bad = polled(submittedUrls(A), [entry([row("/a.js", 90, "Internal Error|Origin Timeout")])]);
  expect(judged(bad).verdict).toBe("passed");
  expect(judged(bad).results[0]?.description).toBe("Internal Error|Origin Timeout");
  const good = polled(submittedUrls(A), [entry([row("/a.js", 0, "Successfully preloaded")])]);
  expect(judged(good).verdict).toBe("failed");
});

test("a URL without a row in a complete entry is unknown", () => {
  const state = polled(submittedUrls(A, B), [entry([row("/a.js", 100)])]);
  expect(judged(state)).toMatchObject({ states: ["preloaded", "unknown"], verdict: "inconclusive" });
});

test("a URL without a row in an empty complete entry is unknown", () => {
  expect(judged(polled(submittedUrls(A), [entry([])]))).toMatchObject({
    states: ["unknown"],
    verdict: "inconclusive",
  });
});

test("a row of an earlier answer does not count once a newer answer leaves it out", () => {
  const running = polled(submittedUrls(A, B), [
    entry([row("/a.js", 70), row("/b.js", 70)], { status: "Refreshing" }),
  ]);
  const ended = polled(running, [entry([row("/a.js", 100)])]);
  expect(judged(ended)).toMatchObject({ states: ["preloaded", "unknown"], verdict: "inconclusive" });
  expect(judged(ended).results[1]).not.toHaveProperty("successPercent");
});

test("of several rows for one URL the worst counts", () => {
  const rows = [row("/a.js", 100), row("/a.js\n", 3), row("/a.js", 60)];
  expect(judged(polled(submittedUrls(A), [entry(rows)]), { minSuccessPercent: 50 }).verdict).toBe("failed");
  const oneWithout = polled(submittedUrls(A), [entry([row("/a.js", 100), row("/a.js", undefined)])]);
  expect(judged(oneWithout).verdict).toBe("inconclusive");
});

test("of several entries for one domain none hides the worst", () => {
  const failed = entry([row("/a.js", 40)], { retCode: "500" });
  const complete = entry([row("/a.js", 100)]);
  const running = entry([row("/a.js", 100)], { status: "Refreshing" });
  for (const entries of [
    [failed, complete],
    [complete, failed],
  ]) {
    expect(judged(polled(submittedUrls(A), entries)).verdict).toBe("failed");
  }
  for (const entries of [
    [running, complete],
    [complete, running],
  ]) {
    expect(judged(polled(submittedUrls(A), entries)).states).toEqual(["pending"]);
  }
});

test("a line feed after the path and another case of the domain change nothing", () => {
  const state = polled(submittedUrls(A), [entry([row("/a.js\r\n", 100)], { domain: "CDN.Example.COM" })]);
  expect(judged(state).verdict).toBe("passed");
});

test("an answer in the domain's own alphabet is recognized", () => {
  const state = polled(submittedUrls("https://bücher.example/ä.js?q=ö"), [
    entry([row("/ä.js?q=ö", 100)], { domain: "bücher.example" }),
  ]);
  expect(judged(state).verdict).toBe("passed");
});

test("a neighbour's row in the same entry is ignored", () => {
  const state = polled(submittedUrls(A), [entry([row("/a.js", 100), row("/other.js", 0)])]);
  expect(judged(state)).toMatchObject({ states: ["preloaded"], verdict: "passed" });
  expect(state.urls).toHaveLength(1);
});

test("the same path on a neighbour's domain says nothing of ours", () => {
  const neighbour = entry([row("/a.js", 100)], { domain: "www.example.com" });
  const state = polled(submittedUrls(A), [neighbour]);
  expect(judged(state)).toMatchObject({ states: ["pending"], verdict: "inconclusive" });
  expect(state.tasks).toEqual([]);
});

test("the same path on another domain of ours says nothing of the first", () => {
  const other = "https://www.example.com/a.js";
  const state = polled(submittedUrls(A, other), [
    entry([row("/a.js", 0)]),
    entry([row("/a.js", 100)], { domain: "www.example.com" }),
  ]);
  expect(judged(state).states).toEqual(["failed", "preloaded"]);
});

test("a neighbour's failed entry in a shared task is not ours", () => {
  const state = polled(submittedUrls(A), [
    entry([row("/a.js", 100)]),
    entry([row("/z.js", 0)], { domain: "www.example.com", retCode: "500" }),
  ]);
  expect(judged(state).verdict).toBe("passed");
});

test("an answer about a task that never held the URL is ignored", () => {
  const state = polled(submittedUrls(A), [entry([row("/a.js", 100)], { taskId: "2" })]);
  expect(judged(state)).toMatchObject({ states: ["pending"], verdict: "inconclusive" });
});

test("of several ids of a submission each has to answer before a URL passes, and none is dropped", () => {
  const state = submitted(stateOf([A, B]), [A, B], ["1", "2"]);
  const first = polled(state, [entry([row("/a.js", 100)])]);
  expect(judged(first).states).toEqual(["pending", "pending"]);
  const both = judged(polled(first, [entry([row("/b.js", 100)], { taskId: "2" })]));
  expect(both).toMatchObject({ states: ["preloaded", "preloaded"], verdict: "passed" });
  expect(heldTaskIds(both.state)).toEqual(["1", "2"]);
});

test.each([
  ["first", "1", "2"],
  ["last", "2", "1"],
])(
  "a URL that two ids of a submission name is as bad as the worse of them, which answers %s",
  (_, bad, good) => {
    const entries = [
      entry([row("/a.js", 0, "Origin Timeout")], { taskId: bad, retCode: "504" }),
      entry([row("/a.js", 100)], { taskId: good }),
    ].sort((a, b) => a.taskId.localeCompare(b.taskId));
    const state = entries.reduce(
      (known, one) => polled(known, [one]),
      submitted(stateOf([A]), [A], ["1", "2"]),
    );
    const { states, verdict, results } = judged(state);
    expect({ states, verdict }).toEqual({ states: ["failed"], verdict: "failed" });
    expect(results[0]).toMatchObject({ taskId: "1,2", successPercent: 0, description: "Origin Timeout" });
  },
);

test("a task that is asked again replaces what it said before, and not what the other id said", () => {
  const both = submitted(stateOf([A]), [A], ["1", "2"]);
  const one = polled(both, [entry([row("/a.js", 60)], { status: "Refreshing" })]);
  const other = polled(one, [entry([row("/a.js", 90)], { taskId: "2" })]);
  const end = judged(polled(other, [entry([row("/a.js", 100)])]));
  expect(end.states).toEqual(["preloaded"]);
  expect(end.results[0]?.successPercent).toBe(90);
});

test("an id of several that the service never knew keeps the URL from passing", () => {
  const state = polled(submitted(stateOf([A]), [A], ["1", "2"]), [entry([row("/a.js", 100)])]);
  const gone = { ...state, saved: { ...state.saved, unresolvableTaskIds: ["2"] } };
  expect(judged(gone)).toMatchObject({ states: ["unknown"], verdict: "inconclusive" });
});

test("status-only rows of two ids are judged by the worse, too", () => {
  const start = submitted(stateOf([A]), [A], ["1", "2"]);
  const one = polledByStatus(start, [statusRow(A, "Complete")]);
  expect(judged(one).states).toEqual(["pending"]);
  expect(judged(polledByStatus(one, [statusRow(A, "Failed", { taskId: "2" })])).states).toEqual(["failed"]);
  expect(judged(polledByStatus(one, [statusRow(A, "Complete", { taskId: "2" })])).states).toEqual([
    "preloaded",
  ]);
});

test("an answer that shows less than it counts lets nothing pass, until it shows all", () => {
  const start = submittedUrls(A);
  const some = polled(start, [entry([row("/a.js", 100)])], "submitted", { unseenCount: 1 });
  expect(judged(some)).toMatchObject({ states: ["pending"], verdict: "inconclusive" });
  expect(urlsToSubmit(some, policyOf())).toEqual([]);
  expect(judged(polled(some, [entry([row("/a.js", 100)])])).states).toEqual(["preloaded"]);
});

test("a listed task of which less is shown than is counted keeps its gate from passing", () => {
  const state = polled(stateOf([]), [entry([row("/a.js", 100)])], "any", { unseenCount: 2 });
  expect(judged(state, {}, { listedTaskIds: ["1"] }).verdict).toBe("inconclusive");
});

test("rows that are counted and not shown keep status-only evidence from passing", () => {
  const state = polledByStatus(submittedUrls(A), [statusRow(A, "Complete")], "submitted", {
    unseenCount: 1,
  });
  expect(judged(state).states).toEqual(["pending"]);
});

test("a status-only row of an answer that hid others proves nothing beside the next answer, which lacks it", () => {
  const some = polledByStatus(submittedUrls(A, B), [statusRow(A, "Complete")], "submitted", {
    unseenCount: 1,
  });
  const next = polledByStatus(some, [statusRow(B, "Complete")]);
  expect(judged(next)).toMatchObject({ states: ["unknown", "preloaded"], verdict: "inconclusive" });
});

test("a status-only row that is older than its submission proves nothing beside the next answer, which lacks it", () => {
  const start = submitted(stateOf([A, B]), [A, B], ["1"], NOW_MS, NOW_MS);
  const old = polledByStatus(start, [statusRow(A, "Complete", { creationTime: HOUR_AGO })]);
  const next = polledByStatus(old, [statusRow(B, "Complete")]);
  expect(judged(next)).toMatchObject({ states: ["unknown", "preloaded"], verdict: "inconclusive" });
});

test("of two listed tasks as old, one that failed by details counts over what the other says by its status alone", () => {
  const failed = polled(wanting(A), [entry([row("/a.js", 0)], { taskId: "2", retCode: "500" })], "listed");
  const next = polledByStatus(failed, [statusRow(A, "Complete")], "listed");
  expect(judged(next, {}, listed("1", "2"))).toMatchObject({ states: ["failed"], verdict: "failed" });
});

test("of two listed tasks as old, what one said is kept while the other goes on, and the worse counts in the end", () => {
  const ended = polled(wanting(A), [entry([row("/a.js", 60)], { taskId: "2" })], "listed");
  const running = polled(ended, [entry([row("/a.js", 50)], { status: "Refreshing" })], "listed");
  expect(judged(running, {}, listed("1", "2")).verdict).toBe("inconclusive");
  const next = polled(running, [entry([row("/a.js", 100)])], "listed");
  expect(judged(next, { minSuccessPercent: 50 }, listed("1", "2")).verdict).toBe("passed");
  expect(judged(next, { minSuccessPercent: 80 }, listed("1", "2")).verdict).toBe("failed");
});

test("of two listed tasks as old, one that failed counts over one that hid some of its rows", () => {
  const hidden = polledByStatus(wanting(A), [statusRow(A, "Failed", { taskId: "2" })], "listed", {
    unseenCount: 1,
  });
  const next = polledByStatus(hidden, [statusRow(A, "Failed")], "listed");
  expect(judged(next).states).toEqual(["failed"]);
});

test("each of several entries of a domain is judged with its own rows, and the worst counts", () => {
  const failed = entry([row("/b.js", 100)], { retCode: "500" });
  const fine = entry([row("/a.js", 60)]);
  for (const entries of [
    [failed, fine],
    [fine, failed],
  ]) {
    const end = judged(polled(submittedUrls(A, B), entries));
    expect(end).toMatchObject({ states: ["preloaded", "failed"], verdict: "failed" });
  }
});

test("a URL in two entries of its domain is as bad as in the worse", () => {
  const end = judged(
    polled(submittedUrls(A), [
      entry([row("/a.js", 100)]),
      entry([row("/a.js", 100)], { status: "Failed", retCode: "500" }),
    ]),
  );
  expect(end.states).toEqual(["failed"]);
});

test("an entry that failed and names no URL may hold any of its domain's", () => {
  const end = judged(polled(submittedUrls(A), [entry([row("/a.js", 100)]), entry([], { retCode: "500" })]));
  expect(end.states).toEqual(["failed"]);
});

test.each([
  ["was created", { creationTime: HOUR_AGO }],
  ["ended", { endTime: HOUR_AGO }],
])("an entry that %s before its submission was sent proves nothing of it", (_, times) => {
  const state = polled(submitted(stateOf([A]), [A], ["1"], NOW_MS, NOW_MS), [
    entry([row("/a.js", 100)], times),
  ]);
  const { states, verdict, state: end } = judged(state);
  expect({ states, verdict }).toEqual({ states: ["unknown"], verdict: "inconclusive" });
  expect(urlsToSubmit(end, policyOf())).toEqual([]);
  const problem = urlProblemOf(end, 0, { policy: policyOf(), failure: undefined });
  expect(wordingFor().urlProblem(problem!)).toBe(
    `the service shows a task that is older than this submission (${
      "creationTime" in times ? `created ${HOUR_AGO}, ended ${NOW}` : `created ${NOW}, ended ${HOUR_AGO}`
    }, submitted ${NOW}), which proves nothing`,
  );
});

test("a status-only row that is older than the submission proves nothing of it", () => {
  const state = polledByStatus(submitted(stateOf([A]), [A], ["1"], NOW_MS, NOW_MS), [
    statusRow(A, "Complete", { creationTime: HOUR_AGO }),
  ]);
  expect(judged(state).states).toEqual(["unknown"]);
});

test.each([
  ["a few seconds early, as clocks differ", new Date(NOW_MS - 5_000).toISOString()],
  ["without a zone, which cannot be placed", "2026-11-23 02:00:00"],
])("a creation time %s is no older evidence", (_, creationTime) => {
  const state = polled(submitted(stateOf([A]), [A], ["1"], NOW_MS, NOW_MS), [
    entry([row("/a.js", 100)], { creationTime }),
  ]);
  expect(judged(state).states).toEqual(["preloaded"]);
});

test("a URL that none of its tasks names is unknown only when all have ended", () => {
  const state = submitted(stateOf([A]), [A], ["1", "2"]);
  const first = polled(state, [entry([row("/z.js", 100)])]);
  expect(judged(first).states).toEqual(["pending"]);
  const both = polled(first, [entry([row("/y.js", 100)], { taskId: "2" })]);
  expect(judged(both).states).toEqual(["unknown"]);
});

test("nothing is evidence for no URLs", () => {
  expect(judged(stateOf([])).verdict).toBe("inconclusive");
});

test("a URL that was not submitted is notSubmitted, and the verdict inconclusive", () => {
  expect(judged(stateOf([A]))).toMatchObject({ states: ["notSubmitted"], verdict: "inconclusive" });
});

test("a submitted URL that no answer tells of is pending", () => {
  expect(judged(submittedUrls(A)).states).toEqual(["pending"]);
});

test("a task past three days by a clock is asked about: the service alone can call it too old", () => {
  const at = NOW_MS - 3 * DAY_MS - 1;
  const unseen = submitted(stateOf([A]), [A], ["1"], at);
  const running = polled(unseen, [entry([row("/a.js", 99)], { status: "Refreshing" })]);
  for (const old of [unseen, running]) {
    const { state, states } = judged(old);
    expect(states).toEqual(["pending"]);
    expect(taskIdsToWatch(state, judgeOptions())).toEqual(["1"]);
  }
});

test("a task that the service has called too old is unknown, also one that was seen to run", () => {
  const unseen = submittedUrls(A);
  const running = polled(unseen, [entry([row("/a.js", 99)], { status: "Refreshing" })]);
  for (const state of [unseen, running])
    expect(judged(withUnresolvableTask(state, "1")).states).toEqual(["unknown"]);
});

test("what was preloaded stays so past three days", () => {
  const at = NOW_MS - 30 * DAY_MS;
  const old = polled(submitted(stateOf([A]), [A], ["1"], at), [entry([row("/a.js", 99)])]);
  expect(judged(old).verdict).toBe("passed");
});

test("a task that stayed unseen for a whole wait makes its URLs unknown, and is still asked about", () => {
  const unseen = submittedUrls(A);
  const gone = { ...unseen, saved: { ...unseen.saved, unresolvableTaskIds: ["1"] } };
  const { state, states } = judged(gone);
  expect(states).toEqual(["unknown"]);
  expect(taskIdsToWatch(state, judgeOptions())).toEqual(["1"]);
});

test("a task of which another domain has ended is still asked about for a domain that it has not told of", () => {
  const other = "https://www.example.com/c.js";
  const state = polled(submittedUrls(A, other), [entry([row("/a.js", 100)])]);
  const { state: known, states } = judged(state);
  expect(states).toEqual(["preloaded", "pending"]);
  expect(taskIdsToWatch(known, judgeOptions())).toEqual(["1"]);
  expect(urlsToSubmit(known, policyOf())).toEqual([]);
  const gone = withUnresolvableTask(known, "1");
  expect(urlsToSubmit(gone, policyOf()).map(({ url }) => url.written)).toEqual([other]);
});

test("failed URLs up to the allowed number pass, one more does not", () => {
  const C = "https://cdn.example.com/c.js";
  const state = polled(submittedUrls(A, B, C), [entry([row("/a.js", 0), row("/b.js", 0), row("/c.js", 9)])]);
  expect(judged(state, { maxFailedUrls: 1 }).verdict).toBe("failed");
  expect(judged(state, { maxFailedUrls: 2 }).verdict).toBe("passed");
});

test("the allowed failures cover no URL that is unknown or pending", () => {
  const unknown = polled(submittedUrls(A, B), [entry([row("/a.js", 100)])]);
  expect(judged(unknown, { maxFailedUrls: 2 }).verdict).toBe("inconclusive");
  const pending = polled(submittedUrls(A), [entry([row("/a.js", 100)], { status: "Refreshing" })]);
  expect(judged(pending, { maxFailedUrls: 2 }).verdict).toBe("inconclusive");
});

test("status-only evidence passes by default where each URL's row is complete", () => {
  const state = polledByStatus(submittedUrls(A, B), [
    statusRow(A, "Complete"),
    statusRow(`${B}\n`, "Complete"),
  ]);
  expect(judged(state)).toMatchObject({ states: ["preloaded", "preloaded"], verdict: "passed" });
  expect(state.tasks).toMatchObject([{ evidence: "statusOnly", status: "Complete" }]);
});

test.each<[string, string, string]>([
  ["Refreshing", "pending", "inconclusive"],
  ["Pending", "pending", "inconclusive"],
  ["Failed", "failed", "failed"],
  ["Paused", "unknown", "inconclusive"],
])("a status-only row that is %s makes its URL %s", (status, urlState, verdict) => {
  const state = polledByStatus(submittedUrls(A), [statusRow(A, status, { description: "Internal Error" })]);
  expect(judged(state)).toMatchObject({ states: [urlState], verdict });
  expect(judged(state).results[0]?.description).toBe("Internal Error");
});

test("a URL without a status-only row is pending while its task runs and unknown after", () => {
  const running = polledByStatus(submittedUrls(A, B), [statusRow(A, "Refreshing")]);
  expect(judged(running).states).toEqual(["pending", "pending"]);
  const ended = polledByStatus(running, [statusRow(A, "Complete")]);
  expect(judged(ended)).toMatchObject({ states: ["preloaded", "unknown"], verdict: "inconclusive" });
});

test("of several status-only rows for one URL the worst counts", () => {
  for (const status of ["Failed", "Paused", "Refreshing"]) {
    const rows = [statusRow(A, "Complete"), statusRow(A, status)];
    expect(judged(polledByStatus(submittedUrls(A), rows)).verdict).not.toBe("passed");
    expect(judged(polledByStatus(submittedUrls(A), rows.toReversed())).verdict).not.toBe("passed");
  }
});

test("a status-only row of a purge, of a neighbour or of another domain says nothing", () => {
  const rows = [
    statusRow(A, "Complete", { objectType: "file" }),
    statusRow("https://www.example.com/a.js", "Complete"),
    statusRow(A, "Complete", { taskId: "2" }),
  ];
  expect(judged(polledByStatus(submittedUrls(A), rows)).states).toEqual(["pending"]);
});

test("status-only evidence never takes the place of an ended task's details", () => {
  const failed = polled(submittedUrls(A), [entry([row("/a.js", 0)], { retCode: "500" })]);
  expect(judged(polledByStatus(failed, [statusRow(A, "Complete")])).verdict).toBe("failed");
});

test("details take the place of status-only evidence", () => {
  const statusOnly = polledByStatus(submittedUrls(A, B), [
    statusRow(A, "Complete"),
    statusRow(B, "Complete"),
  ]);
  const detail = polled(statusOnly, [entry([row("/a.js", 0)])]);
  expect(judged(detail).states).toEqual(["failed", "unknown"]);
});

test.each<[string, { requireDetail?: boolean; minSuccessPercent?: number }]>([
  ["requireDetail", { requireDetail: true }],
  ["a minimum share", { minSuccessPercent: 1 }],
])("with %s status-only evidence never passes, not even when it was saved before", (_name, policy) => {
  const state = polledByStatus(submittedUrls(A), [statusRow(A, "Complete")]);
  expect(judged(state).verdict).toBe("passed");
  const strict = judged(state, policy);
  expect(strict.verdict).toBe("inconclusive");
  expect(taskIdsToWatch(strict.state, judgeOptions(policy))).toEqual(["1"]);
  const detail = polled(strict.state, [entry([row("/a.js", 100)])]);
  expect(judged(detail, policy).verdict).toBe("passed");
});

test("a URL within the allowed failures that is known by status only is not enough for requireDetail", () => {
  const state = polledByStatus(submittedUrls(A, B), [statusRow(A, "Failed"), statusRow(B, "Complete")]);
  expect(judged(state, { requireDetail: true, maxFailedUrls: 1 }).verdict).toBe("inconclusive");
});

test("a gate that no URL has got through fails, however many may fail", () => {
  const state = polled(submittedUrls(A, B), [entry([row("/a.js", 0), row("/b.js", 0)])]);
  expect(judged(state, { maxFailedUrls: 10 }).verdict).toBe("failed");
});

test("only unsettled tasks are asked about", () => {
  const state = submitted(submitted(stateOf([A, B]), [A], ["1"]), [B], ["2"]);
  const one = judged(polled(state, [entry([row("/a.js", 100)])])).state;
  expect(taskIdsToWatch(one, judgeOptions())).toEqual(["2"]);
});

test("an entry with an undocumented status may be asked about by a later run", () => {
  const state = judged(polled(submittedUrls(A), [entry([row("/a.js", 60)], { status: "Paused" })])).state;
  expect(taskIdsToWatch(state, judgeOptions())).toEqual(["1"]);
});

const listed = (...ids: string[]) => ({ listedTaskIds: ids });
const at = (offsetMs: number) => new Date(NOW_MS + offsetMs).toISOString();

test("for a URL in several listed tasks the newest counts, in whatever order they answer", () => {
  const older = entry([row("/a.js", 100)], { taskId: "1", creationTime: at(0) });
  const newer = entry([row("/a.js", 0)], { taskId: "2", creationTime: at(60_000) });
  for (const entries of [
    [older, newer],
    [newer, older],
  ]) {
    const state = entries.reduce((before, one) => polled(before, [one], "listed"), wanting(A));
    expect(judged(state, {}, listed("1", "2"))).toMatchObject({ states: ["failed"], verdict: "failed" });
    const any = entries.reduce((before, one) => polled(before, [one], "any"), stateOf([]));
    expect(judged(any, {}, listed("1", "2")).verdict).toBe("failed");
  }
});

test("of two listed tasks of one second the worse counts", () => {
  const good = entry([row("/a.js", 100)], { taskId: "1" });
  const bad = entry([row("/a.js", 10)], { taskId: "2" });
  for (const entries of [
    [good, bad],
    [bad, good],
  ]) {
    const state = entries.reduce((before, one) => polled(before, [one], "any"), stateOf([]));
    expect(judged(state, { minSuccessPercent: 50 }, listed("1", "2")).verdict).toBe("failed");
  }
});

test("a gate over tasks passes only when each has answered and ended", () => {
  const first = polled(stateOf([]), [entry([row("/a.js", 100)])], "any");
  expect(judged(first, {}, listed("1")).verdict).toBe("passed");
  expect(judged(first, {}, listed("1", "2")).verdict).toBe("inconclusive");
  const running = polled(first, [entry([row("/b.js", 100)], { taskId: "2", status: "Refreshing" })], "any");
  expect(judged(running, {}, listed("1", "2")).verdict).toBe("inconclusive");
  const odd = polled(first, [entry([row("/a.js", 100)], { taskId: "2", status: "Paused" })], "any");
  expect(judged(odd, {}, listed("1", "2")).verdict).toBe("inconclusive");
  const both = polled(first, [entry([row("/b.js", 100)], { taskId: "2" })], "any");
  expect(judged(both, {}, listed("1", "2"))).toMatchObject({
    states: ["preloaded", "preloaded"],
    verdict: "passed",
  });
});

test("a listed task that is complete but names no URL is no evidence", () => {
  const state = polled(stateOf([]), [entry([])], "any");
  expect(judged(state, {}, listed("1")).verdict).toBe("inconclusive");
  const withOther = polled(state, [entry([row("/a.js", 100)], { taskId: "2" })], "any");
  expect(judged(withOther, {}, listed("1", "2")).verdict).toBe("inconclusive");
});

test("a listed task that failed and names no URL fails the gate", () => {
  const state = polled(stateOf([]), [entry([], { status: "Failed", retCode: "500" })], "any");
  expect(judged(state, {}, listed("1")).verdict).toBe("failed");
  // It may hold any number of URLs: more than whatever may fail.
  expect(judged(state, { maxFailedUrls: 5 }, listed("1")).verdict).toBe("failed");
});

test("where none of several tasks has told of a URL's domain, it may still run, and each is asked again", () => {
  const other = "https://www.example.com/b.js";
  const domain = "www.example.com";
  const answers = ["1", "2"].map((taskId) => entry([row("/b.js", 100)], { taskId, domain }));
  const sent = submitted(stateOf([A, other]), [A, other], ["1", "2"]);
  const state = answers.reduce((before, answer) => polled(before, [answer]), sent);
  expect(judged(state)).toMatchObject({ states: ["pending", "preloaded"], verdict: "inconclusive" });
  expect(taskIdsToWatch(judged(state).state, judgeOptions())).toEqual(["1", "2"]);
  // Once one has told of it, the other may have none of it.
  const told = polled(state, [entry([row("/a.js", 100)], { taskId: "2" })]);
  expect(judged(told)).toMatchObject({ states: ["preloaded", "preloaded"], verdict: "passed" });
});

test("a listed task that holds only other domains has ended all the same, and fails nothing", () => {
  const wanted = polled(wanting(A), [entry([row("/a.js", 100)])], "listed");
  const foreign = { taskId: "2", domain: "www.example.com" };
  const running = polled(wanted, [entry([], { ...foreign, status: "Refreshing" })], "listed");
  expect(judged(running, {}, listed("1", "2")).verdict).toBe("inconclusive");
  for (const part of [
    entry([row("/a.js", 0)], foreign),
    entry([], foreign),
    entry([], { ...foreign, status: "Failed", retCode: "500" }),
  ]) {
    expect(judged(polled(wanted, [part], "listed"), {}, listed("1", "2")).verdict).toBe("passed");
  }
});

test("a gate over tasks with wanted URLs judges no others", () => {
  const state = polled(wanting(A), [entry([row("/a.js", 100), row("/z.js", 0)])], "listed");
  expect(judged(state).results.map((result) => result.url)).toEqual([A]);
  expect(judged(state, {}, listed("1")).verdict).toBe("passed");
});

test("a wanted URL that no listed task names is unknown, or failed where one of them failed", () => {
  const complete = polled(
    polled(wanting(A), [entry([row("/y.js", 100)])], "listed"),
    [entry([row("/z.js", 100)], { taskId: "2" })],
    "listed",
  );
  expect(judged(complete, {}, listed("1", "2"))).toMatchObject({
    states: ["unknown"],
    verdict: "inconclusive",
  });
});

test("warn lets only pending and unknown URLs of accepted tasks through", () => {
  const warn = { onInconclusive: "warn" } as const;
  const isLetThrough = (
    state: ReturnType<typeof stateOf>,
    policy: Partial<ReturnType<typeof policyOf>> = warn,
    ids?: string[],
  ) => {
    const options = judgeOptions(policy, ids ? { listedTaskIds: ids } : {});
    const { state: next, verdict } = judged(state, policy, ids ? { listedTaskIds: ids } : {});
    return isLetThroughByWarn(next, verdict as "inconclusive", options);
  };
  const pending = submittedUrls(A);
  expect(isLetThrough(pending)).toBe(true);
  expect(isLetThrough(pending, {})).toBe(false);
  expect(isLetThrough(polled(submittedUrls(A, B), [entry([row("/a.js", 100)])]))).toBe(true);
  expect(isLetThrough(polled(submittedUrls(A), [entry([row("/a.js", 0)])]))).toBe(false);
  expect(isLetThrough(stateOf([A]))).toBe(false);
  expect(isLetThrough(submitted(stateOf([A, B]), [A], ["1"]))).toBe(false);
  expect(isLetThrough(stateOf([]))).toBe(false);
  const attempt = { purpose: "preload" as const, urls: [urlOf(A)], sentAtMs: NOW_MS, expiresAtMs: NOW_MS };
  expect(isLetThrough({ ...pending, saved: { ...pending.saved, openAttempts: [attempt] } })).toBe(false);
});

test("warn never covers details that are required and missing", () => {
  const policy = { onInconclusive: "warn", requireDetail: true } as const;
  const { state, verdict } = judged(polledByStatus(submittedUrls(A), [statusRow(A, "Complete")]), policy);
  expect(verdict).toBe("inconclusive");
  expect(isLetThroughByWarn(state, "inconclusive", judgeOptions(policy))).toBe(false);
});

test("warn never covers a listed task that was not seen: it may be a wrong id", () => {
  const policy = { onInconclusive: "warn" } as const;
  const unseen = judged(wanting(A), policy, listed("1", "2"));
  expect(unseen.verdict).toBe("inconclusive");
  expect(isLetThroughByWarn(unseen.state, "inconclusive", judgeOptions(policy, listed("1", "2")))).toBe(
    false,
  );
  const one = judged(
    polled(wanting(A), [entry([row("/a.js", 60)], { status: "Refreshing" })], "listed"),
    policy,
    listed("1"),
  );
  expect(isLetThroughByWarn(one.state, "inconclusive", judgeOptions(policy, listed("1")))).toBe(true);
  expect(isLetThroughByWarn(one.state, "inconclusive", judgeOptions(policy, listed("1", "2")))).toBe(false);
});

test("a URL that was judged while one of its tasks ran is judged anew once that one ends and does not name it", () => {
  const policy = policyOf();
  const accepted = submitted(stateOf([A]), [A], ["1", "2"]);
  const named = polled(accepted, [entry([row("/a.js", 100)])]);
  expect(judgeUrls(named, policy).states).toEqual(["pending"]);
  const ended = polled(named, [entry([row("/other.js", 100)], { taskId: "2" })]);
  expect(judgeUrls(ended, policy).states).toEqual(["preloaded"]);
});
