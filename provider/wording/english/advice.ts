import type { Failure } from "../../core/failure-facts";
import type { Catalogue } from "../catalogue";
import { idsAsArgument, isToResume, remembers } from "../resuming";
import type { Words } from "../words";

/** How to run once more, as the beginning of a sentence. */
function runAgain({ reader: { front, memory } }: Words): string {
  if (front.family === "pulumi") return "Run `pulumi up` again";
  if (front.family === "code") return "Run the gate again with this outcome's `state` as `previous`";
  return memory.kind === "stateFile" ? "Run again with the same --state file" : "Run again";
}

/** How to start all over, as the end of a sentence. */
export function startAgain({ reader: { front, memory }, setting }: Words): string {
  if (front.family === "pulumi") return `change \`${setting("triggers")}\``;
  if (front.family === "code") return `run without \`${setting("triggers")}\``;
  return memory.kind === "stateFile" ? "give another --trigger, or remove the --state file" : "run again";
}

export const advice: Catalogue["advice"] = {
  usage: () => "Correct the input that the message names. Nothing was sent.",
  credentials: ({ reader: { front }, setting }) => {
    const variables = "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    if (front.config === "provider")
      return `Set ${setting("accessKey")} and ${setting("secretKey")} (\`pulumi config set --secret ${setting("secretKey")}\`), or those of a provider resource.`;
    if (front.family === "pulumi")
      return `Set ${setting("accessKey")} and ${setting("secretKey")} (with --secret) in the stack's config, or ${variables} in the environment.`;
    if (front.family === "code")
      return `Pass ${setting("accessKey")} or ${setting("profile")} to the session, or set ${variables} in the environment.`;
    return `Name a ${setting("profile")}, or set ${variables} in the environment.`;
  },
  permission: () => "Grant the RAM action that the message names. The README has the least-privilege policy.",
  otherAccount: (words) =>
    `Use the access key that submitted it, or another key of the same account. To start again with this account, ${startAgain(words)}: all URLs are then submitted again.`,
  notOnAllowList: () =>
    "Ask the vendor's account manager to allow DescribePreloadDetailById for this account.",
  quota: () => "Wait until the quota resets (00:00 UTC+8), preload fewer URLs, or ask for a larger quota.",
  queueFull: (words) =>
    `${runAgain(words)} once running preloads have ended.${words.reader.memory.kind === "watching" ? "" : " What was accepted is kept."}`,
  throttled: ({ setting }) =>
    `Lower ${setting("callsPerSecond")}, or run fewer pipelines on this account at once.`,
  transient: (words) =>
    `${runAgain(words)}.${remembers(words.reader.memory) ? " It goes on with the known tasks and does not submit them again." : ""}`,
  unreachable: ({ setting }) =>
    `Check the network, the proxy settings (HTTPS_PROXY, NO_PROXY) and ${setting("endpoint")}.`,
  skew: () => "Correct this machine's clock.",
  taskUnknown: () => "Check the task id, and that the task belongs to this account.",
  taskTooOld: (words) =>
    words.reader.memory.kind === "watching"
      ? "You can no longer ask for its result. Preload the URLs again."
      : `You can no longer ask for its result. To preload again, ${startAgain(words)}.`,
  rejected: () =>
    "Correct what the service's message names, such as a malformed URL or a domain that this account does not accelerate.",
  outcomeUnknown: (words) =>
    remembers(words.reader.memory)
      ? `${runAgain(words)} later: it looks for the tasks of the submission before it submits anything again.`
      : "Look for these URLs among the preload records of the CDN console before you submit them again.",
  purgeFailed: (words) =>
    `${runAgain(words)}: it repeats the purge for the URLs that the message names, then preloads them.`,
  malformedAnswer: () =>
    "Run again. If it fails again, something between you and the service may be changing its answers: report it with the request id.",
  unknownServiceCode: () => "Look up the code in the vendor's error centre, with the request id.",
  stateUnsaved: () =>
    "Keep the task ids, and wait for them with `cdn-preload-gate wait <task ids>`. Another run without this state submits the URLs again.",
  internal: ({ reader: { front } }) =>
    front.family === "commandLine"
      ? "Report it with the stack, which --verbose prints. Tasks that were submitted go on."
      : front.family === "pulumi"
        ? "Report it with the message. Tasks that were submitted go on."
        : "Report it with the error's `cause`. Tasks that were submitted go on.",
  timeout: (words) =>
    `${runAgain(words)} to wait longer for the same tasks, or raise ${words.reader.front.family === "commandLine" ? words.setting("timeout") : `\`${words.setting("timeout")}\``}.`,
  interrupted: (words) => `${runAgain(words)} to go on waiting. The preload itself goes on.`,
};

export function adviceWithoutMemory(failure: Failure, words: Words): string | undefined {
  const { memory } = words.reader;
  if (memory.kind !== "nothing" || !memory.hasSubmitted) return undefined;
  const goesOn = isToResume(failure.code);
  if (memory.isInDoubt) {
    const first = goesOn ? "" : `${advice[failure.code](words)} `;
    const status =
      memory.taskIds.length === 0
        ? ""
        : `, and ask \`cdn-preload-gate status ${idsAsArgument(memory.taskIds)}\``;
    return `${first}First find out whether the service accepted the submission: look for these URLs among the preload records of the CDN console${status}. Without --state another run knows nothing of this one and submits them again.`;
  }
  if (!goesOn) return undefined;
  return `Go on with \`cdn-preload-gate wait ${idsAsArgument(memory.taskIds)}\`, or ask once with \`status\` in its place. Without --state another run knows nothing of this one and submits all its URLs again.`;
}
