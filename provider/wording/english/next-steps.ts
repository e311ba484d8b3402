import type { Catalogue } from "../catalogue";
import type { Words } from "../words";
import { advice } from "./advice";

/** What comes last of the reasons in a deployment. */
export const nextSteps: Catalogue["nextSteps"] = {
  repairElsewhere: () =>
    "Next: repair the preload that was submitted, then run `pulumi up` again. This gate itself submits nothing.",
  fixCause: () =>
    "Next: fix the cause, then run `pulumi up` again. It submits only what failed, and waits for the rest.",
  mayHaveBeenAccepted: (_, { setting }) =>
    `Next: run \`pulumi up\` again later. It does not submit again what the service may have accepted. Changing \`${setting("triggers")}\` starts all over.`,
  fixNamed: () =>
    "Next: fix what is named above, then run `pulumi up` again. It submits nothing that still runs.",
  goOn: () =>
    "Next: run `pulumi up` again. It goes on with the same tasks and submits nothing that still runs.",
};

/** How to submit again no more than what failed, as the end of a sentence. */
function submitAgain({ reader: { memory, front } }: Words): string {
  if (memory.kind === "watching") return "submit these URLs again with `cdn-preload-gate run`";
  if (memory.kind === "nothing") {
    return "run again with only these URLs: without --state, a run submits every URL that you give it";
  }
  if (front.family === "pulumi") return "run `pulumi up` again: it submits only what failed";
  if (front.family === "code") return "run again with `previous`: it submits only what failed";
  return "run again with the same --state file: it submits only what failed";
}

export const urlAdvice: Catalogue["urlAdvice"] = {
  originFails: (_, words) =>
    `The origin answered with a server error. Open the URL at the origin and fix the error, then ${submitAgain(words)}.`,
  originRefuses: () =>
    "The origin does not have the file, or refuses the CDN. Check that it is deployed there, and its access rules.",
  originTooSlow: (_, words) =>
    `The origin did not answer in time. Check its load, and that it lets the CDN's addresses in, then ${submitAgain(words)}.`,
  cdnFails: (_, words) =>
    `Something failed inside the CDN. To try once more, ${submitAgain(words)}. If it fails again, give the task and request id to the vendor's support.`,
  originUnknown: (_, words) =>
    `Open the URL at the origin and check that it answers, then ${submitAgain(words)}.`,
  tooFewPops: (_, words) =>
    `Fewer POPs hold it than ${words.setting("minSuccessPercent")} asks for. Lower that value, or ${submitAgain(words)}.`,
  submitAgain: (_, words) =>
    words.reader.memory.kind === "stateFile"
      ? "Run again. The next run submits what was not submitted."
      : `It was not submitted. To submit it, ${submitAgain(words)}.`,
  waitForTask: ({ taskIds }, words) =>
    words.reader.memory.kind === "stateFile"
      ? `Wait for its task: \`cdn-preload-gate wait\`, or run again with a longer ${words.setting("timeout")}.`
      : `Wait for its task: \`cdn-preload-gate wait ${taskIds.join(",")}\`.`,
  findOut: ({ taskIds }, words) => {
    if (words.reader.memory.kind === "stateFile") {
      return "Run again with the same --state file, which looks it up before it submits anything.";
    }
    const find =
      taskIds.length === 0
        ? "look for it in the CDN console"
        : `ask \`cdn-preload-gate status ${taskIds.join(",")}\``;
    return `First find out what became of it: ${find}. Then ${submitAgain(words)}.`;
  },
  notUnderstood: (_, words) => advice.malformedAnswer(words),
};
