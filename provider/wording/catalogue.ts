import type { ErrorCode, Handling } from "../core/error-families";
import type {
  CredentialsFault,
  CredentialsOrigin,
  FactsOf,
  Failure,
  FailureKind,
  IdentitySetting,
  NetworkFault,
  RefusedKey,
  RowDoubt,
  SitemapFault,
  StateFileFault,
  TextFault,
} from "../core/failure-facts";
import type { Notice, Progress, Step } from "../core/notices";
import type { PlanFacts } from "../core/plan-facts";
import type { Problem } from "../core/problems";
import type { QuotaFacts } from "../core/quota-facts";
import type { Reason, UrlProblem } from "../core/reason-facts";
import type { CommandLineWords } from "./command-line-words";
import type { OldNodeWords } from "./old-node-words";
import type { PulumiWords } from "./pulumi-words";
import type { ReportWords } from "./report-words";
import type { ByKind, Told, Words } from "./words";

/**
 * All that is said to people of a gate's work, in one language: for each kind of fact a function that makes a text of
 * it. A further language is a further object of this type, and the compiler finds what it lacks.
 */
export interface Catalogue {
  /** What each family of failures means, in one sentence without a full stop. */
  readonly families: Readonly<Record<ErrorCode, string>>;
  /** What is done about a failure before the user hears of it. */
  readonly handling: Readonly<Record<Handling, string>>;
  /** What went wrong, as one or more sentences. */
  readonly failures: { readonly [K in FailureKind]: (facts: FactsOf<K>, told: Told) => string };
  /** What follows every failure of which it was observed; sentences. */
  readonly observed: {
    readonly gaveUp: (attempts: number) => string;
    readonly mayHaveBeenAccepted: string;
  };
  /** What to do about a failure of a family; sentences. */
  readonly advice: Readonly<Record<ErrorCode, (words: Words) => string>>;
  /** What is wrong with an access key; a sentence. */
  readonly refusedKeys: ByKind<RefusedKey>;
  /** What to do about it, rather than what is done about its family; sentences. */
  readonly refusedKeyAdvice: ByKind<RefusedKey>;
  /** The same, where the usual advice would have a run without memory submit again what was submitted. */
  readonly adviceWithoutMemory: (failure: Failure, words: Words) => string | undefined;
  /** What is wrong with a value, as what follows its name. */
  readonly problems: ByKind<Problem>;
  readonly reasons: ByKind<Reason>;
  /** Why a URL is not preloaded, as what follows its name. */
  readonly urlProblems: ByKind<UrlProblem>;
  /** What to do about a URL that is not preloaded; a sentence. */
  readonly urlAdvice: ByKind<UrlAdvice>;
  readonly notices: ByKind<Notice>;
  readonly steps: { readonly [T in Step["type"]]: (step: Extract<Step, { readonly type: T }>) => string };
  readonly progress: (progress: Progress) => string;
  readonly quota: (quota: QuotaFacts) => string;
  /** What a deployment would do. */
  readonly plans: ByKind<PlanFacts>;
  /** What stands on a resource's row beside its outcome. */
  readonly resourceNotes: ByKind<ResourceNote>;
  /** What comes after a gate that did not pass; a sentence. */
  readonly nextSteps: ByKind<NextStep>;
  /** Parts of sentences. */
  readonly origins: ByKind<CredentialsOrigin>;
  readonly identitySettings: ByKind<IdentitySetting>;
  readonly networkFaults: ByKind<NetworkFault>;
  readonly credentialsFaults: ByKind<CredentialsFault>;
  readonly doubts: ByKind<RowDoubt>;
  readonly sourceFaults: ByKind<TextFault | SitemapFault>;
  /** What stands for a URL that is secret and has no place. */
  readonly aUrl: string;
  /** What is wrong with an answer as a whole. */
  readonly wrongAnswer: (problem: string) => string;
  readonly request: (requestId: string) => string;
  readonly tasks: (taskIds: readonly string[]) => string;
  /** A family of failures with what was observed of one, as a sentence. */
  readonly familySentence: (family: string, observed: readonly string[]) => string;
  /** Sentences, one after the other. */
  readonly joined: (sentences: readonly string[]) => string;
  readonly oldNode: OldNodeWords;
  readonly reports: ReportWords;
  readonly stateFiles: ByKind<StateFileFault>;
  readonly commandLine: CommandLineWords;
  readonly pulumi: PulumiWords;
}

/** What to do about a URL that is not preloaded. */
export type UrlAdvice =
  /** By what the service says of its origin. */
  | { readonly kind: "originFails" | "originRefuses" | "originTooSlow" | "cdnFails" | "originUnknown" }
  | { readonly kind: "tooFewPops" | "submitAgain" }
  | { readonly kind: "waitForTask" | "findOut"; readonly taskIds: readonly string[] }
  /** The service's answers about it could not be understood. */
  | { readonly kind: "notUnderstood" };

/** What stands on a resource's row beside its outcome. */
export type ResourceNote =
  | { readonly kind: "letThroughNow"; readonly verdict: string; readonly reason: string | undefined }
  | {
      readonly kind: "letThroughByOverride";
      readonly override: string | undefined;
      readonly reasons: readonly string[];
    }
  | { readonly kind: "letThroughByWarn"; readonly reasons: readonly string[] }
  | { readonly kind: "passedWithFailures"; readonly failed: number; readonly urls: number }
  | { readonly kind: "forgotten" | "savedVerdictFails" }
  | { readonly kind: "notRefreshed" | "accountNotAsked"; readonly why: string }
  | { readonly kind: "inputsNotValid"; readonly problems: readonly string[] };

/** What comes after a gate that did not pass, by what ended it. */
export type NextStep = {
  readonly kind: "repairElsewhere" | "fixCause" | "mayHaveBeenAccepted" | "fixNamed" | "goOn";
};
