import { NAMED_SCRIPTS, type ScriptName, type TaskScript } from "../../emulator";
import type { GateState, UrlFacts } from "../../provider/core/gate-state";
import {
  type AcceptedUrl,
  type GateRecord,
  type History,
  identity,
  type ResourceRun,
  type RunRecord,
} from "./history";
import { ANSWER_TIMEOUT_MS } from "./network";
import { type FaultPlan, hasCalmEnd, type PolicyPlan, refusalsOfRun } from "./schedule";

/** What a schedule may not do. */
export type Rule =
  | "passed without evidence"
  | "accepted without a reason"
  | "submitted twice"
  | "purged twice"
  | "preloaded before its purge ended"
  | "lost a task"
  | "ended late"
  | "interrupted late"
  | "does not end well"
  | "refused its own account"
  | "named a wrong domain"
  | "threw"
  | "hung";

export interface Violation {
  readonly rule: Rule;
  readonly run: number;
  readonly what: string;
}

const VISIBILITY_DELAY_MS = 2_000;
const SIGNATURE_VALIDITY_MS = 15 * 60_000;
const TASK_WINDOW_MS = 3 * 24 * 3_600_000;
/** A search that reaches back further than the service allows is refused as a whole: it has to keep a distance. */
const SEARCH_MARGIN_MS = 10_000;
/** A task that is younger may only be late, however long the wait was by a clock that someone has set. */
const UNSEEN_TASK_GRACE_MS = 5 * 60_000;
/** Times in the state are the service's as the client knows it: cut off to the second, and a moment off. */
const TIME_MARGIN_MS = 3_000;
/** A run by a clock that is read in whole milliseconds. */
const ROUNDING_MS = 50;
/** A user's Ctrl-C ends the wait within a second. */
const INTERRUPTION_MS = 1_000;

/**
 * Judges what happened by the emulator's own record and the scripts of its tasks; nothing here asks the
 * product's own judgement.
 */
export function check(history: History): Violation[] {
  return [
    ...history.runs.flatMap((run, index) => [
      ...checkEnd(run, index),
      ...checkVerdict(history, run, index),
      ...checkNothingLost(history, run, index),
      ...checkOwnAccount(history, run, index),
      ...checkNamedDomains(run, index),
    ]),
    ...history.gates.flatMap((gate, index) => [...checkEnd(gate, index), ...checkGate(history, gate, index)]),
    ...checkNothingTwice(history),
    ...checkPurges(history),
    ...checkEndsWell(history),
  ];
}

/** What another key has left open, this one may not close where the service can show it nothing: the run says so. */
function isHeldByOtherKey({ schedule }: History, last: History["runs"][number]): boolean {
  const hadOtherKey = schedule.keyPerRun || schedule.runs.some(({ isOtherAccount }) => isOtherAccount);
  return hadOtherKey === true && last.outcome?.failure?.code === "otherAccount";
}

/** The operations that prove an account, as faults name them. */
const PROOFS: readonly FaultPlan["operation"][] = [
  "any",
  "DescribeRefreshTaskById",
  "DescribePreloadDetailById",
];

/** A new key of the account is no other account's where the service shows all tasks that are saved. */
function checkOwnAccount(history: History, run: RunRecord, index: number): Violation[] {
  const { schedule, submissions } = history;
  if (run.outcome?.failure?.code !== "otherAccount") return [];
  // Also in an earlier run: what the key before could not be shown proves nothing for this one.
  const mayHide = schedule.runs
    .slice(0, index + 1)
    .some(({ faults }) => faults.some(({ operation }) => PROOFS.includes(operation)));
  if (mayHide || schedule.runs.some(({ isOtherAccount }) => isOtherAccount)) return [];
  const taskIds = (run.previous?.urls ?? []).flatMap((known) => known.taskIds);
  // Also at the run's end: in between it may have become too old to be asked about.
  const isShown = (id: string) =>
    submissions.some(
      (row) =>
        row.taskId === id &&
        scriptOf(row).rows > 0 &&
        isVisible(row, run.startedAtMs) &&
        isVisible(row, run.endedAtMs),
    );
  if (taskIds.length === 0 || !taskIds.every(isShown)) return [];
  return [{ rule: "refused its own account", run: index, what: run.outcome.failure.message }];
}

