import type { GateWords } from "../../wording/report-words";
import type { GateDocument } from "../document/schema";

/** What the gate asks for, in words; of a merged document, once for each group of shards that ask for the same. */
export function ruleTexts({ policy, shards = [] }: GateDocument, words: GateWords): string[] {
  const judged = shards.flatMap(({ name, policy: own }) => (own ? [{ name, rule: words.rule(own) }] : []));
  const byRule = Map.groupBy(judged, ({ rule }) => rule);
  if (byRule.size <= 1) return [words.rule(policy)];
  return [...byRule].map(([rule, own]) => `${own.map(({ name }) => name).join(", ")}: ${rule}`);
}
