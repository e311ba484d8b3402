import { type ErrorCode, GateError } from "../core/errors";
import type {
  CredentialsFault,
  CredentialsOrigin,
  Failure,
  FailureKind,
  IdentitySetting,
  NetworkFault,
  RefusedKey,
  RowDoubt,
  SettingName,
  SitemapFault,
  StateFileFault,
  TextFault,
} from "../core/failure-facts";
import type { Notice, Progress, Step } from "../core/notices";
import type { PlanFacts } from "../core/plan-facts";
import { showUrl } from "../core/preload-url";
import type { PlacedProblem, Problem } from "../core/problems";
import type { QuotaFacts } from "../core/quota-facts";
import type { Reason, UrlProblem } from "../core/reason-facts";
import type { Catalogue, NextStep, ResourceNote, UrlAdvice } from "./catalogue";
import type { CheckFinding, CommandLineNotice, CommandLineWords, PlannedQuota } from "./command-line-words";
import type { NotPassed, PulumiFault } from "./pulumi-words";
import type { Reader } from "./reader";
import type { ReportWords } from "./report-words";
import type { UsageFault } from "./usage-faults";
import type { Told, Words } from "./words";

/** Turns facts into text, in one language, for one reader. */
export class Wording implements Words {
  readonly #catalogue: Catalogue;
  readonly reader: Reader;

  constructor(catalogue: Catalogue, reader: Reader) {
    this.#catalogue = catalogue;
    this.reader = reader;
  }

  readonly setting = (name: SettingName): string => this.reader.front.settings[name];

  readonly url = (url: string, position?: number): string => {
    if (!this.reader.urlsAreSecret) return showUrl(url);
    return position === undefined ? this.#catalogue.aUrl : `urls[${position}]`;
  };

