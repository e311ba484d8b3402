import fc from "fast-check";
import type { ScriptName, SettingsInput } from "../../emulator";
import type { OperationName } from "../../provider/wire/limits";
import type { Skew } from "./local-clock";

/** What can happen to one call between a client and the service. Several may stand for the same call. */
export type FaultPlan = {
  readonly operation: OperationName | "any";
  /** Counted from 1, of the operation (or of all), in one run. */
  readonly call: number;
  /** For how many calls from there. */
  readonly times: number;
} & (
  | { readonly kind: "lateRequest" | "lateAnswer"; readonly byMs: number }
  /** The answer never comes; with `workDone` the service has done its work. */
  | { readonly kind: "hang"; readonly workDone: boolean }
  | { readonly kind: "unreachable" | "resetBefore" | "resetAfter" | "truncatedBody" }
  | { readonly kind: "proxyPage"; readonly httpStatus: number; readonly workDone: boolean }
  | {
      readonly kind: "error";
      readonly httpStatus: number;
      readonly code: string;
      readonly workDone: boolean;
    }
  | { readonly kind: "throttled"; readonly retryAfterS: number }
  | { readonly kind: "wrongJson"; readonly body: string }
  /** Something on the way sends the request a second time; the client gets the first answer or the second. */
  | { readonly kind: "sentTwice"; readonly answer: "first" | "second" }
  /** The answer's date is off, by so much or as a text; the service's own time is not. */
  | { readonly kind: "wrongDate"; readonly date: number | string; readonly isMarked: boolean }
  /** Every row of the answer comes twice. */
  | { readonly kind: "doubleRows" }
  /** The last entry or row of an answer about tasks is not shown, and counted all the same. */
  | { readonly kind: "hidesLast" }
  /** Somebody else submits in the same second: the same URLs, or others of the same domains. */
  | { readonly kind: "foreign"; readonly same: boolean; readonly before: boolean }
);

/** An instant of a run: its nth saving, its nth call leaving, or so long after its start. */
export interface Moment {
  readonly on: "state" | "call" | "time";
  readonly n: number;
}

export interface UrlGroup {
  readonly domain: number;
  readonly script: ScriptName;
  /** Only the first submission of each URL behaves so. */
  readonly once: boolean;
  readonly count: number;
}

/** A domain that the account has no more, that is offline, or that is being configured. */
export interface RefusedDomain {
  readonly domain: number;
  readonly as: "missing" | "offline" | "configuring";
}

export interface PolicyPlan {
  readonly minSuccessPercent: number;
  readonly maxFailedUrls: number;
  readonly requireDetail: boolean;
  readonly onInconclusive: "fail" | "warn";
  readonly override: boolean;
}

export interface RunPlan {
  /** Time since the run before, in milliseconds. */
  readonly pauseMs: number;
  /** Groups that are not wanted in this run. */
  readonly without: readonly number[];
  readonly policy: PolicyPlan;
  readonly wait: boolean;
  readonly timeoutMs: number;
  readonly adoptInFlight: boolean;
  readonly quotaCheck: "fail" | "warn" | "off";
  readonly clock: Skew;
  readonly faults: readonly FaultPlan[];
  /** The domains that the service does not take in this run, and why. Default: none. */
  readonly refusedDomains?: readonly RefusedDomain[] | undefined;
  /** Whether the run has the key of another account, which has none of these tasks and domains. Default `false`. */
  readonly isOtherAccount?: boolean | undefined;
  /** `kill`: the process dies, and what was saved last is what the next run has. */
  readonly end?: { readonly by: "kill" | "interrupt"; readonly at: Moment } | undefined;
}

/** A run in which nothing goes wrong. */
export const PLAIN_RUN: RunPlan = {
  pauseMs: 0,
  without: [],
  policy: {
    minSuccessPercent: 0,
    maxFailedUrls: 0,
    requireDetail: false,
    onInconclusive: "fail",
    override: false,
  },
  wait: true,
  timeoutMs: 60_000,
  adoptInFlight: false,
  quotaCheck: "fail",
  clock: { aheadMs: 0, gainMsPerS: 0 },
  faults: [],
};

/** Ways to say the same that the documentation leaves open, or does not know. */
export type Wording = Pick<
  SettingsInput,
  "entriesPerDomain" | "entryTimeOffsetMs" | "rowSpelling" | "rowTimeForm" | "rowTimeOffsetMs"