/** A failure names only domains that the service did not take, each with the code that it had for it. */
function checkNamedDomains({ plan, outcome }: RunRecord, index: number): Violation[] {
  const { facts, serviceCode: code } = outcome?.failure ?? {};
  // Another account has none of these domains.
  if (plan.isOtherAccount || facts?.kind !== "refused") return [];
  const refused = refusalsOfRun(plan);
  return (facts.domains ?? [])
    .filter(({ name, serviceCode = code }) => refused.get(name) !== serviceCode)
    .map(({ name, serviceCode = code }) => ({
      rule: "named a wrong domain",
      run: index,
      what: `${name} (${serviceCode})`,
    }));
}

/** Whatever went wrong before: once nothing does any more, everything is preloaded in the end. */
function checkEndsWell(history: History): Violation[] {
  const { schedule, runs } = history;
  if (!hasCalmEnd(schedule)) return [];
  const last = runs.at(-1)!;
  const isExcused =
    isLeftInDoubt(history, last) || isUncountable(history, last) || isHeldByOtherKey(history, last);
  if (!last.outcome || last.outcome.verdict === "passed" || isExcused) return [];
  return [
    { rule: "does not end well", run: runs.length - 1, what: last.outcome.reasons.join(" ").slice(0, 300) },
  ];
}

/**
 * Whether all that is left are lost submissions of which a task that is shown may be the task, or a stranger's: where
 * the clocks disagree, or were told wrongly, nothing tells them apart, and only a person can.
 */
function isLeftInDoubt(history: History, { outcome, saved }: RunRecord): boolean {
  const open = new Set(saved?.saved.openAttempts.flatMap(({ urls }) => urls.map(({ written }) => written)));
  const isDoubtSaid = outcome?.reasons.some((reason) => reason.includes("cannot be told for sure")) ?? false;
  const left = outcome?.results.filter(({ state }) => state !== "preloaded") ?? [];
  const hasDouble = (url: string) =>
    history.submissions.some((row) => !row.isOurs && identity(row.url) === identity(url));
  const isToldWrongly = history.schedule.runs.some(({ faults }) =>
    faults.some(({ kind }) => kind === "wrongDate"),
  );
  const isClockSet = history.schedule.runs.some(({ clock }) => clock.step !== undefined);
  return (
    isDoubtSaid && left.every(({ url }) => open.has(url) && (isToldWrongly || isClockSet || hasDouble(url)))
  );
}

/**
 * Whether a search can never be seen to be complete: a task that holds one URL twice is counted twice, and its two rows
 * are one and the same.
 */
function isUncountable({ submissions }: History, { outcome }: RunRecord): boolean {
  const keys = submissions.map((row) => `${row.taskId} ${identity(row.url)}`);
  const isSaid =
    outcome?.reasons.some((reason) => /although TotalCount is|rows that TotalCount names/.test(reason)) ??
    false;
  return isSaid && new Set(keys).size < keys.length;
}

function checkEnd(run: ResourceRun, index: number): Violation[] {
  const found = (rule: Rule, what: string): Violation => ({ rule, run: index, what });
  if (run.thrown !== undefined) {
    const text = run.thrown instanceof Error ? (run.thrown.stack ?? run.thrown.message) : String(run.thrown);
    return [found("threw", text)];
  }
  if (run.ended !== "done") return [found("hung", run.ended)];
  if (!run.outcome) return [];
  // By a clock that is slow the last request's timeout is longer too.
  const timeoutMs = ANSWER_TIMEOUT_MS / Math.min(1, rateOf(run));
  const overMs = run.endedAtMs - deadlineOf(run) - timeoutMs;
  const sinceInterruptionMs =
    run.interruptedAtMs === undefined ? 0 : run.endedAtMs - run.interruptedAtMs - INTERRUPTION_MS;
  return [
    ...(overMs > ROUNDING_MS
      ? [found("ended late", `${overMs} ms past the deadline and one request's timeout`)]
      : []),
    ...(sinceInterruptionMs > ROUNDING_MS
      ? [found("interrupted late", `${sinceInterruptionMs} ms later than it may`)]
      : []),
  ];
}

/** Milliseconds of the run's machine's clock in a true one. */
function rateOf({ plan }: ResourceRun): number {
  return 1 + plan.clock.gainMsPerS / 1_000;
}

/** When the run's deadline passes by its machine's own clock, as a true instant. */
function deadlineOf(run: ResourceRun): number {
  const { plan, startedAtMs } = run;
  const rate = rateOf(run);
  const { step } = plan.clock;
  const plainMs = plan.timeoutMs / rate;
  if (!step || plainMs <= step.afterMs) return startedAtMs + plainMs;
  return startedAtMs + Math.max(step.afterMs, (plan.timeoutMs - step.byMs) / rate);
}

