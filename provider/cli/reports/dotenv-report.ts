import type { GateDocument } from "../document/schema";
import { printable } from "../output/printable";

/** Variables for later jobs, as GitLab's `artifacts:reports:dotenv` and most shells read them. */
export function dotenvReport(document: GateDocument): string {
  return [
    `CDN_PRELOAD_VERDICT=${document.verdict}`,
    `CDN_PRELOAD_ACCEPTED=${document.accepted}`,
    `CDN_PRELOAD_EXIT_CODE=${document.exitCode}`,
    `CDN_PRELOAD_TASK_IDS=${document.taskIds.map(printable).join(",")}`,
    "",
  ].join("\n");
}