>;

/** One life of a stack's preloads: their account, their URLs, and run after run what goes wrong. Plain JSON. */
export interface Schedule {
  readonly startHour: number;
  readonly groups: readonly UrlGroup[];
  /** How many preloads share the groups, and run in one process side by side; default 1. */
  readonly preloads?: number | undefined;
  /** Whether each run but the first also has a gate over all tasks that are saved by then; default `false`. */
  readonly gate?: boolean | undefined;
  readonly account: {
    readonly allowListed: boolean;
    readonly allowListRefusalCode:
      | "NoPermission"
      | "Forbidden.RAM"
      | "OperationDenied"
      | "InvalidAction.NotFound";
    readonly quota: number;
    readonly queue: number;
    readonly unseenTask: "empty" | "malformed";
    readonly sharing: "domain" | "account";
    readonly urlsPerTaskId: number;
    /** How many tasks each submission starts, each with all of its URLs; default 1. */
    readonly tasksPerSubmission?: number | undefined;
    /** Whether all of them but the first fail, however the first one goes; default `false`. */
    readonly furtherTasksFail?: boolean | undefined;
    readonly hugeIds: boolean;
    /** The largest page of a search; default 100. */
    readonly pageCap?: number | undefined;
    /** How the service words its answers; default: as its documentation shows. */
    readonly wording?: Wording | undefined;
  };
  /** Whether each run has another key of the account, as a pipeline with temporary keys has; default `false`. */
  readonly keyPerRun?: boolean | undefined;
  readonly purgeFirst: boolean;
  /** How the first purge of each URL goes; the others pass. */
  readonly purgeScript: ScriptName;
  readonly runs: readonly RunPlan[];
  /** Whether runs follow in which nothing goes wrong: they end well, if the URLs' scripts ever do. */
  readonly calm?: boolean | undefined;
}

const S = 1_000;
const MIN = 60 * S;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

/** Domains are numbered from 0. */
const LAST_DOMAIN = 3;

const QUERIES = [
  "DescribePreloadDetailById",
  "DescribeRefreshTaskById",
  "DescribeRefreshTasks",
  "DescribeRefreshQuota",
] as const;

/** Scripts by how often they are drawn. */
const SCRIPTS: readonly (readonly [number, ScriptName])[] = [
  [10, "passes"],
  [3, "completes-at-once"],
  [2, "retcode-500"],
  [2, "failed-status"],
  [2, "failed-half-way"],
  [2, "one-pop-in-three"],
  [1, "zero-pops"],
  [2, "forty-seven-percent"],
  [3, "slow"],
  [2, "stalls-at-99"],
  [2, "never-ends"],
  [1, "no-progress"],
  [1, "falls-back"],
  [1, "pending-first"],
  [1, "unknown-status"],
  [1, "appears-late"],
  [1, "disappears"],
  [1, "never-appears"],
  [1, "missing-retcode"],
  [1, "missing-success"],
  [1, "missing-row"],
  [1, "duplicate-rows"],
];

const script = fc.oneof(...SCRIPTS.map(([weight, name]) => ({ weight, arbitrary: fc.constant(name) })));

/** Delays that the client waits out, that it does not, and past the life of a signature. */
const latenessMs = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 14 * S }) },
  { weight: 3, arbitrary: fc.integer({ min: 15 * S, max: 2 * MIN }) },
  { weight: 2, arbitrary: fc.integer({ min: 2 * MIN, max: 899 * S }) },
  { weight: 1, arbitrary: fc.integer({ min: 850 * S, max: 20 * MIN }) },
);

const mostly = <T>(usual: T, other: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const place = fc.record({
  operation: fc.oneof(
    { weight: 6, arbitrary: fc.constant("PushObjectCache" as const) },
    { weight: 1, arbitrary: fc.constant("RefreshObjectCaches" as const) },
    { weight: 4, arbitrary: fc.constantFrom(...QUERIES) },
    { weight: 1, arbitrary: fc.constant("any" as const) },
  ),
  call: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.integer({ min: 1, max: 30 })),
  times: fc.oneof(
    { weight: 5, arbitrary: fc.constant(1) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.constant(1_000) },
  ),
});