/** How a URL's row truly stands, by its script. */
type Truth = "running" | "preloaded" | "failed" | "unknowable";

function truthOf(
  row: AcceptedUrl,
  atMs: number,
  by: { readonly evidence: "detail" | "statusOnly"; readonly policy: PolicyPlan },
): Truth {
  const script = scriptOf(row);
  if (!hasEnded(row, atMs)) return "running";
  if (script.rows === 0) return "unknowable";
  if (row.failsAnyway && (script.endStatus === "Complete" || script.endStatus === "Failed")) return "failed";
  if (by.evidence === "statusOnly") {
    const status = script.statusOnlyEndStatus ?? script.endStatus;
    return status === "Complete" ? "preloaded" : status === "Failed" ? "failed" : "unknowable";
  }
  if (script.retCode === null || script.successPercent === null) return "unknowable";
  if (script.endStatus !== "Complete" && script.endStatus !== "Failed") return "unknowable";
  const shares = [
    script.successPercent,
    ...(script.rows > 1 ? [script.furtherRowsSuccessPercent ?? script.successPercent] : []),
  ];
  const share = Math.floor(Math.min(...shares) * 100 + 1e-6) / 100;
  const isEntryFine = script.endStatus === "Complete" && script.retCode === "0";
  const enough = share > 0 && share >= by.policy.minSuccessPercent;
  return share === 100 || (isEntryFine && enough) ? "preloaded" : "failed";
}

function scriptOf(row: AcceptedUrl): TaskScript {
  return NAMED_SCRIPTS.get(row.script as ScriptName)!;
}

function hasEnded(row: AcceptedUrl, atMs: number): boolean {
  const { endsAfterMs } = scriptOf(row);
  return endsAfterMs !== null && atMs >= row.atMs + endsAfterMs;
}

function isVisible(row: AcceptedUrl, atMs: number): boolean {
  const { appearsAfterMs, disappearsAfterMs } = scriptOf(row);
  const sinceMs = atMs - row.atMs;
  return (
    sinceMs >= (appearsAfterMs ?? VISIBILITY_DELAY_MS) &&
    sinceMs < (disappearsAfterMs ?? Number.POSITIVE_INFINITY) &&
    sinceMs < TASK_WINDOW_MS
  );
}

/** Whether an answer had a row of it, as of now or of when it could last be asked about. */
function isShownBy(row: AcceptedUrl, atMs: number): boolean {
  return scriptOf(row).rows > 0 && isVisible(row, Math.min(atMs, row.atMs + TASK_WINDOW_MS - 1));
}

/** Whether no operation sees the row any more although all that they see of its domain's part of the task has ended. */
function isForsaken(history: History, row: AcceptedUrl, atMs: number): boolean {
  if (isVisible(row, atMs)) return false;
  const part = history.submissions.filter(
    (other) =>
      other.taskId === row.taskId && domainOf(other.url) === domainOf(row.url) && isVisible(other, atMs),
  );
  return part.length > 0 && part.every((other) => hasEnded(other, atMs));
}

function domainOf(url: string): string {
  return identity(url).split("/")[0]!;
}

/** Whether a submission was accepted by the end of a run; the next run may begin at the same instant. */
function isBy(row: AcceptedUrl, run: RunRecord, index: number): boolean {
  return row.run <= index && row.atMs <= run.endedAtMs;
}

function checkVerdict(history: History, run: RunRecord, index: number): Violation[] {
  const { outcome } = run;
  if (!outcome) return [];
  if (outcome.verdict === "passed") return checkPassed(history, run, index);
  return outcome.accepted ? checkLetThrough(history, run, index) : [];
}

function needsDetail({ requireDetail, minSuccessPercent }: PolicyPlan): boolean {
  return requireDetail || minSuccessPercent > 0;
}

