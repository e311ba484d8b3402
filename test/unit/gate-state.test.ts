import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  type GateState,
  heldTaskIds,
  identitiesInDoubt,
  type OpenAttempt,
} from "../../provider/core/gate-state";
import { urlsToPurge } from "../../provider/core/purge-plan";
import { readGateState, savedStateOf, splitTaskIds } from "../../provider/core/saved-state";
import {
  withAdoption,
  withOpenAttempt,
  withoutOpenAttempt,
  withSubmission,
  withUrls,
} from "../../provider/core/state-changes";
import { urlsToSubmit } from "../../provider/core/submit-plan";
import { throwsInWords } from "../support/words";
import {
  entry,
  judged,
  NOW,
  NOW_MS,
  policyOf,
  polled,
  row,
  stateOf,
  submitted,
  submittedUrls,
  urlOf,
} from "./gate-facts";

const A = "https://cdn.example.com/a.js";
const B = "https://cdn.example.com/b.js";
const C = "https://www.example.com/c.js";

function attemptOf(urls: string[], purpose: OpenAttempt["purpose"] = "preload"): OpenAttempt {
  return { purpose, urls: urls.map(urlOf), sentAtMs: NOW_MS, expiresAtMs: NOW_MS };
}

function withAttempt(state: GateState, urls: string[]): GateState {
  return withOpenAttempt(state, attemptOf(urls));
}

test("an empty state knows its URLs in order, as written, and nothing of them", () => {
  expect(stateOf([B, "CDN.example.com/A.js"])).toEqual({
    stateVersion: 3,
    urls: [
      { url: urlOf(B), taskIds: [], rows: [] },
      { url: urlOf("CDN.example.com/A.js"), taskIds: [], rows: [] },
    ],
    tasks: [],
    saved: { submissions: [], openAttempts: [], unresolvableTaskIds: [], removedUrls: [] },
  });
});

