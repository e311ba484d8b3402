import type { ErrorCode } from "./error-families";
import type { OptionName } from "./options/settings";
import type { PlacedProblem, Problem } from "./problems";
import type { Purpose, QuotaFacts } from "./quota-facts";

/**
 * What went wrong, as facts. `wording/` makes a sentence of them, in the words of the front that shows it; so nothing
 * here is a text for people, except words that others have written (the service's, a library's, the system's), and
 * those are redacted before they come here.
 */
export type FailureFacts =
  | CallFailure
  | CredentialsFailure
  | SettingFailure
  | SourceFailure
  | SubmissionFailure
  | TaskFailure
  | RunFailure;

/** A failure with what was observed of it; {@link GateError} is one. */
export interface Failure extends Observed {
  readonly code: ErrorCode;
  readonly facts: FailureFacts;
}

/** What was observed of a failure, where it was. */
export interface Observed {
  /** The service's operation that failed. */
  readonly operation?: string | undefined;
  /** The service's own error code, as received. */
  readonly serviceCode?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly requestId?: string | undefined;
  /** The tasks that the failure is about; named where the rest of it cannot be shown. */
  readonly taskIds?: readonly string[] | undefined;
  /** How often it was tried; absent where once. */
  readonly attempts?: number | undefined;
  /**
   * For a submission: `false` only when the service certainly did not accept it. Anything else (a timeout,
   * a reset, a 5xx, a proxy's page) leaves the outcome unknown.
   */
  readonly mayHaveBeenAccepted?: boolean | undefined;
}

/** Why the service does not take an access key, by its error code. */
export type KeyFault = "secretDiffers" | "keyUnknown" | "keyDisabled" | "tokenExpired" | "tokenDiffers";

/** An access key that the service does not take. */
export interface RefusedKey {
  readonly kind: KeyFault;
  /** Its id, shortened: enough to find it in a list, too little to use. */
  readonly shortId: string;
}

/** A domain that the service does not take. */
export interface RefusedDomain {
  readonly name: string;
  /** Where it is another code than the failure's. */
  readonly serviceCode?: string | undefined;
}

/** A call of the service that failed. */
export type CallFailure =
  | { readonly kind: "callInterrupted"; readonly wasSent: boolean }
  | { readonly kind: "notSent"; readonly host: string; readonly why: NetworkFault }
  /** The HTTP library did not take the request. */
  | { readonly kind: "requestNotValid"; readonly why: NetworkFault }
  | { readonly kind: "requestKeyNotValid"; readonly why: NetworkFault; readonly from: CredentialsOrigin }
  | {
      readonly kind: "noCompleteAnswer";
      readonly code: "transient" | "malformedAnswer";
      readonly host: string;
      readonly why: NetworkFault;
    }
  | {
      readonly kind: "refused";
      readonly code: ErrorCode;
      readonly words: string | undefined;
      readonly from: CredentialsOrigin;
      /** The domains that it refused, where its code is about a domain and it is known which. */
      readonly domains?: readonly RefusedDomain[] | undefined;
      /** What the service holds against the access key, where its code says so. */
      readonly key?: RefusedKey | undefined;
    }
  /** Not the service's answer: a proxy's or a load balancer's page. */
  | {
      readonly kind: "foreignAnswer";
      readonly code: "transient" | "malformedAnswer";
      readonly contentType: string | undefined;
      /** How it begins. */
      readonly start: string;
    }
  | { readonly kind: "malformedAnswer"; readonly fault: PlacedProblem }
  /** The service has asked to make no such call for longer than there is time. */
  | { readonly kind: "heldBack"; readonly pauseMs: number }
  | { readonly kind: "notOnAllowList"; readonly refusal: Failure };

/** Why no answer came. */
export type NetworkFault =
  | { readonly kind: "noConnection" | "noAnswer"; readonly withinMs: number }
  | { readonly kind: "tooLong"; readonly mostBytes: number }
  /** A library's or the system's own words. */
  | { readonly kind: "words"; readonly words: string };