const what = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom("lateRequest", "lateAnswer"), byMs: latenessMs }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("hang"), workDone: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom("unreachable", "resetBefore", "resetAfter", "truncatedBody"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("proxyPage"),
      httpStatus: fc.constantFrom(200, 302, 403, 429, 502, 504),
      workDone: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      fc.record({
        kind: fc.constant("error"),
        httpStatus: fc.constantFrom(500, 503),
        code: fc.constantFrom("InternalError", "ServiceUnavailable", "SomethingNew"),
        workDone: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant("error"),
        httpStatus: fc.constant(403),
        code: fc.constantFrom("ServiceBusy", "NoPermission", "OperationDenied", "PreloadQueueFull"),
        workDone: fc.constant(false),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("throttled"), retryAfterS: fc.constantFrom(0, 1, 20, 60) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("wrongJson"),
      body: fc.constantFrom('{"Message":', "{}", "[]", "null", ""),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("sentTwice"), answer: fc.constantFrom("first", "second") }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("doubleRows") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("hidesLast") }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("wrongDate"),
      date: fc.constantFrom<number | string>(
        "Thu, 01 Jan 1970 00:00:00 GMT",
        -4 * DAY,
        4 * DAY,
        -20 * MIN,
        20 * MIN,
        -12 * MIN,
        12 * MIN,
        -3 * MIN,
        3 * MIN,
        20 * S,
      ),
      isMarked: mostly(false, fc.constant(true)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("foreign"), same: fc.boolean(), before: fc.boolean() }),
  },
) as fc.Arbitrary<DistributiveOmit<FaultPlan, "operation" | "call" | "times">>;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const fault: fc.Arbitrary<FaultPlan> = fc
  .tuple(place, what)
  .map(([where, kind]) => ({ ...where, ...kind }) as FaultPlan);

const skew: fc.Arbitrary<Skew> = fc.record(
  {
    aheadMs: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 4, arbitrary: fc.constantFrom(-DAY, -HOUR, -14 * MIN, -2 * S, 2 * S, 14 * MIN, HOUR, DAY) },
    ),
    gainMsPerS: fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.constantFrom(-5, -0.2, 0.2, 5) },
    ),
    step: fc.record({
      afterMs: fc.integer({ min: 0, max: 20 * MIN }),
      byMs: fc.constantFrom(-HOUR, -20 * S, 20 * S, HOUR),
    }),
  },
  { requiredKeys: ["aheadMs", "gainMsPerS"] },
);

const policy: fc.Arbitrary<PolicyPlan> = fc.record({
  minSuccessPercent: mostly(0, fc.constantFrom(1, 40, 50, 95, 100), 2),
  maxFailedUrls: mostly(0, fc.constantFrom(1, 2, 50), 2),
  requireDetail: mostly(false, fc.constant(true)),
  onInconclusive: mostly<"fail" | "warn">("fail", fc.constant("warn"), 2),
  override: mostly(false, fc.constant(true), 8),
});

const moment: fc.Arbitrary<Moment> = fc.oneof(
  fc.record({ on: fc.constant("state" as const), n: fc.integer({ min: 1, max: 15 }) }),
  fc.record({ on: fc.constant("call" as const), n: fc.integer({ min: 1, max: 12 }) }),
  fc.record({
    on: fc.constant("time" as const),
    n: fc.oneof(fc.integer({ min: 0, max: MIN }), fc.integer({ min: 0, max: HOUR })),
  }),
);

const refusedDomains: fc.Arbitrary<readonly RefusedDomain[]> = fc.uniqueArray(
  fc.record({
    domain: fc.nat({ max: LAST_DOMAIN }),
    as: fc.constantFrom("missing", "offline", "configuring"),
  }),
  { selector: ({ domain }) => domain, minLength: 1, maxLength: 2 },
);