function checkPassed(history: History, run: RunRecord, index: number): Violation[] {
  const state = run.outcome!.state;
  const { policy } = run.plan;
  const problems: string[] = [];
  let failed = 0;
  for (const url of run.urls) {
    const result = run.outcome!.results.find((candidate) => candidate.url === url);
    const rows = history.submissions.filter(
      (row) => identity(row.url) === identity(url) && isBy(row, run, index),
    );
    const holding = rows.filter((row) => result?.taskId.split(",").includes(row.taskId));
    const newestOwn = Math.max(
      ...rows
        .filter((row) => row.isOurs && !isBeyondFinding(history, row, run.endedAtMs))
        .map((row) => row.atMs),
    );
    if (!result || holding.length === 0) {
      problems.push(`${url} is in no task that the emulator knows`);
      continue;
    }
    if (holding.every((row) => row.atMs < newestOwn)) problems.push(`${url} was judged by an older task`);
    const part = state.tasks.find(
      (task) => result.taskId.split(",").includes(task.taskId) && task.domain === result.domain,
    );
    const evidence = part?.evidence ?? "statusOnly";
    if (needsDetail(policy) && (evidence === "statusOnly" || !history.schedule.account.allowListed)) {
      problems.push(`${url} was judged by status-only evidence`);
    }
    // A stranger's row of the same URL in the same task is all that is told where ours is hidden.
    const shown = holding.filter((row) => isShownBy(row, run.endedAtMs));
    const told = shown.length > 0 ? shown : holding;
    const truths = told.map((row) => truthOf(row, run.endedAtMs, { evidence, policy }));
    if (truths.every((truth) => truth === "preloaded")) continue;
    failed += 1;
    // What has ended badly, or without a row, may be a failure that the policy allows for.
    const runs = told.some(
      (row, place) => truths[place] === "running" && !isForsaken(history, row, run.endedAtMs),
    );
    if (runs) problems.push(`${url} is still running`);
  }
  if (failed > policy.maxFailedUrls) problems.push(`${failed} URLs are not preloaded`);
  return problems.map((what) => ({ rule: "passed without evidence", run: index, what }));
}

/**
 * A gate over tasks passes only by what their rows say: those that it could not but see. A row that came to a task
 * later than its first ones, or appears later, may not have been shown yet when the task had ended.
 */
function checkGate(history: History, gate: GateRecord, index: number): Violation[] {
  const { outcome, plan, endedAtMs } = gate;
  const found = (rule: Rule, what: string): Violation => ({ rule, run: index, what: `the gate: ${what}` });
  if (!outcome?.accepted) return [];
  if (outcome.verdict !== "passed") {
    const isWarned = plan.policy.onInconclusive === "warn" && outcome.verdict === "inconclusive";
    const isOverridden = plan.policy.override && gate.previous !== undefined;
    const isFine = (isWarned || isOverridden) && outcome.failure?.code !== "interrupted";
    return isFine ? [] : [found("accepted without a reason", `the verdict is ${outcome.verdict}`)];
  }
  const rows = history.submissions.filter(
    (row) => gate.taskIds.includes(row.taskId) && row.atMs <= endedAtMs && isShownBy(row, endedAtMs),
  );
  const firstAtMs = new Map<string, number>();
  for (const row of rows)
    firstAtMs.set(row.taskId, Math.min(row.atMs, firstAtMs.get(row.taskId) ?? row.atMs));
  const problems = gate.taskIds
    .filter((id) => !rows.some((row) => row.taskId === id))
    .map((id) => `task ${id} has shown no row`);
  let failed = 0;
  for (const [url, all] of Map.groupBy(rows, (row) => identity(row.url))) {
    const newestS = Math.max(...all.map(({ atMs }) => Math.floor(atMs / 1_000)));
    const newest = all.filter(({ atMs }) => Math.floor(atMs / 1_000) === newestS);
    if (!newest.every((row) => row.atMs === firstAtMs.get(row.taskId) && !appearsAfterOthers(row, rows)))
      continue;
    const truths = newest.map((row) => {
      const part = outcome.state.tasks.find(
        (task) => task.taskId === row.taskId && task.domain === domainOf(row.url),
      );
      const evidence = part?.evidence ?? "statusOnly";
      if (evidence === "statusOnly" && needsDetail(plan.policy))
        problems.push(`${url} was judged by status-only evidence`);
      return truthOf(row, endedAtMs, { evidence, policy: plan.policy });
    });
    if (truths.includes("running")) problems.push(`${url} is still running`);
    if (!truths.every((truth) => truth === "preloaded")) failed += 1;
  }
  if (failed > plan.policy.maxFailedUrls) problems.push(`${failed} URLs are not preloaded`);
  return problems.map((what) => found("passed without evidence", what));
}

/** Whether the task may have ended, by all that was shown of it, before the row was. */
function appearsAfterOthers(row: AcceptedUrl, rows: readonly AcceptedUrl[]): boolean {
  const isLate = (other: AcceptedUrl) => scriptOf(other).appearsAfterMs !== null;
  return isLate(row) && rows.some((other) => other.taskId === row.taskId && !isLate(other));
}

