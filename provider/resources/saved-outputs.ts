import { type GateState, STATE_VERSION, type TaskPart, type UrlFacts } from "../core/gate-state";
import type { GatePolicy } from "../core/policy";
import { plainUrl } from "../core/preload-url";
import { factsOfResult, readGateState, resultWithIds, savedFactsOf, savedStateOf } from "../core/saved-state";
import { shownResults } from "../core/shown-results";
import { partOfShownTask, shownTask } from "../core/shown-tasks";
import { taskResult } from "../core/state-schema";
import * as z from "../core/zod";

/**
 * The state in a resource's outputs. `results` and `tasks` are there for users, and say most of what is known: that is
 * read back from them, so that there is one copy. `saved` holds the rest, with the facts of those URLs whose `results`
 * do not say all.
 */

/** The part of the outputs that a later run reads back. */
export function memoryOf(state: GateState, policy: GatePolicy): Record<string, unknown> {
  const results = shownResults(state, policy);
  const facts = state.urls.flatMap((known, at): [string, object][] => {
    const readBack = factsOfResult(results[at]!, state.tasks, plainUrl);
    return isSame(known, readBack) ? [] : [[String(at), savedFactsOf(known)]];
  });
  return {
    stateVersion: state.stateVersion,
    results,
    tasks: state.tasks.map(shownTask),
    saved: { ...savedStateOf(state).saved, ...(facts.length > 0 && { facts: Object.fromEntries(facts) }) },
  };
}

function isSame(known: UrlFacts, other: UrlFacts): boolean {
  return JSON.stringify(savedFactsOf(known)) === JSON.stringify(savedFactsOf(other));
}

const savedOutputs = z.object({
  results: z.array(resultWithIds),
  tasks: z.array(taskResult),
  saved: z.object({ facts: z.record(z.string(), z.unknown()).default({}) }),
});

/**
 * Reads the state out of saved outputs.
 *
 * @throws Error naming the field where they hold none.
 */
export function stateOf(outputs: Readonly<Record<string, unknown>>): GateState {
  const read = outputs.stateVersion === STATE_VERSION ? savedOutputs.safeParse(outputs) : undefined;
  // What is no state of this version is one of another, or none, which the reading says.
  if (!read?.success) return readGateState(outputs);
  const { results, saved } = read.data;
  const tasks: TaskPart[] = read.data.tasks.map(partOfShownTask);
  return readGateState({
    stateVersion: STATE_VERSION,
    urls: results.map(
      (result, at) => saved.facts[at] ?? savedFactsOf(factsOfResult(result, tasks, plainUrl)),
    ),
    tasks,
    saved: outputs.saved,
  });
}