const run: fc.Arbitrary<RunPlan> = fc.record(
  {
    pauseMs: fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 0, max: MIN }) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 20 * MIN }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 4 * DAY }) },
    ),
    without: mostly<readonly number[]>([], fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 2 }), 2),
    policy,
    wait: mostly(true, fc.constant(false)),
    timeoutMs: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(5 * MIN, 45 * MIN) },
      { weight: 1, arbitrary: fc.integer({ min: S, max: 3 * HOUR }) },
      { weight: 1, arbitrary: fc.integer({ min: S, max: 2 * MIN }) },
    ),
    adoptInFlight: mostly(false, fc.constant(true), 3),
    quotaCheck: mostly<"fail" | "warn" | "off">("fail", fc.constantFrom("warn", "off"), 2),
    clock: skew,
    faults: fc.array(fault, { maxLength: 5 }),
    refusedDomains: mostly<readonly RefusedDomain[]>([], refusedDomains, 3),
    isOtherAccount: mostly(false, fc.constant(true), 12),
    end: fc.record({ by: fc.constantFrom("kill" as const, "interrupt" as const), at: moment }),
  },
  {
    requiredKeys: [
      "pauseMs",
      "without",
      "policy",
      "wait",
      "timeoutMs",
      "adoptInFlight",
      "quotaCheck",
      "clock",
      "faults",
    ],
  },
);

const group: fc.Arbitrary<UrlGroup> = fc.record({
  domain: fc.nat({ max: LAST_DOMAIN }),
  script,
  once: fc.boolean(),
  count: fc.oneof(
    { weight: 15, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 120 }) },
  ),
});

/**
 * Draws how the service words its answers. Times of an entry are off by less and by more than what still proves anything;
 * those of a row by less than what makes it another submission's.
 */
export const wordings: fc.Arbitrary<Wording> = fc.record(
  {
    entriesPerDomain: fc.constantFrom("one", "onePerUrl"),
    entryTimeOffsetMs: fc.constantFrom(-4 * DAY, -HOUR, -MIN, -2 * S, 2 * S, MIN, HOUR),
    rowSpelling: fc.constantFrom(
      "asSent",
      "otherCase",
      "decoded",
      "withoutScheme",
      "otherScheme",
      "pathAlone",
    ),
    rowTimeForm: fc.constantFrom("utc", "withoutZone", "localWithoutZone"),
    rowTimeOffsetMs: fc.constantFrom(-10 * MIN, -MIN, -2 * S, 2 * S, MIN, 10 * MIN),
  },
  { requiredKeys: [] },
);

const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  startHour: fc.integer({ min: 0, max: 23 }),
  groups: fc
    .array(group, { minLength: 1, maxLength: 4 })
    .filter((groups) => groups.reduce((sum, { count }) => sum + count, 0) <= 250),
  preloads: mostly(1, fc.integer({ min: 2, max: 3 }), 2),
  gate: mostly(false, fc.constant(true), 2),
  account: fc.record({
    allowListed: mostly(true, fc.constant(false), 2),
    allowListRefusalCode: fc.constantFrom(
      "NoPermission",
      "Forbidden.RAM",
      "OperationDenied",
      "InvalidAction.NotFound",
    ),
    quota: mostly(1_000, fc.constantFrom(0, 5, 120)),
    queue: mostly(100_000, fc.constantFrom(0, 4, 150)),
    unseenTask: fc.constantFrom("empty", "malformed"),
    sharing: fc.constantFrom("domain", "account"),
    urlsPerTaskId: mostly(500, fc.constantFrom(2, 20, 70)),
    tasksPerSubmission: mostly(1, fc.constantFrom(2, 3)),
    furtherTasksFail: fc.boolean(),
    hugeIds: mostly(false, fc.constant(true)),
    pageCap: mostly(100, fc.constantFrom(1, 2, 20), 2),
    wording: mostly({}, wordings, 8),
  }),
  keyPerRun: mostly(false, fc.constant(true)),
  purgeFirst: mostly(false, fc.constant(true), 3),
  purgeScript: mostly<ScriptName>("passes", script, 2),
  runs: fc.array(run, { minLength: 1, maxLength: 5 }),
  calm: fc.boolean(),
});

/**
 * An accepted submission without an answer, then the key of another account once no task of it can turn up any
 * more, then the first key again.
 */
const betweenAccounts: fc.Arbitrary<Schedule> = fc
  .tuple(
    anySchedule,
    fc.constantFrom("resetAfter" as const, "truncatedBody" as const),
    fc.integer({ min: 16 * MIN, max: HOUR }),
    fc.integer({ min: 0, max: HOUR }),
  )
  .map(([schedule, kind, untilOtherMs, untilOwnMs]) => {
    const [first = PLAIN_RUN, second = PLAIN_RUN, third = PLAIN_RUN] = schedule.runs;
    const { end: _, ...lost } = first;
    const faults: FaultPlan[] = [
      { operation: "PushObjectCache", call: 1, times: 1, kind },
      { operation: "DescribeRefreshTasks", call: 1, times: 1_000, kind: "unreachable" },
    ];
    return {
      ...schedule,
      runs: [
        { ...lost, isOtherAccount: false, faults },
        { ...second, pauseMs: untilOtherMs, isOtherAccount: true },
        { ...third, pauseMs: untilOwnMs, isOtherAccount: false },
      ],
    };
  });

