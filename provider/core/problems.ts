/**
 * What can be wrong with a value that a user or the service has given: facts, which `wording/` puts into words that
 * follow the value's name (`urls[3] …`).
 */

/** Problems that need no more facts than their name. */
export type PlainProblem =
  | "notValid"
  | "missing"
  | "empty"
  | "notAString"
  | "notAFlag"
  | "notAList"
  | "notAnObject"
  | "notUrls"
  | "noUrls"
  | "notADuration"
  | "notAHeaderName"
  | "notHeaders"
  | "notOneLine"
  | "notHeaderValues"
  | "notTaskIds"
  | "noTaskIds"
  | "notATaskId"
  | "notAPercentage"
  | "notAWholeNumber"
  | "notZeroOrMore"
  | "negative"
  | "notAReason"
  | "notAboveZero"
  | "notAnInstant"
  | "notAName"
  | "notAPath"
  | "notAGlob"
  | "notGlobs"
  | "notAUrl"
  | "urlNotAUrl"
  | "urlHoldsOutput"
  | "urlWildcard"
  | "urlPattern"
  | "urlEndsInSeparator"
  | "urlBackslash"
  | "urlFragment"
  | "urlNoHostOrScheme"
  | "urlNoHost"
  | "urlPercent"
  | "urlUser"
  | "urlWildcardHost"
  | "urlIpAddress"
  | "urlHostNotFull";

/** What is wrong with a value. Positions count from 1. */
export type Problem =
  | { readonly kind: PlainProblem }
  | { readonly kind: "notOneOf"; readonly choices: readonly string[] }
  | { readonly kind: "notACount"; readonly unit: string }
  | { readonly kind: "notAFileByKind"; readonly kinds: readonly string[] }
  | { readonly kind: "tooManyUrls"; readonly most: number }
  | { readonly kind: "outOfRange" | "wholeNumberOutOfRange"; readonly least: number; readonly most: number }
  /** An output of a gate, which a program has to hand on as it is. */
  | { readonly kind: "notTheOutput"; readonly output: string }
  | { readonly kind: "urlTooLong"; readonly characters: number; readonly most: number }
  | {
      readonly kind: "urlSecondUrl" | "urlSecondColumn" | "urlWhiteSpace" | "urlLostCharacter";
      readonly position: number;
    }
  | {
      readonly kind: "urlControlCharacter" | "urlInvisible";
      readonly codePoint: string;
      readonly position: number;
    }
  | { readonly kind: "urlScheme"; readonly scheme: string }
  | { readonly kind: "urlPort"; readonly port: string }
  /** In the words of the schema's library, or of a front's own schema. */
  | { readonly kind: "said"; readonly words: string }
  /** Of the service's answers: a field that has to be there once a task has ended. */
  | { readonly kind: "missingAtStatus"; readonly status: string }
  | { readonly kind: "noPercentageAtStatus"; readonly found: string; readonly status: string }
  | { readonly kind: "otherTask"; readonly found: string; readonly taskId: string }
  | { readonly kind: "otherPage"; readonly found: number; readonly page: number }
  | {
      readonly kind: "emptyPage";
      readonly page: number;
      readonly totalCount: number;
      readonly received: number;
    }
  | {
      readonly kind: "repeatedRows";
      readonly page: number;
      readonly totalCount: number;
      readonly received: number;
    }
  | {
      readonly kind: "tooManyPages";
      readonly page: number;
      readonly totalCount: number;
      readonly received: number;
    };

/** A problem and where it lies: `["urls", 3]`. */
export interface PlacedProblem {
  readonly path: readonly PropertyKey[];
  readonly problem: Problem;
}

/** What a schema's own check says of a wrong value: the problem, as JSON, stands where zod has a message. */
export function problem(found: PlainProblem | Problem): string {
  return PREFIX + JSON.stringify(typeof found === "string" ? { kind: found } : found);
}

/** Tells that a message is one of ours and no message of zod's. */
const PREFIX = "problem:";

/** The refinement's part of zod that takes problems. */
interface IssueSink {
  addIssue(issue: {
    readonly code: "custom";
    readonly message: string;
    readonly path?: PropertyKey[];
    readonly params: { readonly problem: Problem };
  }): void;
}

/** Tells a problem that a schema's transformation has found. */
export function addProblem(context: IssueSink, found: Problem, path: PropertyKey[] = []): void {
  context.addIssue({ code: "custom", message: problem("notValid"), path, params: { problem: found } });
}

/** The part of zod's error that holds what is wrong. Not zod's own type: it would be part of what users' compilers read. */
interface Findings {
  readonly issues: readonly {
    readonly code: string;
    readonly message: string;
    readonly path: readonly PropertyKey[];
    readonly params?: Readonly<Record<string, unknown>> | undefined;
  }[];
}

/** What a schema has found wrong. */
export function problemsOf(error: Findings): PlacedProblem[] {
  return error.issues.map((issue) => ({ path: issue.path, problem: problemOf(issue) }));
}

function problemOf(issue: Findings["issues"][number]): Problem {
  const found = issue.code === "custom" ? issue.params?.problem : undefined;
  if (found !== undefined) return found as Problem;
  return problemIn(issue.message) ?? { kind: "said", words: issue.message };
}

/** The problem that a message of {@link problem} holds; `undefined` where it is another message. */
export function problemIn(message: string): Problem | undefined {
  return message.startsWith(PREFIX) ? (JSON.parse(message.slice(PREFIX.length)) as Problem) : undefined;
}
