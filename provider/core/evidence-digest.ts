import type { GateState } from "./gate-state";
import { judgeUrls } from "./judge";
import type { GatePolicy } from "./policy";

/** A short text that is the same for two states exactly where they say the same of the same URLs, by a policy. */
export function evidenceOf(state: GateState, policy: GatePolicy): string {
  const { states } = judgeUrls(state, policy);
  const lines = state.urls.map(
    ({ url, taskIds }, at) => `${url.identity} ${taskIds.join(",")} ${states[at]}`,
  );
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
