import type { CredentialsOrigin, Failure, StateFileFault } from "../core/failure-facts";
import type { Progress } from "../core/notices";
import type { QuotaFacts } from "../core/quota-facts";
import type { HelpWords } from "./help-words";
import type { LeftOutCounts, UsageFault } from "./usage-faults";
import type { ByKind, Words } from "./words";

/** What only the command line says. */
export interface CommandLineWords {
  readonly help: HelpWords;
  readonly usage: ByKind<UsageFault>;
  /** What follows a fault of the arguments. */
  readonly helpHint: string;
  /** After the path of a report that was not opened. */
  readonly noBrowser: string;
  readonly notices: ByKind<CommandLineNotice>;
  readonly progress: ProgressWords;
  readonly quota: QuotaWords;
  readonly dryRun: DryRunWords;
  readonly doctor: DoctorWords;
}

/** What the command line tells on its way beside the gate's own notices. */
export type CommandLineNotice =
  | { readonly kind: "spellingsLeftOut"; readonly urls: number }
  | { readonly kind: "settingsOfFile"; readonly config: ConfigInUse }
  /** `paths` is empty unless the user asks for them. */
  | {
      readonly kind: "filesLeftOut";
      readonly folder: string;
      readonly counts: LeftOutCounts;
      readonly paths: readonly string[];
    }
  | { readonly kind: "changedSince"; readonly changes: FilesChanged }
  /** The run did not pass, so its manifest is not due. */
  | { readonly kind: "manifestNotDue"; readonly file: string }
  /** The system's own words say why. */
  | { readonly kind: "manifestNotWritten"; readonly file: string; readonly why: string }
  | { readonly kind: "otherGeneration" | "interrupting" | "nothingLeft" }
  /** The state could not be saved, and these tasks were submitted. */
  | { readonly kind: "unsaved"; readonly fault: StateFileFault; readonly taskIds: readonly string[] };

/** A config file that a run goes by. Settings are called as the resources' inputs. */
export interface ConfigInUse {
  readonly file: string;
  readonly settings: readonly string[];
  /** Those that the command line or the environment decides. */
  readonly overruled: readonly string[];
}

/** Files by the manifest of an earlier run; without one, or with one of other settings, all are new. */
export interface FilesChanged {
  readonly manifest: string;
  readonly basis: "used" | "missing" | "otherSettings";
  readonly changed: number;
  readonly unchanged: number;
  readonly deleted: number;
}

/** A view of the progress; lines begin in lower case. */
export interface ProgressWords {
  readonly starting: string;
  readonly waiting: string;
  /** What is done, and since when. */
  readonly since: (step: string, elapsedMs: number) => string;
  /** A line of a log: `progress` in words, and how many calls it took. */
  readonly line: (progress: string, apiCalls: number) => string;
  /** What stands beside the bar on a terminal, each as short as it can be. */
  readonly bar: (progress: Progress, elapsedMs: number) => BarParts;
  /** The parts of a bar that fit beside each other. */
  readonly barOf: (parts: readonly string[]) => string;
  readonly submitted: (done: number, urls: number) => string;
  /** What stands before each line of a log, and how many columns of a terminal it fills. */
  readonly elapsed: (elapsedMs: number) => string;
  readonly elapsedColumns: number;
}

/** What a bar tells; a narrow terminal leaves some of it out. */
export interface BarParts {
  readonly pops: string;
  readonly urls: string;
  readonly failed: string;
  readonly elapsed: string;
  /** Until the last task is likely to end; empty where that is not known. */
  readonly left: string;
  readonly calls: string;
}

export interface QuotaWords {
  readonly names: { readonly [Name in "preload" | "l2Preload" | "refresh"]: string };
  readonly left: (count: { readonly remaining: number; readonly total: number | null }) => string;
  readonly notTold: string;
  readonly resets: (inMs: number) => string;
}

/** What is known of the quota before a submission. */
export type PlannedQuota =
  | { readonly kind: "known"; readonly quota: QuotaFacts }
  | { readonly kind: "notTold" | "notNeeded" }
  | { readonly kind: "notKnown"; readonly failure: Failure };

export interface DryRunWords {
  /** What would be submitted; `kept` URLs are submitted or preloaded already. */
  readonly submits: (plan: {
    readonly urls: number;
    readonly calls: number;
    readonly kept: number;
  }) => string;
  readonly call: (call: {
    readonly place: number;
    readonly urls: number;
    readonly domains: readonly string[];
  }) => string;
  readonly purges: (urls: number) => string;
  readonly quota: (quota: string) => string;
  readonly plannedQuota: ByKind<PlannedQuota>;
  readonly end: string;
}

/** What a check of `doctor` has found. */
export type CheckFinding =
  | { readonly kind: "configInUse"; readonly config: ConfigInUse }
  | { readonly kind: "credentialsFound"; readonly isTemporary: boolean; readonly origin: CredentialsOrigin }
  | { readonly kind: "endpointAnswers"; readonly origin: string }
  | { readonly kind: "clockUnknown" }
  | { readonly kind: "clockRight"; readonly skewMs: number }
  /** Above 0 this machine's clock is behind the service's. */
  | { readonly kind: "clockWrong"; readonly skewMs: number; readonly breaksSignatures: boolean }
  | { readonly kind: "allowed" }
  /** A request without URLs was refused for that alone. */
  | { readonly kind: "allowedAsFarAsShown"; readonly serviceCode: string | undefined }
  | { readonly kind: "notRefused" }
  | { readonly kind: "detailAllowed" }
  | { readonly kind: "detailRefused"; readonly serviceCode: string | undefined }
  | { readonly kind: "quotaNotTold" }
  | { readonly kind: "quota"; readonly quota: QuotaFacts; readonly isUsedUp: boolean }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface DoctorWords {
  /** Checks that are not named for an operation. */
  readonly checks: { readonly [Name in CheckName]: string };
  readonly findings: ByKind<CheckFinding>;
  /** What to do about a finding; `undefined` where there is nothing to do. */
  readonly advice: {
    readonly [K in CheckFinding["kind"]]?: (
      finding: CheckFinding & { readonly kind: K },
      words: Words,
    ) => string | undefined;
  };
  readonly policyHeading: string;
}

export type CheckName = "config" | "credentials" | "endpoint" | "clock" | "allow-list" | "quota";
