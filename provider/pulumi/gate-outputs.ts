import type { UrlResult } from "../core/shown-results";
import type { TaskResult } from "../core/shown-tasks";
import type { Summary } from "../gate";

export type { Verdict } from "../core/judge";
export type { Summary, TaskResult, UrlResult };