function checkLetThrough(history: History, run: RunRecord, index: number): Violation[] {
  const outcome = run.outcome!;
  const { policy } = run.plan;
  const problems: string[] = [];
  const accepted = history.submissions.filter((row) => isBy(row, run, index));
  if (policy.override && run.previous) {
    const sent = history.submissions.filter((row) => row.sentBy === index);
    if (sent.length > 0 && outcome.acceptedBy === "override")
      problems.push("an overridden run submitted all the same");
  } else {
    if (policy.onInconclusive !== "warn") problems.push("neither warn nor an override says so");
    if (outcome.verdict !== "inconclusive") problems.push(`the verdict is ${outcome.verdict}`);
    if (run.interruptedAtMs !== undefined && outcome.failure?.code === "interrupted")
      problems.push("it was interrupted");
    if (outcome.state.saved.openAttempts.length > 0) problems.push("an attempt is open");
    for (const url of run.urls) {
      if (!accepted.some((row) => identity(row.url) === identity(url)))
        problems.push(`${url} was never accepted by the service`);
    }
  }
  return problems.map((what) => ({ rule: "accepted without a reason", run: index, what }));
}

/** Whether a state knows of a task that was accepted for us. */
function isKept(state: GateState | undefined, row: AcceptedUrl): boolean {
  if (!state) return false;
  if (state.saved.submissions.some(({ taskIds }) => taskIds.includes(row.taskId))) return true;
  return state.saved.openAttempts.some(
    (attempt) =>
      attempt.urls.some(({ written }) => identity(written) === identity(row.url)) &&
      row.atMs >= attempt.sentAtMs - (attempt.clockDoubt?.earlierMs ?? 0) - TIME_MARGIN_MS &&
      row.atMs <= attempt.expiresAtMs + (attempt.clockDoubt?.laterMs ?? 0) + TIME_MARGIN_MS,
  );
}

/** The last run's part also covers what arrived after it had ended. */
function checkNothingLost(history: History, run: RunRecord, index: number): Violation[] {
  return [
    ...lost(history, { run, index, kind: "submissions" }),
    ...lost(history, { run, index, kind: "purges" }),
  ];
}

function lost(
  history: History,
  at: { readonly run: RunRecord; readonly index: number; readonly kind: "submissions" | "purges" },
): Violation[] {
  const gone = history[at.kind].filter(
    (row) =>
      row.isOurs &&
      row.run <= at.index &&
      // What is older than that no operation tells any more.
      row.atMs > at.run.endedAtMs - TASK_WINDOW_MS &&
      !isKept(at.run.saved, row) &&
      !isBeyondFinding(history, row, at.run.endedAtMs),
  );
  return gone.slice(0, 1).map((row) => ({
    rule: "lost a task",
    run: at.index,
    what: `task ${row.taskId} of ${row.url} (${at.kind}, ${row.script}), accepted at ${showTime(row.atMs)}, and ${gone.length - 1} more URLs`,
  }));
}

/**
 * A task that was never named to us for this URL, and that no search shows as the service's documentation says it
 * does; that has become too old for a search; or that nothing tells from a stranger's task of the same URL, started
 * while ours was looked for.
 */
function isBeyondFinding(history: History, row: AcceptedUrl, atMs: number): boolean {
  const { appearsAfterMs, disappearsAfterMs, rows } = scriptOf(row);
  const isTooOld = atMs - row.atMs > TASK_WINDOW_MS - SEARCH_MARGIN_MS;
  const hasDouble = history.submissions.some(
    (other) =>
      !other.isOurs &&
      identity(other.url) === identity(row.url) &&
      Math.abs(other.atMs - row.atMs) <= SIGNATURE_VALIDITY_MS + TIME_MARGIN_MS,
  );
  const isShown = appearsAfterMs === null && disappearsAfterMs === null && rows > 0;
  if (isShown && !isTooOld && !hasDouble) return false;
  const isNamed = ({ url, taskIds }: UrlFacts) =>
    taskIds.includes(row.taskId) && identity(url.written) === identity(row.url);
  return !history.runs.some(({ saved }) =>
    [...(saved?.urls ?? []), ...(saved?.saved.removedUrls ?? [])].some(isNamed),
  );
}

