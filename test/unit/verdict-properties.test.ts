import fc from "fast-check";
import { type GateState, partKey, type UrlFacts } from "../../provider/core/gate-state";
import { instantMs } from "../../provider/core/instant";
import { isToWatch, judgeUrls, taskIdsToWatch, verdictOf } from "../../provider/core/judge";
import { withStatusProgress } from "../../provider/core/merge-response";
import { type GatePolicy, needsDetail } from "../../provider/core/policy";
import { readGateState, savedStateOf } from "../../provider/core/saved-state";
import {
  withOpenAttempt,
  withoutOpenAttempt,
  withResolvableTask,
  withUnresolvableTask,
  withUrls,
} from "../../provider/core/state-changes";
import { urlsToSubmit } from "../../provider/core/submit-plan";
import type { DetailEntry, StatusRow } from "../../provider/core/task";
import { UrlIndex } from "../../provider/core/url-index";
import {
  DAY_MS,
  NOW,
  NOW_MS,
  policyOf,
  polled,
  polledByStatus,
  stateOf,
  submitted,
  urlOf,
} from "./gate-facts";

/** Small sets, so that the generated answers meet the generated URLs often. */
const DOMAINS = ["cdn.example.com", "www.example.com"];
const PATHS = ["/a", "/b?v=1"];
const URLS = DOMAINS.flatMap((domain) => PATHS.map((path) => `https://${domain}${path}`));
const TASK_IDS = ["1", "2", "3"];

const share = fc.constantFrom(0, 0.01, 47, 48, 99.99, 100, undefined);
const status = fc.constantFrom(
  "Complete",
  "Complete",
  "Refreshing",
  "Failed",
  "Pending",
  "Paused",
  "complete",
  "",
);
const times = fc.constantFrom(
  NOW,
  new Date(NOW_MS - 60_000).toISOString(),
  new Date(NOW_MS + 60_000).toISOString(),
);

const entryOf: fc.Arbitrary<DetailEntry> = fc
  .record({
    taskId: fc.constantFrom(...TASK_IDS),
    domain: fc.constantFrom(...DOMAINS),
    creationTime: times,
    endTime: fc.constant(undefined),
    retCode: fc.constantFrom("0", "0", "0", "500", "", undefined),
    processPercent: share,
    status,
    rows: fc.array(
      fc.record({
        path: fc.constantFrom(...PATHS, "/a\n", "/neighbour"),
        successPercent: share,
        description: fc.constantFrom("Successfully preloaded", undefined),
      }),
      { maxLength: 4 },
    ),
  })
  .map((made) => ({ ...made, createdMs: instantMs(made.creationTime), endedMs: undefined }));
const coarseRowOf: fc.Arbitrary<StatusRow> = fc
  .record({
    taskId: fc.constantFrom(...TASK_IDS),
    url: fc.constantFrom(...URLS, `${URLS[0]}\n`),
    objectType: fc.constantFrom("preload", "preload", "file", undefined),
    status,
    processPercent: share,
    creationTime: times,
    description: fc.constant(undefined),
  })
  .map((made) => ({ ...made, createdMs: instantMs(made.creationTime) }));

type Step =
  | { readonly kind: "detail"; readonly entries: readonly DetailEntry[] }
  | { readonly kind: "statusOnly"; readonly rows: readonly StatusRow[] };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.array(entryOf, { maxLength: 3 }).map((entries) => ({ kind: "detail" as const, entries })),
  fc.array(coarseRowOf, { maxLength: 4 }).map((rows) => ({ kind: "statusOnly" as const, rows })),
);
const policy: fc.Arbitrary<GatePolicy> = fc
  .record({
    minSuccessPercent: fc.constantFrom(0, 0, 48, 100),
    maxFailedUrls: fc.constantFrom(0, 0, 1, 2),
    requireDetail: fc.boolean(),
    onInconclusive: fc.constantFrom("fail" as const, "warn" as const),
  })
  .map(policyOf);

function apply(
  state: GateState,
  { kind, ...answer }: Step,
  scope: "submitted" | "listed" | "any",
): GateState {
  return kind === "detail"
    ? polled(state, (answer as { entries: DetailEntry[] }).entries, scope)
    : polledByStatus(state, (answer as { rows: StatusRow[] }).rows, scope);
}

