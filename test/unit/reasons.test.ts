import { GateError } from "../../provider/core/errors";
import type { GateState } from "../../provider/core/gate-state";
import type { GatePolicy } from "../../provider/core/policy";
import { type ReasonOptions, reasonsOf } from "../../provider/core/reasons";
import { withOpenAttempt } from "../../provider/core/state-changes";
import { failed, wordingFor } from "../support/words";
import {
  entry,
  judged,
  NOW_MS,
  policyOf,
  polled,
  polledByStatus,
  row,
  stateOf,
  statusRow,
  submittedUrls,
  urlOf,
} from "./gate-facts";

const A = "https://cdn.example.com/a.js?token=s3cr3t";
const B = "https://cdn.example.com/b.js";

function reasons(
  state: GateState,
  policy: Partial<GatePolicy> = {},
  { urlsAreSecret = false, ...changes }: Partial<ReasonOptions> & { readonly urlsAreSecret?: boolean } = {},
): string[] {
  const { state: next, verdict } = judged(
    state,
    policy,
    changes.listedTaskIds ? { listedTaskIds: changes.listedTaskIds } : {},
  );
  const facts = reasonsOf(next, verdict as "failed", {
    policy: policyOf(policy),
    failure: undefined,
    elapsedMs: 90_000,
    ...changes,
  });
  return wordingFor("pulumi", { urlsAreSecret }).reasons(facts);
}

test("a pass needs no reasons, and neither does a wait that did not begin", () => {
  expect(reasons(polled(submittedUrls(B), [entry([row("/b.js", 100)])]))).toEqual([]);
  expect(
    reasonsOf(submittedUrls(B), "pending", {
      policy: policyOf(),
      failure: undefined,
      elapsedMs: 0,
    }),
  ).toEqual([]);
});

test("a failure names URL, percent, task, domain, RetCode, status, request and the service's words", () => {
  const failed = entry([row("/b.js", 47, "Internal Error|Origin Timeout")], { retCode: "500" });
  expect(reasons(polled(submittedUrls(B), [failed]))).toEqual([
    "CDN preload failed; of 1 URL: 1 failed.",
    'https://cdn.example.com/b.js: preload failed, 47% of POPs hold it (task 1, domain cdn.example.com, RetCode 500, status Complete, request R-detail). The service says: "Internal Error|Origin Timeout"',
  ]);
});

test("a URL below the minimum names both shares", () => {
  const state = polled(submittedUrls(B), [entry([row("/b.js", 47)])]);
  expect(reasons(state, { minSuccessPercent: 95 })[1]).toContain(
    "b.js: 47% of POPs hold it, at least 95% must (task 1",
  );
});

test("a URL that no POP holds says that one must", () => {
  const state = polled(submittedUrls(B), [entry([row("/b.js", 0)])]);
  expect(reasons(state)[1]).toContain("b.js: 0% of POPs hold it, at least one POP must (task 1");
});

test("allowed failures are named in the headline", () => {
  const state = polled(submittedUrls(A, B), [entry([row("/a.js?token=s3cr3t", 0), row("/b.js", 0)])]);
  expect(reasons(state, { maxFailedUrls: 1 })[0]).toBe(
    "CDN preload failed; of 2 URLs: 2 failed (up to 1 may fail).",
  );
});

test("a query string is shortened everywhere", () => {
  const state = polled(submittedUrls(A), [entry([row("/a.js?token=s3cr3t", 0)])]);
  const text = reasons(state).join("\n");
  expect(text).toContain("https://cdn.example.com/a.js?…: ");
  expect(text).not.toContain("s3cr3t");
});

test("secret URLs are named by their place, without domain, path or the service's words", () => {
  const worst = entry(
    [row("/a.js?token=s3cr3t", 0, "cdn.example.com/a.js: Origin Timeout"), row("/b.js", 3, "b.js is bad")],
    {
      retCode: "500",
    },
  );
  const failure = failed("rejected", `PushObjectCache: ${A} is malformed.`, {
    operation: "PushObjectCache",
    serviceCode: "InvalidObjectPath.Malformed",
    requestId: "R-9",
  });
  const lines = reasons(polled(submittedUrls(A, B), [worst]), {}, { urlsAreSecret: true, failure });
  expect(lines[1]).toMatch(
    /^urls\[0\]: preload failed, 0% of POPs hold it \(task 1, RetCode 500, status Complete, request R-detail\)\.$/,
  );
  expect(lines[2]).toMatch(/^urls\[1\]: /);
  expect(lines.at(-1)).toBe(
    "The service refused the request (PushObjectCache, InvalidObjectPath.Malformed, request R-9). Correct what the service's message names, such as a malformed URL or a domain that this account does not accelerate.",
  );
  expect(lines.join("\n")).not.toMatch(/example|a\.js|b\.js|s3cr3t|Origin/);
});

test("a secret URL's place is that in the user's own list, which may hold another twice", () => {
  const state = polled(submittedUrls(A, B), [entry([row("/b.js", 0)])]);
  const lines = reasons(state, {}, { urlsAreSecret: true, urlPositions: [0, 2] });
  expect(lines.join("\n")).toContain("urls[2]: ");
  expect(lines.join("\n")).not.toContain("urls[1]: ");
});

