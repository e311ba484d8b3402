import fc from "fast-check";
import type { OperationName } from "../../provider/wire/limits";
import { ANSWER_SCHEMAS } from "../../provider/wire/operations";
import { showViolation } from "./campaign";
import { check, type Rule } from "./check";
import type { History } from "./history";
import { type FaultPlan, PLAIN_RUN, type Schedule, type Wording, wordings } from "./schedule";
import { type FieldPath, fieldsOf, REMOVED, showPath, withField } from "./schema-fields";
import { Simulator } from "./simulate";

/** What a field can turn into. */
const CHANGES: Readonly<Record<string, unknown>> = {
  removed: REMOVED,
  null: null,
  "an empty string": "",
  "an unknown word": "SomethingNew",
  "a number": 7,
  "a negative number": -1,
  "a flag": true,
  "an object": { Something: "new" },
  "a list": ["SomethingNew"],
};

/** Where an answer is no lie but no answer either, all of these hold; where it is a lie, only the first ones. */
const RULES_UNDER_LIES: readonly Rule[] = ["passed without evidence", "ended late", "threw", "hung"];

const LOST_ANSWER: FaultPlan = { operation: "PushObjectCache", call: 1, times: 1, kind: "resetAfter" };

/** Runs that ask each operation, of URLs that pass and of URLs that do not. */
function scheduleFor(operation: OperationName, isFine: boolean, wording: Wording = {}): Schedule {
  const passing = { domain: 0, script: "passes", once: false, count: 2 } as const;
  const failing = [
    { domain: 1, script: "retcode-500", once: false, count: 1 },
    { domain: 2, script: "zero-pops", once: false, count: 1 },
    { domain: 2, script: "stalls-at-99", once: false, count: 1 },
  ] as const;
  const faults = operation === "DescribeRefreshTasks" ? [LOST_ANSWER] : [];
  return {
    startHour: 0,
    groups: isFine ? [passing] : [passing, ...failing],
    account: {
      allowListed: operation !== "DescribeRefreshTaskById",
      allowListRefusalCode: "NoPermission",
      quota: 1_000,
      queue: 100_000,
      unseenTask: "empty",
      sharing: "domain",
      urlsPerTaskId: 500,
      hugeIds: false,
      wording,
    },
    purgeFirst: operation === "RefreshObjectCaches",
    purgeScript: "passes",
    // Long enough for what was not found to be submitted again, which it must not be.
    runs: [{ ...PLAIN_RUN, faults, timeoutMs: operation === "DescribeRefreshTasks" ? 20 * 60_000 : 60_000 }],
  };
}

const CASES = (Object.keys(ANSWER_SCHEMAS) as OperationName[]).flatMap((operation) =>
  fieldsOf(ANSWER_SCHEMAS[operation]).map((path) => ({ operation, path, field: showPath(path) })),
);

let simulator: Simulator;
beforeAll(async () => {
  simulator = await Simulator.start();
});
afterAll(() => simulator.close());

/** One life with every answer of an operation changed in one field. */
async function play(
  schedule: Schedule,
  change: { readonly operation: OperationName; readonly path: FieldPath; readonly value: unknown },
): Promise<{ readonly history: History; readonly refused: number; readonly changed: number }> {
  let refused = 0;
  let changed = 0;
  const [history] = await simulator.play(schedule, {
    answer: (operation, body) => {
      if (operation !== change.operation) return body;
      const answer = withField(body, change.path, change.value);
      if (JSON.stringify(answer) !== JSON.stringify(body)) changed += 1;
      if (!ANSWER_SCHEMAS[operation].safeParse(answer).success) refused += 1;
      return answer;
    },
  });
  return { history: history!, refused, changed };
}

const FIXED_SEED = 20_261_127;
/** Each field's changes meet another wording each. */
const WORDINGS = fc.sample(wordings, { numRuns: 200, seed: FIXED_SEED });
let drawn = 0;

test("however the service words its answers, no rule is broken", async () => {
  const operations = Object.keys(ANSWER_SCHEMAS) as OperationName[];
  const worded = fc.record({
    operation: fc.constantFrom(...operations),
    isFine: fc.boolean(),
    wording: wordings,
    tasksPerSubmission: fc.constantFrom(1, 2),
  });
  const property = fc.asyncProperty(worded, async ({ operation, isFine, wording, tasksPerSubmission }) => {
    const schedule = scheduleFor(operation, isFine, wording);
    const account = { ...schedule.account, tasksPerSubmission };
    const runs = [...schedule.runs, { ...PLAIN_RUN, pauseMs: 20 * 60_000 }];
    const histories = await simulator.play({ ...schedule, account, runs });
    expect(histories.flatMap(check).map(showViolation)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 60, seed: FIXED_SEED });
}, 120_000);

/** Whether the verdict rests on what this operation answers. */
const JUDGES: readonly OperationName[] = ["DescribePreloadDetailById", "DescribeRefreshTaskById"];

test.each(CASES)(
  "$operation: whatever becomes of $field, nothing passes by it and an error names it",
  async ({ operation, path, field }) => {
    let changes = 0;
    for (const [name, value] of Object.entries(CHANGES)) {
      for (const isFine of [true, false]) {
        drawn += 1;
        const wording = WORDINGS[drawn % WORDINGS.length];
        const { history, refused, changed } = await play(scheduleFor(operation, isFine, wording), {
          operation,
          path,
          value,
        });
        changes += changed;
        const { outcome, notices } = history.runs[0]!;
        const isLie = refused < changed;
        const broken = check(history)
          .filter(({ rule }) => !isLie || RULES_UNDER_LIES.includes(rule))
          .map(showViolation);
        const said = [...(outcome?.reasons ?? []), outcome?.failure?.message, ...notices].join("\n");
        const isNamed = said.includes(field);
        const mustFail = !isFine || (JUDGES.includes(operation) && refused > 0);
        const mustBeNamed =
          refused > 0 && (JUDGES.includes(operation) || outcome?.verdict !== "passed") && isFine;
        expect({ name, isFine, broken, passed: outcome?.verdict === "passed", said, isNamed }).toEqual({
          name,
          isFine,
          broken: [],
          passed: mustFail ? false : expect.any(Boolean),
          said: expect.any(String),
          isNamed: mustBeNamed ? true : expect.any(Boolean),
        });
      }
    }
    expect(changes).toBeGreaterThan(0);
  },
  120_000,
);

test("the schemas are walked to their last field", () => {
  const shown = CASES.map(({ operation, field }) => `${operation} ${field}`);
  expect(shown).toEqual(
    expect.arrayContaining([
      "PushObjectCache PushTaskId",
      "RefreshObjectCaches RefreshTaskId",
      "DescribePreloadDetailById UrlDetails[0].RetCode",
      "DescribePreloadDetailById UrlDetails[0].Urls[0].Success",
      "DescribeRefreshTaskById Tasks[0].Status",
      "DescribeRefreshTasks TotalCount",
      "DescribeRefreshTasks Tasks[0].ObjectPath",
      "DescribeRefreshQuota PreloadEdgeRemain",
    ]),
  );
});