const isEnded = (text: string): boolean => text === "Complete" || text === "Failed";
const identity = (url: string): string => urlOf(url.trim()).identity;

type Word = "proves" | "refutes" | "endedWithoutIt" | "silent";

/** What the answers, read anew and in the plainest way, say of a URL under one task. */
function wordOf(url: string, taskId: string, steps: readonly Step[], gate: GatePolicy): Word {
  const { host } = urlOf(url);
  const details = steps.flatMap((one) => {
    const own =
      one.kind === "detail" ? one.entries.filter((e) => e.taskId === taskId && e.domain === host) : [];
    return own.length > 0 ? [own] : [];
  });
  const last = details.at(-1);
  if (last?.every((one) => isEnded(one.status))) return wordOfEntries(url, last, gate);
  if (needsDetail(gate)) return hasEndedElsewhere(taskId, host, steps) ? "endedWithoutIt" : "silent";
  const rows = steps.flatMap((one) =>
    one.kind === "statusOnly" ? one.rows.filter((r) => r.taskId === taskId && r.objectType !== "file") : [],
  );
  if (rows.some((one) => one.status === "Complete" && identity(one.url) === identity(url))) return "proves";
  return rows.length > 0 || hasEndedElsewhere(taskId, host, steps) ? "endedWithoutIt" : "silent";
}

/** The details of one domain of a task, each entry with its own rows. */
function wordOfEntries(url: string, entries: readonly DetailEntry[], gate: GatePolicy): Word {
  const isFine = (one: DetailEntry) => one.status === "Complete" && one.retCode === "0";
  if (entries.some((one) => !isFine(one) && one.rows.length === 0)) return "refutes";
  const own = entries.flatMap((entry) =>
    entry.rows
      .filter((one) => identity(`${entry.domain}${one.path}`) === identity(url))
      .map((one) => ({ share: one.successPercent ?? -1, entry })),
  );
  if (own.length === 0) return entries.every(isFine) ? "endedWithoutIt" : "refutes";
  const holds = ({ share, entry }: (typeof own)[number]) =>
    isFine(entry)
      ? share > 0 && share >= gate.minSuccessPercent
      : share === 100 && entry.rows.some((one) => one.successPercent !== 100);
  return own.every(holds) ? "proves" : "refutes";
}

/** A task that has told of other domains may hold none of this one. */
function hasEndedElsewhere(taskId: string, host: string, steps: readonly Step[]): boolean {
  return steps.some((one) =>
    one.kind === "detail"
      ? one.entries.some((part) => part.taskId === taskId && part.domain !== host)
      : one.rows.some((part) => part.taskId === taskId),
  );
}

/** Whether each task that may hold the URL has answered, and all that name it prove it. */
function isProven({ url, taskIds }: UrlFacts, steps: readonly Step[], gate: GatePolicy): boolean {
  const words = taskIds.map((taskId) => wordOf(url.written, taskId, steps, gate));
  return words.includes("proves") && !words.includes("silent") && (words.length > 1 || words[0] === "proves");
}

