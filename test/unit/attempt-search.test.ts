import { type DoubtfulRow, sortRows } from "../../provider/core/attempt-search";
import type { OpenAttempt } from "../../provider/core/gate-state";
import { instantMs } from "../../provider/core/instant";
import { withOpenAttempt } from "../../provider/core/state-changes";
import type { StatusRow } from "../../provider/core/task";

import { wordingFor } from "../support/words";
import { entry, polled, stateOf, submitted, urlOf } from "./gate-facts";

const A = "https://cdn.example.com/a%20b.js?v=%2f1";
const SENT_MS = Date.parse("2026-11-23T10:00:00Z");
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function instant(afterMs: number): string {
  return new Date(SENT_MS + afterMs).toISOString().replace(".000", "");
}

function attemptOf(urls: readonly string[], changes: Partial<OpenAttempt> = {}): OpenAttempt {
  return {
    purpose: "preload",
    urls: urls.map(urlOf),
    sentAtMs: SENT_MS,
    expiresAtMs: SENT_MS + 15 * MINUTE_MS,
    ...changes,
  };
}

function row(changes: Partial<StatusRow> = {}): StatusRow {
  const creationTime = changes.creationTime ?? instant(1_000);
  return {
    taskId: "7",
    url: A,
    objectType: "preload",
    status: "Refreshing",
    processPercent: 0,
    creationTime,
    createdMs: instantMs(creationTime),
    description: undefined,
    ...changes,
  };
}

function sorted(
  rows: readonly StatusRow[],
  { attempt = attemptOf([A]), state = withOpenAttempt(stateOf([A]), attemptOf([A])) } = {},
) {
  const latestNowMs = SENT_MS + 20 * MINUTE_MS;
  const { found, doubtful } = sortRows(rows, { attempt, state, domain: "cdn.example.com", latestNowMs });
  return {
    found: [...found].map(([identity, rowsOfUrl]) => [
      attempt.urls.find((url) => url.identity === identity)?.written,
      rowsOfUrl.map(({ taskId }) => taskId).join(),
    ]),
    doubtful: [...doubtful.values()].map(({ url, row: { taskId }, why }: DoubtfulRow) => [
      url,
      taskId,
      wordingFor().doubt(why),
    ]),
  };
}

test.each([
  ["as it was sent", A],
  ["with a line feed", `${A}\n`],
  ["with another scheme", A.replace("https", "http")],
  ["without a scheme", A.replace("https://", "")],
  ["with an upper-case host", A.replace("cdn.example.com", "CDN.Example.com")],
  ["with its percent-encoding in the other case", A.replace("%2f", "%2F")],
  ["with a space decoded", A.replace("%20", " ")],
])("a row in the attempt's time that spells the URL %s is taken for its task", (_spelling, url) => {
  expect(sorted([row({ url })])).toEqual({ found: [[A, "7"]], doubtful: [] });
});

test.each([
  ["with a slash decoded", A.replace("%2f", "/")],
  ["decoded as a whole", "https://cdn.example.com/a b.js?v=/1"],
  ["with a plus for a space", A.replace("%20", "+")],
  ["encoded twice", A.replace("%20", "%2520")],
  ["as a path alone", "/a%20b.js?v=%2f1"],
])("a row that spells the URL %s cannot be ruled out", (_spelling, url) => {
  expect(sorted([row({ url })])).toEqual({ found: [], doubtful: [[A, "7", "spells the URL otherwise"]] });
});

test.each([
  ["an hour east, without a zone", "2026-11-23T11:00:01", "has a time that names no zone or cannot be read"],
  ["in China, without a zone", "2026-11-23 18:00:01", "has a time that names no zone or cannot be read"],
  ["no time at all", "just now", "has a time that names no zone or cannot be read"],
  ["nothing", "", "has a time that names no zone or cannot be read"],
  ["minutes early", instant(-5 * MINUTE_MS), "has a time 5m before the submission was sent"],
  ["in the future", instant(8 * HOUR_MS), "has a time in the future"],
  ["a little late", instant(17 * MINUTE_MS), "has a time after the submission had expired"],
])("a row whose time is %s cannot be ruled out", (_time, creationTime, why) => {
  expect(sorted([row({ creationTime })])).toEqual({ found: [], doubtful: [[A, "7", why]] });
});