/** Where credentials come from: never a value. */
export type CredentialsOrigin =
  /** As its source named it. */
  | { readonly kind: "named"; readonly name: string }
  /** A setting of the front's configuration. */
  | { readonly kind: "config"; readonly setting: SettingName }
  | { readonly kind: "environment"; readonly id: string; readonly secret: string }
  | { readonly kind: "profile"; readonly name: string; readonly file: string | undefined }
  | { readonly kind: "credentialsUri" | "defaultChain" }
  | { readonly kind: "ecsRole"; readonly roleName: string }
  | { readonly kind: "oidcRole"; readonly roleArn: string }
  | { readonly kind: "assumedRole"; readonly roleArn: string; readonly with: CredentialsOrigin }
  /** The configuration contradicts itself; asking for credentials says how. */
  | { readonly kind: "unclear" };

/** A setting of an identity: one of ours, which each front names in its own way, or an environment variable. */
export type IdentitySetting =
  | { readonly kind: "setting"; readonly name: SettingName }
  | { readonly kind: "variable"; readonly name: string }
  /** As the front names it. */
  | { readonly kind: "named"; readonly name: string };

/** Why a source gave no credentials. */
export type CredentialsFault =
  | { readonly kind: "timeout"; readonly timeoutMs: number }
  | { readonly kind: "emptyKey" | "noUri" | "unknown" }
  | { readonly kind: "fileNotReadable" | "noProfiles"; readonly file: string }
  | { readonly kind: "failure"; readonly failure: Failure }
  /** The vendor's library's own words, where they hold no content of a file or an answer. */
  | { readonly kind: "words"; readonly words: string };

export type AccessKeyField = "accessKeyId" | "accessKeySecret" | "securityToken";

export type CredentialsFailure =
  | { readonly kind: "keyEmpty"; readonly field: AccessKeyField; readonly from: CredentialsOrigin }
  | {
      readonly kind: "keyCharacter";
      readonly field: AccessKeyField;
      readonly from: CredentialsOrigin;
      /** `U+00A0`. */
      readonly codePoint: string;
      /** From 1. */
      readonly position: number;
    }
  | { readonly kind: "notRenewed"; readonly from: CredentialsOrigin; readonly why: CredentialsFault }
  /** The service that was to give them out refused or failed. */
  | {
      readonly kind: "notGiven";
      readonly code: ErrorCode;
      readonly failure: Failure;
      readonly from: CredentialsOrigin;
    }
  | {
      readonly kind: "noneInProfile" | "noneFrom";
      readonly from: CredentialsOrigin;
      readonly why: CredentialsFault;
    }
  | {
      readonly kind: "noneFound";
      readonly why: CredentialsFault;
      /** Of the two variables of an access key, those that are not set. */
      readonly unsetVariables: readonly string[];
      readonly isMetadataDisabled: boolean;
    }
  | { readonly kind: "searchInterrupted" }
  | { readonly kind: "credentialsHostUnreachable"; readonly host: string; readonly why: NetworkFault }
  | {
      readonly kind: "credentialsRefused";
      readonly code: "credentials" | "throttled" | "transient";
      readonly host: string;
      readonly words: string | undefined;
    }
  | { readonly kind: "fileWithoutProfile"; readonly setting: IdentitySetting }
  | { readonly kind: "severalIdentities"; readonly settings: readonly IdentitySetting[] }
  | { readonly kind: "halfKeyInEnvironment"; readonly missing: string }
  | { readonly kind: "keysDiffer"; readonly first: string; readonly second: string }
  | { readonly kind: "halfKeyInConfig"; readonly missing: SettingName }
  | { readonly kind: "roleNotValid"; readonly setting: SettingName; readonly fields: readonly string[] };

/** Settings that a message names; each front has its own name for each. */
export type SettingName = OptionName;

export type SettingFailure =
  | {
      readonly kind: "settingNotValid";
      readonly setting: SettingName;
      readonly problem: Problem;
      readonly found?: number;
    }
  | { readonly kind: "inputsNotValid"; readonly problems: readonly PlacedProblem[] }
  | { readonly kind: "endpointNotAUrl" | "proxyNotAUrl" }
  | { readonly kind: "endpointNotSecure" | "endpointWithPath"; readonly origin: string }
  | { readonly kind: "endpointWithUser"; readonly host: string }
  | { readonly kind: "stateNotReadable"; readonly field: string; readonly problem: Problem }
  | { readonly kind: "stateTooNew"; readonly version: number; readonly newestKnown: number };