const submissions = fc.array(
  fc.record({
    urls: fc.subarray(URLS, { minLength: 1 }),
    // Mostly one, as the service answers: several pass only rarely by chance.
    taskIds: fc.oneof(
      { weight: 9, arbitrary: fc.subarray(TASK_IDS, { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.subarray(TASK_IDS, { minLength: 1 }) },
    ),
    at: fc.constantFrom(NOW_MS, NOW_MS - 4 * DAY_MS),
  }),
  { minLength: 1, maxLength: 3 },
);
const setUp = fc
  .record({ urls: fc.subarray(URLS, { minLength: 1 }), submissions })
  .map(({ urls, submissions: all }) =>
    all.reduce((state, one) => {
      const own = one.urls.filter((url) => urls.includes(url));
      return own.length > 0 ? submitted(state, own, one.taskIds, one.at) : state;
    }, stateOf(urls)),
  );

test("whatever the service answers, passed means that each URL but the allowed failures is proven", () => {
  let passed = 0;
  fc.assert(
    fc.property(setUp, fc.array(step, { maxLength: 6 }), policy, (start, steps, gate) => {
      const options = { policy: gate };
      const end = steps.reduce((state, one) => apply(state, one, "submitted"), start);
      if (verdictOf(end, options) !== "passed") return;
      passed += 1;
      const { states } = judgeUrls(end, gate);
      const unproven = states.filter((_, at) => !isProven(end.urls[at]!, steps, gate));
      expect(unproven.length).toBeLessThanOrEqual(gate.maxFailedUrls);
      expect(unproven.every((state) => state === "failed")).toBe(true);
    }),
    { numRuns: 12_000 },
  );
  expect(passed).toBeGreaterThan(20);
});

test("whatever the service answers about listed tasks, passed means proven, and each task ended", () => {
  let passed = 0;
  const scope = fc.constantFrom("listed" as const, "any" as const);
  fc.assert(
    fc.property(
      scope,
      fc.subarray(TASK_IDS, { minLength: 1 }),
      fc.array(step, { maxLength: 6 }),
      policy,
      (chosen, ids, steps, gate) => {
        const options = { policy: gate, listedTaskIds: ids };
        const wanted = chosen === "any" ? stateOf([]) : stateOf(URLS.slice(0, 2));
        const start: GateState = {
          ...wanted,
          urls: wanted.urls.map((one) => ({ ...one, taskIds: ids })),
        };
        // A gate asks only about the tasks that it lists.
        const asked = steps.map(
          (one): Step =>
            one.kind === "detail"
              ? { ...one, entries: one.entries.filter((part) => ids.includes(part.taskId)) }
              : { ...one, rows: one.rows.filter((part) => ids.includes(part.taskId)) },
        );
        const end = asked.reduce((state, one) => apply(state, one, chosen), start);
        if (verdictOf(end, options) !== "passed") return;
        passed += 1;
        expect(end.urls.length).toBeGreaterThan(0);
        const unproven = end.urls.filter((known) => !isProven(known, asked, gate));
        expect(unproven.length).toBeLessThanOrEqual(gate.maxFailedUrls);
        for (const id of ids) {
          const parts = end.tasks.filter((task) => task.taskId === id);
          expect(parts.length).toBeGreaterThan(0);
          expect(parts.every((task) => isEnded(task.status))).toBe(true);
        }
      },
    ),
    { numRuns: 8_000 },
  );
  expect(passed).toBeGreaterThan(20);
});

test("whatever the service answers, nothing is submitted that runs or was seen to pass", () => {
  fc.assert(
    fc.property(setUp, fc.array(step, { maxLength: 6 }), policy, (start, steps, gate) => {
      const end = steps.reduce((state, one) => apply(state, one, "submitted"), start);
      const { states } = judgeUrls(end, gate);
      const watched = new Set(
        taskIdsToWatch(end, { policy: { ...gate, minSuccessPercent: 0, requireDetail: false } }),
      );
      for (const known of urlsToSubmit(end, gate)) {
        const state = states[end.urls.indexOf(known)];
        expect(state).not.toBe("preloaded");
        expect(state).not.toBe("pending");
        if (state !== "unknown") continue;
        // A task goes on being watched where another URL of it is in a domain that it has not told of.
        const isAwaited = (id: string) =>
          end.urls.some((other, at) => other.taskIds.includes(id) && states[at] === "pending");
        for (const id of known.taskIds) {
          if (!isAwaited(id)) expect(watched.has(id)).toBe(false);
        }
      }
    }),
    { numRuns: 3_000 },
  );
});

test("a state is judged once by a policy, and each policy by itself", () => {
  fc.assert(
    fc.property(setUp, fc.array(step, { maxLength: 4 }), policy, (start, steps, gate) => {
      const end = steps.reduce((state, one) => apply(state, one, "submitted"), start);
      const first = judgeUrls(end, gate);
      expect(judgeUrls(end, policyOf({ minSuccessPercent: 100 }))).not.toBe(first);
      expect(judgeUrls(end, gate)).toBe(first);
      // By the facts alone: not by what was asked before, nor by which objects hold them.
      expect(judgeUrls(structuredClone(end), { ...gate })).toEqual(first);
    }),
  );
});

/** What happens to a state between two answers, by a run or by the next one's start. */
type Change = (state: GateState, scope: "submitted" | "listed" | "any") => GateState;

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: step.map(
      (one): Change =>
        (state, scope) =>
          apply(state, one, scope),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.array(coarseRowOf, { maxLength: 4 }).map(
      (rows): Change =>
        (state, scope) =>
          withStatusProgress(state, { requestId: "R", rows }, scope, new UrlIndex(state, scope)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.array(entryOf, { minLength: 1, maxLength: 2 }).map(
      (entries): Change =>
        (state, scope) =>
          polled(state, entries, scope, { unseenCount: 1 }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.subarray(URLS, { minLength: 1 }), fc.subarray(TASK_IDS, { minLength: 1 })).map(
      ([urls, ids]): Change =>
        (state) =>
          submitted(state, urls, ids, NOW_MS, NOW_MS - 30_000),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.subarray(URLS, { minLength: 1 }).map(
      (urls): Change =>
        (state) =>
          withUrls(state, urls.map(urlOf)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...TASK_IDS), fc.constantFrom("", ...DOMAINS)).map(
      ([id, domain]): Change =>
        (state) =>
          withUnresolvableTask(state, domain === "" ? id : partKey(id, domain)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...TASK_IDS).map(
      (id): Change =>
        (state) =>
          withResolvableTask(state, id),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.subarray(URLS, { minLength: 1 }).map((urls): Change => {
      const times = { sentAtMs: NOW_MS, expiresAtMs: NOW_MS };
      return (state) => withOpenAttempt(state, { purpose: "preload", urls: urls.map(urlOf), ...times });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Change>((state) =>
      state.saved.openAttempts.reduce((now, attempt) => withoutOpenAttempt(now, attempt), state),
    ),
  },
  // The next process reads what this one has saved.
  {
    weight: 1,
    arbitrary: fc.constant<Change>((state) => readGateState(JSON.parse(JSON.stringify(savedStateOf(state))))),
  },
);

test("whatever happens to a state, it is judged as if all were judged anew, also where two follow from one", () => {
  const scope = fc.constantFrom("submitted" as const, "listed" as const, "any" as const);
  fc.assert(
    fc.property(setUp, scope, fc.array(change, { maxLength: 8 }), policy, (start, chosen, changes, gate) => {
      const options = { policy: gate, listedTaskIds: chosen === "submitted" ? [] : TASK_IDS };
      let state = start;
      for (const [at, one] of changes.entries()) {
        judgeUrls(state, gate);
        const next = one(state, chosen);
        const aside = changes[(at + 1) % changes.length]!(state, chosen);
        for (const judged of [next, aside, state]) {
          const anew = structuredClone(judged);
          expect(judgeUrls(judged, gate)).toEqual(judgeUrls(anew, gate));
          expect(verdictOf(judged, options)).toBe(verdictOf(anew, options));
          const watched = taskIdsToWatch(judged, options);
          expect(watched).toEqual(taskIdsToWatch(anew, options));
          expect(TASK_IDS.filter((id) => isToWatch(id, judged, options))).toEqual(watched.toSorted());
        }
        state = next;
      }
    }),
    { numRuns: 300 },
  );
});

test("an answer that comes twice changes nothing more", () => {
  fc.assert(
    fc.property(setUp, step, (start, one) => {
      const once = apply(start, one, "submitted");
      expect(apply(once, one, "submitted")).toEqual(once);
    }),
  );
});

test("neither answers nor judging add, drop or rename a URL of the program", () => {
  fc.assert(
    fc.property(
      setUp,
      fc.array(step, { maxLength: 4 }),
      fc.constantFrom("submitted", "listed"),
      (start, steps, scope) => {
        const end = steps.reduce((state, one) => apply(state, one, scope as "submitted"), start);
        const urls = (state: GateState) => state.urls.map(({ url }) => url);
        expect(urls(end)).toEqual(urls(start));
      },
    ),
  );
});