test("a state outlives JSON", () => {
  const state = withAttempt(polled(submittedUrls(A, B), [entry([row("/a.js", 47, "ok")])]), [B]);
  expect(readGateState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  expect(readGateState(JSON.parse(JSON.stringify(savedStateOf(state))))).toEqual(state);
});

test("what a later release added to a state of this version is left out, not an error", () => {
  expect(readGateState({ ...stateOf([A]), more: 1 })).toEqual(stateOf([A]));
});

test("a state of a newer version is refused with what to do", () => {
  expect(throwsInWords(() => readGateState({ ...stateOf([A]), stateVersion: 4 }))).toThrow(
    "A newer release wrote the saved state: it has version 4, and this release reads up to version 3. Update cdn-preload-gate.",
  );
});

/** A state with one field changed, or left out where `value` is undefined. */
function broken(path: string, value?: unknown): unknown {
  const seen = polled(submittedUrls(A), [entry([row("/a.js", 1)])]);
  const state: unknown = JSON.parse(JSON.stringify(savedStateOf(withAttempt(seen, [A]))));
  const keys = path.split(".");
  const last = keys.pop()!;
  const holder = keys.reduce((part, key) => (part as Record<string, unknown>)[key], state);
  (holder as Record<string, unknown>)[last] = value;
  return state;
}

test.each<[string, unknown, string]>([
  ["nothing", undefined, "the state itself"],
  ["a text", "{}", "the state itself"],
  ["null", null, "the state itself"],
  ["an empty object", {}, "stateVersion"],
  ["a version that is a text", { ...stateOf([A]), stateVersion: "2" }, "stateVersion"],
  ["a version between two", { ...stateOf([A]), stateVersion: 1.5 }, "stateVersion"],
  ["version 0", { ...stateOf([A]), stateVersion: 0 }, "stateVersion"],
  ["no results", broken("urls"), "urls"],
  ["a word of a row that is none", broken("urls.0.rows.0.says", "passed"), "urls.0.rows.0.says"],
  ["a share that is a text", broken("urls.0.rows.0.successPercent", "100%"), "urls.0.rows.0.successPercent"],
  ["a URL that is a number", broken("urls.0.url", 1), "urls.0.url"],
  ["a task without its evidence", broken("tasks.0.evidence"), "tasks.0.evidence"],
  ["no open attempts", broken("saved.openAttempts"), "saved.openAttempts"],
  [
    "an attempt without an end",
    broken("saved.openAttempts.0.expiresAtMs"),
    "saved.openAttempts.0.expiresAtMs",
  ],
  ["task ids in one text", broken("saved.submissions.0.taskIds", "1"), "saved.submissions.0.taskIds"],
  ["version 1 without results", { stateVersion: 1, tasks: [] }, "results"],
  [
    "version 1 with a broken task",
    { stateVersion: 1, results: [], tasks: [{ taskId: 1 }] },
    "tasks.0.taskId",
  ],
])("a state that is broken names its field: %s", (_name, value, field) => {
  expect(throwsInWords(() => readGateState(value))).toThrow(`The saved state cannot be read: ${field}: `);
});

test("version 1 is read with its submissions rebuilt and its evidence taken for details", () => {
  const old = {
    stateVersion: 1,
    results: [
      { url: A, taskId: "1", domain: "cdn.example.com", state: "preloaded", successPercent: 100 },
      { url: B, taskId: "2,3", domain: "cdn.example.com", state: "pending" },
      { url: C, taskId: "", domain: "www.example.com", state: "notSubmitted" },
    ],
    tasks: [
      { taskId: "1", domain: "cdn.example.com", creationTime: NOW, retCode: "0", status: "Complete" },
      { taskId: "3", domain: "cdn.example.com", creationTime: NOW, status: "Refreshing" },
    ],
  };
  const state = readGateState(old);
  expect(state.stateVersion).toBe(3);
  expect(state.tasks.map((task) => task.evidence)).toEqual(["detail", "detail"]);
  expect(state.saved.submissions).toEqual([
    { purpose: "preload", taskIds: ["1"], submittedAtMs: NOW_MS },
    { purpose: "preload", taskIds: ["2", "3"], submittedAtMs: NOW_MS },
  ]);
  expect(judged(state).states).toEqual(["preloaded", "pending", "notSubmitted"]);
});

test("version 2, as it was saved, is read with its tasks, attempts and evidence", () => {
  const file = join(__dirname, "../fixtures/state-version-2.json");
  const saved: Record<string, unknown> = JSON.parse(readFileSync(file, "utf8"));
  const states = Object.fromEntries(Object.entries(saved).map(([name, old]) => [name, readGateState(old)]));
  expect(Object.keys(states)).toEqual(["purgeFirst", "statusOnly", "severalTasks", "openAttempt"]);
  expect(states.statusOnly!.tasks.map(({ evidence }) => evidence)).toEqual(["statusOnly"]);
  expect(judged(states.statusOnly!).states).toEqual(["preloaded", "failed", "pending", "pending"]);
  expect(judged(states.severalTasks!, { minSuccessPercent: 50 }).states).toEqual(["preloaded", "failed"]);
  expect(judged(states.purgeFirst!).states).toEqual(["pending", "pending", "pending"]);
  expect(urlsToPurge(states.purgeFirst!.urls, states.purgeFirst!)).toEqual([]);
  expect(identitiesInDoubt(states.openAttempt!, "preload")).toEqual(new Set(["cdn.example.com/app.js"]));
});

test("version 1 with a task that was not seen yet does not submit its URL a second time", () => {
  const state = readGateState({
    stateVersion: 1,
    results: [{ url: A, taskId: "1", domain: "cdn.example.com", state: "pending" }],
    tasks: [],
  });
  const next = judged(state);
  expect(next.states).toEqual(["pending"]);
  expect(urlsToSubmit(state, policyOf())).toEqual([]);
});

test("what is known of a URL that stays is kept, in the new order and spelling", () => {
  const state = judged(polled(submittedUrls(A, B), [entry([row("/a.js", 100), row("/b.js", 100)])])).state;
  const next = withUrls(state, [urlOf("http://CDN.example.com/b.js"), urlOf(A)]);
  expect(judged(next).results).toMatchObject([
    { url: "http://CDN.example.com/b.js", taskId: "1", state: "preloaded" },
    { url: A, taskId: "1", state: "preloaded" },
  ]);
});

test("a URL that is added was not submitted", () => {
  const next = withUrls(submittedUrls(A), [urlOf(A), urlOf(C)]);
  expect(judged(next).results[1]).toEqual({
    url: C,
    taskId: "",
    domain: "www.example.com",
    state: "notSubmitted",
  });
});

test("a URL that is removed keeps its task, so that adding it again submits nothing", () => {
  const state = judged(polled(submittedUrls(A, B), [entry([row("/a.js", 100), row("/b.js", 100)])])).state;
  const without = withUrls(state, [urlOf(A)]);
  expect(without.urls.map(({ url }) => url.written)).toEqual([A]);
  expect(without.saved.removedUrls).toMatchObject([{ url: { written: B }, taskIds: ["1"] }]);
  expect(without.tasks).toEqual(state.tasks);
  const again = withUrls(without, [urlOf(A), urlOf("cdn.example.com/b.js")]);
  expect(again.saved.removedUrls).toEqual([]);
  expect(judged(again).results[1]).toMatchObject({ url: "cdn.example.com/b.js", taskId: "1" });
  expect(judged(again)).toMatchObject({ states: ["preloaded", "preloaded"], verdict: "passed" });
  expect(urlsToSubmit(again, policyOf())).toEqual([]);
});

test("a removed URL that no task holds is forgotten", () => {
  expect(withUrls(stateOf([A, B]), [urlOf(A)]).saved.removedUrls).toEqual([]);
});

test("an open attempt follows a URL through removal, another spelling and return", () => {
  const open = withAttempt(stateOf([A, B]), [A, B]);
  const removed = withUrls(open, [urlOf(A)]);
  const back = withUrls(removed, [urlOf(A), urlOf("http://cdn.example.com/b.js")]);
  expect(back.saved.openAttempts[0]?.urls.map(({ written }) => written)).toEqual([
    A,
    "http://cdn.example.com/b.js",
  ]);
  const { state, states } = judged(back);
  expect(states).toEqual(["unknown", "unknown"]);
  expect(urlsToSubmit(state, policyOf())).toEqual([]);
});

test("an accepted submission replaces all that was known of its URLs", () => {
  const failed = judged(
    polled(submittedUrls(A, B), [entry([row("/a.js", 0, "bad"), row("/b.js", 100)])]),
  ).state;
  const again = submitted(failed, [A], ["7"]);
  expect(judged(again).results[0]).toEqual({
    url: A,
    taskId: "7",
    domain: "cdn.example.com",
    state: "pending",
  });
  expect(again.urls[1]).toEqual(failed.urls[1]);
  expect(again.saved.openAttempts).toEqual([]);
  expect(again.saved.submissions.map((one) => one.taskIds)).toEqual([["1"], ["7"]]);
});

test("what was seen of a task is dropped once no URL is held by it", () => {
  const failed = judged(polled(submittedUrls(A), [entry([row("/a.js", 0)])])).state;
  expect(submitted(failed, [A], ["7"]).tasks).toEqual([]);
});

test("a task id that is given again is asked about anew", () => {
  const failed = judged(polled(submittedUrls(A, B), [entry([row("/a.js", 0), row("/b.js", 100)])])).state;
  const gone = { ...failed, saved: { ...failed.saved, unresolvableTaskIds: ["1"] } };
  const again = submitted(gone, [A], ["1"]);
  expect(judged(again)).toMatchObject({ states: ["pending", "pending"], verdict: "inconclusive" });
  expect(urlsToSubmit(again, policyOf())).toEqual([]);
});

test("a submission that is found for a part of an attempt leaves the rest open", () => {
  const attempt = attemptOf([A, B]);
  const rest = attemptOf([B]);
  const state = withSubmission(withOpenAttempt(stateOf([A, B]), attempt), {
    attempt,
    rest,
    taskIds: ["5"],
    submittedAtMs: NOW_MS,
  });
  expect(state.urls.map(({ taskIds }) => taskIds)).toEqual([["5"], []]);
  expect(state.saved.openAttempts).toEqual([rest]);
  expect(judged(state).states).toEqual(["pending", "unknown"]);
});

test("tasks of someone else's that are taken over hold their URLs, and open attempts stay as they are", () => {
  const attempt = attemptOf([A], "purge");
  const before = withOpenAttempt(stateOf([A, B]), attempt);
  const adopted = withAdoption(before, [urlOf(A)], { taskIds: ["7", "8"], submittedAtMs: NOW_MS });
  expect(judged(adopted).results).toMatchObject([
    { url: A, taskId: "7,8", state: "pending" },
    { url: B, taskId: "", state: "notSubmitted" },
  ]);
  expect(adopted.saved.openAttempts).toEqual([attempt]);
  expect(adopted.saved.submissions).toEqual([
    { purpose: "preload", taskIds: ["7", "8"], submittedAtMs: NOW_MS },
  ]);
});

test("a submission of a URL that was removed meanwhile is kept for its return", () => {
  const attempt = attemptOf([A, B]);
  const removed = withUrls(withOpenAttempt(stateOf([A, B]), attempt), [urlOf(A)]);
  const held = removed.saved.openAttempts[0]!;
  const accepted = withSubmission(removed, { attempt: held, taskIds: ["5"], submittedAtMs: NOW_MS });
  expect(accepted.saved.removedUrls).toMatchObject([{ url: { written: B }, taskIds: ["5"], rows: [] }]);
  expect(withUrls(accepted, [urlOf(A), urlOf(B)]).urls.map(({ taskIds }) => taskIds)).toEqual([["5"], ["5"]]);
});

test("an attempt that was certainly not accepted leaves no trace", () => {
  const attempt = attemptOf([A]);
  const state = stateOf([A]);
  expect(withoutOpenAttempt(withOpenAttempt(state, attempt), attempt)).toEqual(state);
});

test("a purge notes its task beside the preload's and outlives the preload's submission", () => {
  const purge = attemptOf([A], "purge");
  const purged = withSubmission(withOpenAttempt(stateOf([A]), purge), {
    attempt: purge,
    taskIds: ["8"],
    submittedAtMs: NOW_MS,
  });
  expect(judged(purged).results[0]).toMatchObject({ taskId: "", purgeTaskId: "8", state: "notSubmitted" });
  expect(judged(submitted(purged, [A], ["9"])).results[0]).toMatchObject({ taskId: "9", purgeTaskId: "8" });
});

test("an open purge does not make a URL's preload unknown", () => {
  const state = withOpenAttempt(stateOf([A]), attemptOf([A], "purge"));
  expect(judged(state).states).toEqual(["notSubmitted"]);
});

test("the held task ids are each named once", () => {
  const state = submitted(submitted(stateOf([A, B, C]), [A, B], ["1", "2"]), [C], ["2", "3"]);
  expect(heldTaskIds(state)).toEqual(["1", "2", "3"]);
  expect(splitTaskIds("1,,2")).toEqual(["1", "2"]);
  expect(splitTaskIds("")).toEqual([]);
});

const urlLists = fc.array(fc.subarray([A, B, C, "http://CDN.example.com/b.js"], { minLength: 1 }), {
  minLength: 1,
  maxLength: 5,
});

test("however the URLs of a program change, a task is never lost and no URL is there twice", () => {
  fc.assert(
    fc.property(urlLists, fc.subarray([A, B, C], { minLength: 1 }), (lists, accepted) => {
      const start = submitted(stateOf([A, B, C]), accepted, ["1"]);
      const end = lists.reduce((state, list) => {
        const merged = new Map(list.map((text) => [urlOf(text).identity, urlOf(text)]));
        return withUrls(state, [...merged.values()]);
      }, start);
      const all = [...end.urls, ...end.saved.removedUrls];
      expect(new Set(all.map(({ url }) => url.identity)).size).toBe(all.length);
      for (const url of accepted) {
        expect(all.find((known) => known.url.identity === urlOf(url).identity)?.taskIds).toEqual(["1"]);
      }
    }),
  );
});