/** Draws schedules; up to 250 URLs in up to four domains. */
export const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  { weight: 24, arbitrary: anySchedule },
  { weight: 1, arbitrary: betweenAccounts },
);

/** A group's URLs; their paths tell the emulator what to do with them. */
export function urlsOfGroup(group: UrlGroup, index: number): string[] {
  const name = `emulate-${group.script}${group.once ? "-once" : ""}`;
  return Array.from(
    { length: group.count },
    (_, nth) => `https://${domainName(group.domain)}/g${index}/${name}/${nth}.js`,
  );
}

function domainName(domain: number): string {
  return `cdn${domain}.example.com`;
}

/** The codes with which the service refuses domains for good in a run; one that is being configured, it takes later. */
export function refusalsOfRun({ refusedDomains = [] }: RunPlan): ReadonlyMap<string, string> {
  const codes = { missing: "InvalidDomain.NotFound", offline: "InvalidDomain.Offline" } as const;
  return new Map(
    refusedDomains.flatMap(({ domain, as }) =>
      as === "configuring" ? [] : [[domainName(domain), codes[as]]],
    ),
  );
}

/** The domains of the account in a run, as the emulator's settings have them. */
export function domainsOfRun({ refusedDomains = [] }: RunPlan): NonNullable<SettingsInput["domains"]> | null {
  if (refusedDomains.length === 0) return null;
  const names = Array.from({ length: LAST_DOMAIN + 1 }, (_, domain) => domainName(domain));
  const refused = new Map(refusedDomains.map(({ domain, as }) => [domainName(domain), as]));
  return Object.fromEntries(
    names.flatMap((name) => {
      const state = refused.get(name) ?? "online";
      return state === "missing" ? [] : [[name, state]];
    }),
  );
}

/** How many preloads there are: each has a group at least. */
export function preloadsOf({ preloads = 1, groups }: Schedule): number {
  return Math.min(preloads, groups.length);
}

/** What a run wants preloaded by one of the preloads: at least one group. */
export function urlsOfRun(schedule: Schedule, plan: RunPlan, preload: number): string[] {
  const own = schedule.groups
    .map((group, index) => ({ group, index }))
    .filter(({ index }) => index % preloadsOf(schedule) === preload);
  const wanted = own.filter(({ index }) => !plan.without.includes(index));
  return (wanted.length > 0 ? wanted : own.slice(0, 1)).flatMap(({ group, index }) =>
    urlsOfGroup(group, index),
  );
}

/** Scripts of which no one can know, or not within three days, that they are over. */
const ENDLESS: readonly ScriptName[] = [
  "never-ends",
  "unknown-status",
  "missing-retcode",
  "missing-success",
  "disappears",
  "never-appears",
  "appears-late",
];
const ENDLESS_PURGES: readonly ScriptName[] = [...ENDLESS, "missing-row"];
/** Scripts that pass by whatever evidence. */
const PASSING: readonly ScriptName[] = [
  "passes",
  "completes-at-once",
  "one-pop-in-three",
  "forty-seven-percent",
  "slow",
  "stalls-at-99",
  "no-progress",
  "falls-back",
  "pending-first",
];

/** Whether calm runs follow after which everything is preloaded. */
export function hasCalmEnd({ groups, purgeFirst, purgeScript, calm, account }: Schedule): boolean {
  // What it says otherwise than it is documented may leave a URL in doubt for good.
  if (Object.keys(account.wording ?? {}).length > 0) return false;
  if (account.furtherTasksFail && (account.tasksPerSubmission ?? 1) > 1) return false;
  const canEnd = groups.every(
    (each) => PASSING.includes(each.script) || (each.once && !ENDLESS.includes(each.script)),
  );
  return calm === true && canEnd && !(purgeFirst && ENDLESS_PURGES.includes(purgeScript));
}