test("at most 20 URLs are named, and the rest is counted", () => {
  const urls = Array.from({ length: 25 }, (_, index) => `https://cdn.example.com/${index}.js`);
  const rows = urls.map((_, index) => row(`/${index}.js`, 0));
  const lines = reasons(polled(submittedUrls(...urls), [entry(rows)]));
  expect(lines).toHaveLength(22);
  expect(lines[20]).toContain("/19.js: ");
  expect(lines[21]).toBe("… and 5 more. The output `results` has them all.");
});

test("failures come before what is not known", () => {
  const state = polled(submittedUrls(A, B), [entry([row("/b.js", 0)])]);
  const lines = reasons(state, { maxFailedUrls: 1 });
  expect(lines[0]).toBe("CDN preload inconclusive; of 2 URLs: 1 failed, 1 unknown.");
  expect(lines[1]).toContain("b.js: 0% of POPs hold it");
  expect(lines[2]).toContain("a.js?…: its task ended without a row for it");
});

test("a timeout says how long it was waited and how far the task is", () => {
  const running = entry([row("/b.js", 30)], { status: "Refreshing", processPercent: 99.37 });
  const failure = new GateError({ kind: "deadlineBeforeEnd", taskId: "1", last: undefined });
  expect(reasons(polled(submittedUrls(B), [running]), {}, { failure })).toEqual([
    "CDN preload inconclusive at the deadline, after 1m 30s; of 1 URL: 1 still pending.",
    "https://cdn.example.com/b.js: its task still runs (task 1, domain cdn.example.com, status Refreshing, 99.37% of POPs done, request R-detail).",
  ]);
});

test("any other end says what stopped it and what to do", () => {
  const failure = failed("permission", "You may not", {
    operation: "DescribePreloadDetailById",
    serviceCode: "Forbidden.RAM",
    httpStatus: 403,
    requestId: "R-9",
  });
  expect(reasons(submittedUrls(B), {}, { failure }).at(-1)).toBe(
    "DescribePreloadDetailById: Forbidden.RAM: You may not (HTTP 403, request id R-9). The RAM action is cdn:DescribePreloadDetailById. Grant the RAM action that the message names. The README has the least-privilege policy.",
  );
});

test.each<[string, GateState, string]>([
  ["a task that is not visible yet", submittedUrls(B), "b.js: its task is not visible yet (task 1)."],
  [
    "a status that is not known",
    polled(submittedUrls(B), [entry([row("/b.js", 3)], { status: "Paused\u0007" })]),
    'b.js: its task has the undocumented status "Paused\\u0007"',
  ],
  [
    "an unseen task",
    { ...submittedUrls(B), saved: { ...submittedUrls(B).saved, unresolvableTaskIds: ["1"] } },
    "b.js: its task is unknown to the service or older than three days (task 1).",
  ],
  [
    "an open attempt",
    withOpenAttempt(stateOf([B]), {
      purpose: "preload",
      urls: [urlOf(B)],
      sentAtMs: NOW_MS,
      expiresAtMs: NOW_MS,
    }),
    "b.js: the service may or may not have accepted its submission, so it was not submitted again.",
  ],
  [
    "a failed task without a row",
    polled(submittedUrls(B), [entry([row("/z.js", 3)], { retCode: "500" })]),
    "b.js: preload failed, and the answer has no row for it (task 1, domain cdn.example.com, RetCode 500",
  ],
  [
    "status-only evidence",
    polledByStatus(submittedUrls(B), [statusRow(B, "Failed", { description: "Origin Timeout" })]),
    'status Failed, status-only evidence, request R-status-only). The service says: "Origin Timeout"',
  ],
])("%s is explained", (_name, state, expected) => {
  expect(reasons(state).join("\n")).toContain(expected);
});

test("status-only evidence where details are asked for is named as what is missing", () => {
  const state = polledByStatus(submittedUrls(B), [statusRow(B, "Complete")]);
  expect(reasons(state, { requireDetail: true })).toEqual([
    "CDN preload inconclusive; of 1 URL: 1 preloaded.",
    expect.stringContaining(
      "b.js: its task is complete by status-only evidence, which this gate does not accept",
    ),
  ]);
});

test("a listed task that has not answered, or has not ended, is named", () => {
  const state = polled(stateOf([]), [entry([row("/a.js", 3)], { status: "Refreshing" })], "any");
  const lines = reasons(state, {}, { listedTaskIds: ["1", "2"] });
  expect(lines).toContainEqual(
    expect.stringMatching(/^Task 1 has not ended \(task 1, domain cdn\.example\.com/),
  );
  expect(lines).toContain("Task 2 has not answered.");
});

test("a long description is cut, and stays on one line", () => {
  const state = polled(submittedUrls(B), [entry([row("/b.js", 0, `first\nsecond ${"x".repeat(1_000)}`)])]);
  const line = reasons(state)[1]!;
  expect(line).not.toContain("\n");
  expect(line.length).toBeLessThan(500);
});