/** A source of URLs that cannot be read. */
export type SourceFailure =
  | { readonly kind: "fileNameNotUtf8"; readonly file: string }
  /** `undefined` is standard input. */
  | { readonly kind: "textNotReadable"; readonly file: string | undefined; readonly fault: TextFault }
  | {
      readonly kind: "sitemapNotReadable";
      /** `undefined` where only its content was given. */
      readonly file: string | undefined;
      readonly fault: TextFault | SitemapFault;
    }
  | { readonly kind: "sitemapLoop"; readonly file: string; readonly deepest: number }
  | {
      readonly kind: "sitemapNotFetched";
      readonly url: string;
      /** Where a redirect has led, if it has. */
      readonly redirectedTo: string | undefined;
      readonly why: FetchFault;
    }
  | { readonly kind: "tooManySitemaps"; readonly index: string; readonly most: number }
  | {
      readonly kind: "sitemapMissing";
      readonly index: string;
      readonly location: string;
      readonly lookedFor: readonly string[];
    };

/** Why a document cannot be downloaded. */
export type FetchFault =
  | { readonly kind: "status"; readonly httpStatus: number }
  /** An address that is not https, or holds a password. Only its origin is told. */
  | { readonly kind: "addressNotSafe"; readonly origin: string }
  | { readonly kind: "tooManyRedirects"; readonly most: number }
  | { readonly kind: "network"; readonly why: NetworkFault };

export type TextFault =
  /** It looks like UTF-16, and has no byte order mark. */
  | { readonly kind: "utf16" }
  | { readonly kind: "unknownEncoding"; readonly encoding: string }
  | { readonly kind: "wrongBytes"; readonly line: number; readonly encoding: string };

export type SitemapFault =
  | { readonly kind: "notXml"; readonly words: string }
  | { readonly kind: "notASitemap" }
  | { readonly kind: "tooLarge"; readonly mostMegabytes: number }
  /** A library's own words. */
  | { readonly kind: "words"; readonly words: string };

/** A row of a search that may be of an attempt's task, and why that is not sure. */
export interface RowInDoubt {
  readonly url: string;
  readonly taskId: string;
  /** As the row names it. */
  readonly rowUrl: string;
  /** As the row has it. */
  readonly creationTime: string;
  readonly why: RowDoubt;
}

export type RowDoubt =
  | { readonly kind: "otherSpelling" | "timeUnclear" | "inFuture" | "afterExpiry" }
  | { readonly kind: "beforeSubmission"; readonly earlyMs: number };

export interface PurgedUrl {
  readonly url: string;
  readonly taskId: string;
  readonly status: string;
  /** The service's own. */
  readonly words: string | undefined;
}

export type SubmissionFailure =
  | {
      readonly kind: "otherAccount";
      /** Until when the service can tell of what is left; `undefined` where that is not known. */
      readonly keptUntilMs: number | undefined;
    }
  | { readonly kind: "quotaTooSmall"; readonly quota: QuotaFacts }
  | { readonly kind: "deadlineBeforeSubmission" }
  /** The process itself failed while it submitted. */
  | { readonly kind: "submissionBroke"; readonly why: string }
  /** The search for a submission's tasks has not settled what became of it. */
  | {
      readonly kind: "submissionOpen";
      readonly purpose: Purpose;
      readonly urls: number;
      readonly sentAtMs: number;
      readonly doubts: readonly RowInDoubt[];
    }
  /** What ended the search for the tasks of a submission that was answered with `unanswered`. */
  | {
      readonly kind: "searchEnded";
      readonly code: ErrorCode;
      readonly unanswered: Failure;
      readonly failure: Failure;
    }
  | { readonly kind: "purgeOpen"; readonly urls: number }
  | { readonly kind: "purgeTooOld"; readonly taskId: string }
  | { readonly kind: "purgeUnfinished"; readonly taskIds: readonly string[] }
  | { readonly kind: "purgeFailed"; readonly urls: readonly PurgedUrl[] }
  /** The state could not be saved. */
  | { readonly kind: "stateUnsaved"; readonly fault: StateFileFault };

