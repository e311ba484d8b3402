import { type GateState, identityOf } from "./gate-state";

/** A short text that is the same for two judged states exactly where they say the same of the same URLs. */
export function evidenceOf(state: GateState): string {
  const lines = state.results.map((result) => `${identityOf(result)} ${result.taskId} ${result.state}`);
  return digestOf(lines.sort().join("\n"));
}

/**
 * 64 bits of FNV-1a, by halves: it tells two texts apart, and is no protection against anyone. States hold its values:
 * another digest would make each override void that was given before.
 */
function digestOf(text: string): string {
  return [0x811c9dc5, 0x01000193]
    .map((seed) => {
      let hash = seed;
      for (let index = 0; index < text.length; index++) {
        hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
      }
      return (hash >>> 0).toString(16).padStart(8, "0");
    })
    .join("");
}