function checkNothingTwice(history: History): Violation[] {
  const violations: Violation[] = [];
  const ours = history.submissions.filter((row) => row.isOurs && !row.isFurther);
  for (const rows of Map.groupBy(ours, (row) => identity(row.url)).values()) {
    for (const [place, row] of rows.entries()) {
      for (const earlier of rows.slice(0, place)) {
        const isNewest = earlier === rows[place - 1];
        const why = whyNotAgain(history, row, { earlier, isNewest });
        if (why) {
          const what = `${row.url} at ${showTime(row.atMs)} (task ${row.taskId}) while ${why} (task ${earlier.taskId}, ${earlier.script}, accepted at ${showTime(earlier.atMs)})`;
          violations.push({ rule: "submitted twice", run: row.run, what });
        }
      }
    }
  }
  return violations;
}

/** Why a URL must not be submitted at this instant because of an earlier task of ours. */
function whyNotAgain(
  history: History,
  row: AcceptedUrl,
  { earlier, isNewest }: { readonly earlier: AcceptedUrl; readonly isNewest: boolean },
): string | undefined {
  if (row.atMs - earlier.atMs >= TASK_WINDOW_MS) return undefined;
  if (isBeyondFinding(history, earlier, row.atMs)) return undefined;
  if (!hasEnded(earlier, row.atMs)) {
    return wasUnseen(history, row, earlier) ? undefined : "its task runs";
  }
  // What passed by one policy and was submitted again by a stricter one counts no longer: the newest task does.
  if (!isNewest) return undefined;
  const { policy } = history.runs[row.sentBy ?? row.run]!.plan;
  // A pass that one task of the submission showed counts only until another one, which holds the URL too, says that it failed.
  const furtherHasFailed = history.submissions.some(
    (other) =>
      other.isFurther &&
      other.failsAnyway &&
      other.url === earlier.url &&
      other.atMs === earlier.atMs &&
      isVisible(other, row.atMs) &&
      truthOf(other, row.atMs, { evidence: "detail", policy }) === "failed",
  );
  if (furtherHasFailed) return undefined;
  // What passed as far as status-only evidence goes may have failed by the details that could be had later.
  const isRefutable =
    history.schedule.account.allowListed &&
    truthOf(earlier, row.atMs, { evidence: "detail", policy }) === "failed";
  const seen = history.seenPasses.some(
    (pass) =>
      pass.atMs <= row.atMs &&
      pass.taskId.split(",").includes(earlier.taskId) &&
      identity(pass.url) === identity(row.url) &&
      (pass.successPercent !== undefined || !isRefutable) &&
      // What only status-only evidence says is no pass for a policy that asks for details.
      (needsDetail(policy) ? (pass.successPercent ?? -1) : 100) >= policy.minSuccessPercent,
  );
  return seen ? "its task was seen to pass" : undefined;
}

/** Whether a whole wait has ended without any operation seeing the task, nor has one since. */
function wasUnseen(history: History, row: AcceptedUrl, earlier: AcceptedUrl): boolean {
  if (isVisible(earlier, row.atMs)) return false;
  if (isForsaken(history, earlier, row.atMs)) return true;
  return history.runs.some(
    (run) =>
      // Also one that was killed just after it had saved what its whole wait has shown.
      (run.outcome !== undefined || run.isKilled) &&
      run.endedAtMs - earlier.atMs >= UNSEEN_TASK_GRACE_MS - TIME_MARGIN_MS &&
      run.endedAtMs <= row.atMs &&
      run.endedAtMs >= deadlineOf(run) - ROUNDING_MS &&
      !isVisible(earlier, run.endedAtMs),
  );
}

function checkPurges(history: History): Violation[] {
  const violations: Violation[] = [];
  const ours = history.purges.filter((row) => row.isOurs && !row.isFurther);
  for (const rows of Map.groupBy(ours, (row) => identity(row.url)).values()) {
    for (const [place, row] of rows.entries()) {
      const earlier = rows
        .slice(0, place)
        .find(
          (other) =>
            row.atMs - other.atMs < TASK_WINDOW_MS &&
            !hasEnded(other, row.atMs) &&
            !isBeyondFinding(history, other, row.atMs),
        );
      if (earlier)
        violations.push({ rule: "purged twice", run: row.run, what: `${row.url} while its purge runs` });
    }
  }
  if (!history.schedule.purgeFirst) return violations;
  for (const row of history.submissions.filter((submission) => submission.isOurs)) {
    const purged = ours.some(
      (purge) => identity(purge.url) === identity(row.url) && hasEnded(purge, row.atMs),
    );
    if (!purged)
      violations.push({
        rule: "preloaded before its purge ended",
        run: row.run,
        what: `${row.url} at ${showTime(row.atMs)}`,
      });
  }
  return violations;
}

function showTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
