import { MAX_PROGRESS_POINTS } from "../output/progress-history";
import type { ErrorDocument, GateDocument, ProgressPoint } from "./schema";

/** What one part of a release has left of its gate. */
export interface Shard {
  readonly name: string;
  readonly document: GateDocument | ErrorDocument;
}

type MergedShard = NonNullable<GateDocument["shards"]>[number];
interface NamedGate {
  readonly name: string;
  readonly document: GateDocument;
  /** Not where the command could not do its work. */
  readonly hasJudged: boolean;
}

/** The worst first. */
const VERDICTS = ["failed", "inconclusive", "pending", "passed"] as const;
/** What the user has to fix before another run comes first, as of one gate (`exit-code.ts`). */
const EXIT_CODES = [130, 2, 4, 5, 1, 3];
/** Nothing was submitted since the service could not be reached: true of all only if it is true of each. */
const UNREACHABLE_EXIT_CODE = 7;
const INCONCLUSIVE_EXIT_CODE = 3;

/**
 * The documents of several gates as one: the worst verdict, the sum of what was counted, and each row with its shard's
 * name. A shard that could not do its work has no verdict, so the whole has none that passes.
 */
export function mergeDocuments(shards: readonly Shard[]): Omit<GateDocument, "tool" | "command"> {
  const gates = shards.map(gateOf);
  const documents = gates.map(({ document }) => document);
  const accepted = documents.every((document) => document.accepted);
  const startedAt = documents.map((document) => document.startedAt).sort()[0]!;
  const endedAt = documents
    .map((document) => document.endedAt)
    .sort()
    .at(-1)!;
  return {
    kind: "gate",
    schemaVersion: 1,
    startedAt,
    endedAt,
    exitCode: worstExitCode(documents.map(({ exitCode }) => exitCode)),
    verdict: VERDICTS.find((verdict) => documents.some((document) => document.verdict === verdict))!,
    accepted,
    acceptedBy: accepted ? (documents.flatMap(({ acceptedBy }) => acceptedBy ?? [])[0] ?? null) : null,
    reasons: gates.flatMap(({ name, document }) => document.reasons.map((reason) => `${name}: ${reason}`)),
    policy: (gates.find(({ hasJudged }) => hasJudged) ?? gates[0]!).document.policy,
    summary: {
      ...sumOf(documents),
      elapsedMs: Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)),
    },
    taskIds: [...new Set(documents.flatMap(({ taskIds }) => taskIds))],
    results: gates.flatMap(({ name, document }) =>
      document.results.map((result) => ({ ...result, shard: nameWithin(name, result.shard) })),
    ),
    tasks: gates.flatMap(({ name, document }) =>
      document.tasks.map((task) => ({ ...task, shard: nameWithin(name, task.shard) })),
    ),
    progress: mergedProgress(documents),
    notices: gates.flatMap(({ name, document }) =>
      (document.notices ?? []).map((notice) => `${name}: ${notice}`),
    ),
    error: worstError(gates),
    stateFile: null,
    resumeCommand: null,
    build: commonBuild(documents),
    shards: gates.flatMap(shardsOf),
  };
}

/** A shard that could not do its work has judged no URL. */
function gateOf({ name, document }: Shard): NamedGate {
  if (document.kind === "gate") return { name, document, hasJudged: true };
  const { kind: _, error, ...head } = document;
  return {
    name,
    hasJudged: false,
    document: {
      kind: "gate",
      ...head,
      // An error that ended with 0 would be none.
      exitCode: head.exitCode === 0 ? INCONCLUSIVE_EXIT_CODE : head.exitCode,
      verdict: "inconclusive",
      accepted: false,
      acceptedBy: null,
      reasons: [`${error.message} ${error.advice}`],
      policy: STRICTEST_POLICY,
      summary: NOTHING_COUNTED,
      taskIds: [],
      results: [],
      tasks: [],
      progress: [],
      notices: [],
      error,
      stateFile: null,
      resumeCommand: null,
    },
  };
}

/** Only where no shard has judged by any. */
const STRICTEST_POLICY: GateDocument["policy"] = {
  minSuccessPercent: 100,
  maxFailedUrls: 0,
  requireDetail: true,
  onInconclusive: "fail",
};