  /** What went wrong. */
  readonly failure = (failure: Failure): string => {
    const { observed } = this.#catalogue;
    const make = this.#catalogue.failures[failure.facts.kind] as Make<FailureKind>;
    const isOwnCall = failure.operation !== undefined && !TELLS_ITSELF.includes(failure.facts.kind);
    return this.#catalogue.joined([
      make(failure.facts, { observed: failure, words: this }),
      ...(isOwnCall && failure.mayHaveBeenAccepted ? [observed.mayHaveBeenAccepted] : []),
      ...(isOwnCall && (failure.attempts ?? 1) > 1 ? [observed.gaveUp(failure.attempts ?? 1)] : []),
    ]);
  };

  /** What to do about it. */
  readonly advice = (failure: Failure): string => {
    const { facts, code } = failure;
    const { advice, adviceWithoutMemory, refusedKeyAdvice } = this.#catalogue;
    const ofKey = facts.kind === "refused" && facts.key ? this.#text(refusedKeyAdvice, facts.key) : undefined;
    return adviceWithoutMemory(failure, this) ?? ofKey ?? advice[code](this);
  };

  readonly refusedKey = (key: RefusedKey): string => this.#text(this.#catalogue.refusedKeys, key);

  /** What to do about any failure of a family. */
  readonly adviceOn = (code: ErrorCode): string => this.#catalogue.advice[code](this);

  /**
   * What went wrong and what to do about it. A message may quote a URL, so where URLs are secret only what was
   * observed is told.
   */
  readonly explained = (failure: Failure): string => {
    const { joined, families, request, tasks, familySentence } = this.#catalogue;
    if (!this.reader.urlsAreSecret) return joined([this.failure(failure), this.advice(failure)]);
    const { operation, serviceCode, requestId, taskIds = [] } = failure;
    const facts = [
      ...(operation ? [operation] : []),
      ...(serviceCode ? [serviceCode] : []),
      ...(requestId ? [request(requestId)] : []),
      ...(taskIds.length > 0 ? [tasks(taskIds)] : []),
    ];
    return joined([familySentence(families[failure.code], facts), this.advice(failure)]);
  };

  readonly problem = (problem: Problem): string => this.#text(this.#catalogue.problems, problem);

  /** `urls[3] is empty`. */
  readonly placed = ({ path, problem }: PlacedProblem): string => {
    const place = showPath(path);
    const what = this.problem(problem);
    return place === "" ? this.#catalogue.wrongAnswer(what) : `${place} ${what}`;
  };

  /** `urls[3]: is empty`, for a list of problems. */
  readonly input = ({ path, problem }: PlacedProblem): string =>
    `${showPath(path)}: ${this.problem(problem)}`;

  /** Anything that was thrown: a failure in words, else what it says of itself. */
  readonly thrown = (error: unknown): string => {
    if (error instanceof GateError) return this.failure(error);
    return error instanceof Error ? error.message : String(error);
  };

  /** The same, with what to do about it. */
  readonly thrownExplained = (error: unknown): string =>
    error instanceof GateError ? this.explained(error) : this.thrown(error);

  readonly reasons = (reasons: readonly Reason[]): string[] =>
    reasons.map((reason) => this.#text(this.#catalogue.reasons, reason));

  readonly urlProblem = (problem: UrlProblem): string => this.#text(this.#catalogue.urlProblems, problem);
  readonly urlAdvice = (advice: UrlAdvice): string => this.#text(this.#catalogue.urlAdvice, advice);
  readonly notice = (notice: Notice): string => this.#text(this.#catalogue.notices, notice);
  readonly nextStep = (step: NextStep): string => this.#text(this.#catalogue.nextSteps, step);
  /** What a family of failures means, without a full stop. */
  readonly family = (code: ErrorCode): string => this.#catalogue.families[code];

  readonly plan = (plan: PlanFacts): string => this.#text(this.#catalogue.plans, plan);
  readonly resourceNote = (note: ResourceNote): string => this.#text(this.#catalogue.resourceNotes, note);
  readonly origin = (origin: CredentialsOrigin): string => this.#text(this.#catalogue.origins, origin);
  readonly networkFault = (fault: NetworkFault): string => this.#text(this.#catalogue.networkFaults, fault);
  readonly doubt = (doubt: RowDoubt): string => this.#text(this.#catalogue.doubts, doubt);
  readonly sourceFault = (fault: TextFault | SitemapFault): string =>
    this.#text(this.#catalogue.sourceFaults, fault);
  readonly credentialsFault = (fault: CredentialsFault): string =>
    this.#text(this.#catalogue.credentialsFaults, fault);
  readonly identitySetting = (setting: IdentitySetting): string =>
    this.#text(this.#catalogue.identitySettings, setting);

  /** What reports say beside messages. */
  get reports(): ReportWords {
    return this.#catalogue.reports;
  }

  readonly stateFile = (fault: StateFileFault): string => this.#text(this.#catalogue.stateFiles, fault);
  readonly usage = (fault: UsageFault): string => this.#text(this.#catalogue.commandLine.usage, fault);
  readonly commandLineNotice = (notice: CommandLineNotice): string =>
    this.#text(this.#catalogue.commandLine.notices, notice);
  readonly plannedQuota = (quota: PlannedQuota): string =>
    this.#text(this.#catalogue.commandLine.dryRun.plannedQuota, quota);
  readonly checkFinding = (finding: CheckFinding): string =>
    this.#text(this.#catalogue.commandLine.doctor.findings, finding);

  /** What to do about a check's finding; `undefined` where there is nothing to do. */
  readonly checkAdvice = (finding: CheckFinding): string | undefined => {
    const make = this.#catalogue.commandLine.doctor.advice[finding.kind] as
      | ((finding: CheckFinding, words: Words) => string | undefined)
      | undefined;
    return make?.(finding, this);
  };

  /** Why a gate lets nothing pass, with its name if it has one. */
  readonly notPassed = (why: NotPassed, gate: string = this.#catalogue.pulumi.theGate): string =>
    this.#catalogue.pulumi.hasNotPassed(gate, this.#text(this.#catalogue.pulumi.notPassed, why));

  readonly pulumiFault = (fault: PulumiFault): string => this.#text(this.#catalogue.pulumi.faults, fault);

  /** What only the command line says. */
  get commandLine(): CommandLineWords {
    return this.#catalogue.commandLine;
  }

  readonly quota = (quota: QuotaFacts): string => this.#catalogue.quota(quota);
  readonly progress = (progress: Progress): string => this.#catalogue.progress(progress);
  readonly step = (step: Step): string => (this.#catalogue.steps[step.type] as (step: Step) => string)(step);

  #text<F extends { readonly kind: string }>(
    table: { readonly [K in F["kind"]]: (facts: F & { readonly kind: K }, words: Words) => string },
    facts: F,
  ): string {
    const make = table[facts.kind as F["kind"]] as (facts: F, words: Words) => string;
    return make(facts, this);
  }
}

/** A maker of any kind of failure: the compiler cannot see that the kind and the facts belong together. */
type Make<K extends FailureKind> = (facts: Failure["facts"] & { readonly kind: K }, told: Told) => string;

/** Kinds that quote another failure, which tells what was observed of it. */
const TELLS_ITSELF: readonly FailureKind[] = [
  "notOnAllowList",
  "searchEnded",
  "notGiven",
  "deadlineBeforeEnd",
];

/** `urls[3]`, `gate.minSuccessPercent`: where in a value a fault lies. */
export function showPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return text.replace(/^\./, "");
}