test("a time with another zone than UTC is placed", () => {
  expect(sorted([row({ creationTime: "2026-11-23T18:00:01+08:00" })]).found).toEqual([[A, "7"]]);
});

test.each<[string, Partial<StatusRow>]>([
  ["another URL", { url: "https://cdn.example.com/c.js" }],
  ["another domain", { url: A.replace("cdn.", "www.") }],
  ["a query more", { url: `${A}&w=1` }],
  ["another case of a letter", { url: A.replace("a%20b", "A%20b") }],
  ["a purge", { objectType: "file" }],
  ["a time an hour before", { creationTime: instant(-HOUR_MS) }],
  ["a time a day before, without a zone", { creationTime: "2026-11-22T10:00:00" }],
])("a row with %s is a clear mismatch", (_what, changes) => {
  expect(sorted([row(changes)])).toEqual({ found: [], doubtful: [] });
});

test("all tasks that hold the URL in the attempt's time are found, each once", () => {
  const rows = [row(), row({ taskId: "8" }), row({ creationTime: instant(2_000) })];
  expect(sorted(rows).found).toEqual([[A, "8,7"]]);
});

test("a row in doubt does not count where another one is sure", () => {
  const rows = [row({ creationTime: "2026-11-23T10:00:01", taskId: "6" }), row()];
  expect(sorted(rows)).toEqual({ found: [[A, "7"]], doubtful: [] });
});

test("a row of a task that is saved for the URL, or that an earlier submission explains, is no doubt", () => {
  const earlier = submitted(
    stateOf([A, "cdn.example.com/z"]),
    ["cdn.example.com/z"],
    ["6"],
    SENT_MS - MINUTE_MS,
  );
  const failed = submitted(earlier, [A], ["7"], SENT_MS - MINUTE_MS);
  const state = withOpenAttempt(failed, attemptOf([A]));
  const creationTime = instant(-MINUTE_MS);
  expect(sorted([row({ creationTime }), row({ creationTime, taskId: "6" })], { state })).toEqual({
    found: [],
    doubtful: [],
  });
});

test("a row of an unknown task that is told to be older than the URL's last one is in doubt, and never taken for the URL's", () => {
  const known = entry([], { taskId: "6", creationTime: instant(-MINUTE_MS) });
  const failed = polled(submitted(stateOf([A]), [A], ["6"], SENT_MS - MINUTE_MS), [known]);
  const state = withOpenAttempt(failed, attemptOf([A]));
  const early = [row({ creationTime: instant(-2 * MINUTE_MS) })];
  for (const earlierMs of [0, 10 * MINUTE_MS]) {
    const attempt = attemptOf([A], { clockDoubt: { earlierMs, laterMs: 0 } });
    const { found, doubtful } = sorted(early, { state, attempt });
    expect([found, doubtful.length]).toEqual([[], 1]);
  }
});

test("another URL of ours that is spelled as a row is the row's, and not the one in doubt", () => {
  const plain = "https://cdn.example.com/a/b";
  const state = withOpenAttempt(stateOf(["https://cdn.example.com/a%2Fb", plain]), attemptOf([]));
  const attempt = attemptOf(["https://cdn.example.com/a%2Fb"]);
  expect(sorted([row({ url: plain })], { state, attempt }).doubtful).toEqual([]);
});

test("where the clocks disagreed, the time before the attempt is searched too, and what it shows is in doubt", () => {
  const attempt = attemptOf([A], { clockDoubt: { earlierMs: 10 * MINUTE_MS, laterMs: 0 } });
  const early = row({ creationTime: instant(-9 * MINUTE_MS) });
  expect(sorted([early], { attempt }).doubtful).toHaveLength(1);
});