const NOTHING_COUNTED: GateDocument["summary"] = {
  urls: 0,
  preloaded: 0,
  failed: 0,
  unknown: 0,
  lowestSuccessPercent: null,
  elapsedMs: 0,
  apiCalls: 0,
};

function worstExitCode(codes: readonly number[]): number {
  const bad = codes.filter((code) => code !== 0);
  if (bad.length === 0) return 0;
  if (codes.every((code) => code === UNREACHABLE_EXIT_CODE)) return UNREACHABLE_EXIT_CODE;
  return EXIT_CODES.find((code) => bad.includes(code)) ?? INCONCLUSIVE_EXIT_CODE;
}

/** What ended the shard that has to be seen to first. */
function worstError(gates: readonly NamedGate[]): GateDocument["error"] {
  const stopped = gates.filter(({ document }) => document.error && !document.accepted);
  const worst = worstExitCode(stopped.map(({ document }) => document.exitCode));
  const first = stopped.find(({ document }) => document.exitCode === worst) ?? stopped[0];
  const error = first?.document.error;
  return error ? { ...error, message: `${first.name}: ${error.message}` } : null;
}

function sumOf(documents: readonly GateDocument[]): Omit<GateDocument["summary"], "elapsedMs"> {
  const sum = (count: (summary: GateDocument["summary"]) => number) =>
    documents.reduce((total, { summary }) => total + count(summary), 0);
  const shares = documents.flatMap(({ summary }) => summary.lowestSuccessPercent ?? []);
  return {
    urls: sum(({ urls }) => urls),
    preloaded: sum(({ preloaded }) => preloaded),
    failed: sum(({ failed }) => failed),
    unknown: sum(({ unknown }) => unknown),
    lowestSuccessPercent: shares.length === 0 ? null : Math.min(...shares),
    apiCalls: sum(({ apiCalls }) => apiCalls),
  };
}

/** A merged document may be merged again. */
function nameWithin(name: string, inner: string | undefined): string {
  return inner === undefined ? name : `${name}/${inner}`;
}

function shardsOf({ name, document, hasJudged }: NamedGate): readonly MergedShard[] {
  if (document.shards) {
    return document.shards.map((shard) => ({ ...shard, name: nameWithin(name, shard.name) }));
  }
  const { exitCode, verdict, accepted, acceptedBy, summary, error, resumeCommand } = document;
  const policy = hasJudged ? document.policy : null;
  return [{ name, exitCode, verdict, accepted, acceptedBy, policy, summary, error, resumeCommand }];
}

/** The commit, where all are of one; its run only where all are of one. */
function commonBuild(documents: readonly GateDocument[]): GateDocument["build"] {
  const builds = documents.map(({ build }) => build);
  const [first] = builds;
  if (!first || builds.some((build) => build?.commit !== first.commit)) return null;
  const isOneRun = builds.every((build) => build?.runUrl === first.runUrl);
  return { ...first, runUrl: isOneRun ? first.runUrl : null };
}

/** At each instant at which a shard told something: what all of them had told by then, by their URLs. */
function mergedProgress(documents: readonly GateDocument[]): ProgressPoint[] {
  const startMs = Math.min(...documents.map(({ startedAt }) => Date.parse(startedAt)));
  const urls = documents.reduce((sum, { summary }) => sum + summary.urls, 0);
  const told = documents
    .flatMap((document, shard) =>
      document.progress.map((point) => ({
        shard,
        point,
        elapsedMs: Date.parse(document.startedAt) - startMs + point.elapsedMs,
      })),
    )
    .sort((a, b) => a.elapsedMs - b.elapsedMs);
  const last = new Map<number, ProgressPoint>();
  const points = told.map(({ shard, point, elapsedMs }): ProgressPoint => {
    last.set(shard, point);
    const known = [...last];
    const ended = known.reduce(
      (sum, [at, { processPercent }]) => sum + processPercent * documents[at]!.summary.urls,
      0,
    );
    return {
      elapsedMs,
      processPercent: urls === 0 ? 0 : Math.round((ended / urls) * 100) / 100,
      preloaded: known.reduce((sum, [, { preloaded }]) => sum + preloaded, 0),
      failed: known.reduce((sum, [, { failed }]) => sum + failed, 0),
    };
  });
  const every = Math.ceil(points.length / MAX_PROGRESS_POINTS);
  return points.filter((_, index) => index % every === 0 || index === points.length - 1);
}
