import type { FailureCause } from "../../core/failure-causes";
import type { GateWords } from "../../wording/report-words";

/** `The preload failed (RetCode 500, status Failed)`: what URLs that are not preloaded have in common. */
export function causeText(cause: FailureCause, words: GateWords): string {
  const what = typeof cause.problem === "string" ? words.causes[cause.problem] : cause.problem.text;
  const facts = words.causeFacts(cause);
  return facts === "" ? what : words.withNote(what, facts);
}