/** Why a file that keeps a run's state cannot be used; `file` is as the user named it. */
export type StateFileFault =
  /** It belongs to another service, or is no state file at all. */
  | {
      readonly kind: "otherEndpoint";
      readonly file: string;
      readonly savedEndpoint: string;
      readonly endpoint: string;
    }
  | { readonly kind: "noStateFile" | "newer"; readonly file: string }
  | { readonly kind: "notUsable"; readonly file: string; readonly why: StateFileCause }
  | {
      readonly kind: "notReadable" | "notWritable" | "notLockable";
      readonly file: string;
      readonly why: StateFileCause;
    }
  /** Another process works with it. */
  | { readonly kind: "locked"; readonly file: string; readonly lock: string }
  /** This process had it, and does no more. */
  | {
      readonly kind: "lost";
      readonly file: string;
      readonly lock: string;
      readonly how: "lockRemoved" | "takenOver";
    };

/** A failure of ours, or the system's own words. */
export type StateFileCause =
  | { readonly kind: "failure"; readonly failure: Failure }
  | { readonly kind: "words"; readonly words: string };

export type TaskFailure =
  | { readonly kind: "taskUnknown"; readonly taskId: string; readonly answers: number }
  | { readonly kind: "deadlineBeforeEnd"; readonly taskId: string; readonly last: Failure | undefined };

export type RunFailure =
  | { readonly kind: "interrupted" }
  | { readonly kind: "deadlineWhileAsking" }
  | { readonly kind: "noAnswerInTime"; readonly timeoutMs: number }
  | { readonly kind: "listenerFailed"; readonly event: string; readonly why: string }
  | { readonly kind: "unexpected"; readonly why: string };

export type FailureKind = FailureFacts["kind"];

/** The facts of one kind. */
export type FactsOf<K extends FailureKind> = FailureFacts & { readonly kind: K };

/** Kinds whose facts say themselves which code they have. */
type OpenKind = Extract<FailureFacts, { readonly code: ErrorCode }>["kind"];

const CODES = {
  callInterrupted: "interrupted",
  notSent: "unreachable",
  requestNotValid: "internal",
  requestKeyNotValid: "credentials",
  malformedAnswer: "malformedAnswer",
  heldBack: "throttled",
  notOnAllowList: "notOnAllowList",
  keyEmpty: "credentials",
  keyCharacter: "credentials",
  notRenewed: "transient",
  noneInProfile: "credentials",
  noneFrom: "credentials",
  noneFound: "credentials",
  searchInterrupted: "interrupted",
  credentialsHostUnreachable: "unreachable",
  fileWithoutProfile: "credentials",
  severalIdentities: "credentials",
  halfKeyInEnvironment: "credentials",
  keysDiffer: "credentials",
  halfKeyInConfig: "credentials",
  roleNotValid: "credentials",
  settingNotValid: "usage",
  inputsNotValid: "usage",
  endpointNotAUrl: "usage",
  endpointNotSecure: "usage",
  endpointWithPath: "usage",
  endpointWithUser: "usage",
  proxyNotAUrl: "usage",
  stateNotReadable: "usage",
  stateTooNew: "usage",
  fileNameNotUtf8: "usage",
  textNotReadable: "usage",
  sitemapNotReadable: "usage",
  sitemapLoop: "usage",
  sitemapNotFetched: "usage",
  tooManySitemaps: "usage",
  sitemapMissing: "usage",
  otherAccount: "otherAccount",
  quotaTooSmall: "quota",
  deadlineBeforeSubmission: "timeout",
  submissionBroke: "internal",
  submissionOpen: "outcomeUnknown",
  purgeOpen: "outcomeUnknown",
  purgeTooOld: "taskTooOld",
  purgeUnfinished: "timeout",
  purgeFailed: "purgeFailed",
  stateUnsaved: "stateUnsaved",
  taskUnknown: "taskUnknown",
  deadlineBeforeEnd: "timeout",
  interrupted: "interrupted",
  deadlineWhileAsking: "timeout",
  noAnswerInTime: "timeout",
  listenerFailed: "internal",
  unexpected: "internal",
} as const satisfies Record<Exclude<FailureKind, OpenKind>, ErrorCode>;

/** The family that a failure belongs to. */
export function codeOf(facts: FailureFacts): ErrorCode {
  return "code" in facts ? facts.code : CODES[facts.kind];
}
