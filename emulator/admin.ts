import { z } from "zod";
import type { Answer, Call } from "./call";
import type { DrivenClock } from "./clock";
import { faultSchema } from "./faults";
import { describeIssues } from "./issues";
import { listSubmissions, listTasks } from "./listing";
import { OPERATION_NAMES } from "./operation-name";
import { ruleSchema, scenarioSchema, scriptReferenceSchema } from "./scenario";
import { NAMED_SCRIPTS } from "./scripts";
import type { Service } from "./service";
import { changedSettings, settingsPatchSchema } from "./settings";

/** One admin request, which needs no signature. */
interface AdminRoute {
  readonly method: "GET" | "PUT" | "POST" | "PATCH";
  readonly path: string;
  readonly does: string;
  run(service: Service, body: unknown): unknown;
}

const ROOT = "/_emulator";

const advanceSchema = z.strictObject({ advanceMs: z.number() });
const answerSchema = z.strictObject({
  operation: z.enum(OPERATION_NAMES),
  times: z.enum(["once", "always"]).default("once"),
  status: z.number().int().optional(),
  body: z.unknown(),
  headers: z.record(z.string(), z.string()).optional(),
});
const taskIdSchema = z.strictObject({ taskId: z.string().regex(/^\d{1,20}$/, "must be digits") });
const stsSchema = z.strictObject({ durationMs: z.number().default(3_600_000) });
const scriptChangeSchema = z.strictObject({ url: z.string(), script: scriptReferenceSchema });

const ROUTES: readonly AdminRoute[] = [
  { method: "GET", path: ROOT, does: "lists these routes", run: () => describeRoutes() },
  {
    method: "GET",
    path: `${ROOT}/health`,
    does: "answers with status 200 once the emulator is ready",
    run: () => ({ status: "ok" }),
  },
  {
    method: "GET",
    path: `${ROOT}/calls`,
    does: "every call to the service",
    run: (service) => service.calls,
  },
  {
    method: "GET",
    path: `${ROOT}/tasks`,
    does: "every task and its current state",
    run: (service) => listTasks(service),
  },
  {
    method: "GET",
    path: `${ROOT}/submissions`,
    does: "every URL accepted for a preload",
    run: (service) => listSubmissions(service, "preload"),
  },
  {
    method: "GET",
    path: `${ROOT}/purges`,
    does: "every URL accepted for a refresh",
    run: (service) => listSubmissions(service, "refresh"),
  },
  {
    method: "POST",
    path: `${ROOT}/reset`,
    does: "resets everything except the clock, the key and the numbering of task ids",
    run: (service) => service.reset(),
  },
  {
    method: "GET",
    path: `${ROOT}/scripts`,
    does: "the scripts that a URL or a rule can name",
    run: () => Object.fromEntries([...NAMED_SCRIPTS].map(([name, { summary }]) => [name, summary])),
  },
  {
    method: "GET",
    path: `${ROOT}/scenario`,
    does: "the current scenario",
    run: (service) => service.scenario,
  },
  {
    method: "PUT",
    path: `${ROOT}/scenario`,
    does: "replaces the scenario: its rules (for later submissions), its faults and its settings",
    run: (service, body) => service.useScenario(scenarioSchema.parse(body)),
  },
  {
    method: "POST",
    path: `${ROOT}/rules`,
    does: "adds a rule before the scenario's other rules, for later submissions",
    run: (service, body) => service.addRule(ruleSchema.parse(body)),
  },
  {
    method: "GET",
    path: `${ROOT}/faults`,
    does: "the current faults",
    run: (service) => service.faults.faults,
  },
  {
    method: "PUT",
    path: `${ROOT}/faults`,
    does: "replaces the list of faults and starts counting calls again",
    run: (service, body) => service.faults.set(z.array(faultSchema).parse(body)),
  },
  {
    method: "GET",
    path: `${ROOT}/settings`,
    does: "the current settings",
    run: (service) => service.settings,
  },
  {
    method: "PATCH",
    path: `${ROOT}/settings`,
    does: "changes the settings in the body",
    run: (service, body) => {
      service.settings = changedSettings(service.settings, settingsPatchSchema.parse(body));
      return service.settings;
    },
  },
  {
    method: "GET",
    path: `${ROOT}/clock`,
    does: "the emulator's time",
    run: (service) => showClock(service),
  },
  {
    method: "POST",
    path: `${ROOT}/clock`,
    does: "moves the emulator's time by advanceMs, which may be negative",
    run: (service, body) => advanceClock(service, advanceSchema.parse(body).advanceMs),
  },
  {
    method: "POST",
    path: `${ROOT}/answers`,
    does: "sets the literal answer to an operation's next call, or with times: always to all calls",
    run: (service, body) => {
      const { operation, times, ...answer } = answerSchema.parse(body);
      if (times === "once") service.overrides.answerOnce(operation, answer);
      else service.overrides.answerAlways(operation, answer);
    },
  },
  {
    method: "POST",
    path: `${ROOT}/task-ids`,
    does: "sets the id of the next new task",
    run: (service, body) => service.tasks.presetTaskId(taskIdSchema.parse(body).taskId),
  },
  {
    method: "POST",
    path: `${ROOT}/scripts`,
    does: "changes the script of a URL's tasks while they run",
    run: (service, body) => {
      const { url, script } = scriptChangeSchema.parse(body);
      return { changed: service.changeScript(url, script) };
    },
  },
  {
    method: "POST",
    path: `${ROOT}/sts-tokens`,
    does: "issues a temporary credential that lasts durationMs (default one hour)",
    run: (service, body) =>
      service.credentials.issueSts({
        nowMs: service.clock.nowMs(),
        durationMs: stsSchema.parse(body ?? {}).durationMs,
      }),
  },
];

/** Whether a path belongs to the emulator rather than to the service. */
export function isAdminPath(path: string): boolean {
  return path === ROOT || path.startsWith(`${ROOT}/`);
}

/** Handles an admin request. An unknown route gets 404, and an invalid body 400. */
export function answerAdmin(call: Call, service: Service): Answer {
  const { method } = call.received;
  const path = call.path.replace(/\/$/, "");
  const route = ROUTES.find((candidate) => candidate.method === method && candidate.path === path);
  if (!route) {
    const error = `There is no ${method} ${call.path}; GET ${ROOT} lists the routes.`;
    return { httpStatus: 404, body: { error }, literal: true };
  }
  try {
    const result = route.run(service, parseBody(call));
    return { httpStatus: 200, body: result ?? { done: true }, literal: true };
  } catch (error) {
    return { httpStatus: 400, body: { error: describeIssues(error) }, literal: true };
  }
}

/** Moves the clock if it can be moved. */
export function advanceClock(service: Service, advanceMs: number) {
  const { clock } = service;
  if (!isDriven(clock)) throw new Error("The clock that this emulator was given cannot be advanced.");
  clock.advance(advanceMs);
  return showClock(service);
}

function isDriven(clock: Service["clock"]): clock is DrivenClock {
  return "advance" in clock && typeof clock.advance === "function";
}

function showClock({ clock }: Service) {
  return { nowMs: clock.nowMs(), now: new Date(clock.nowMs()).toISOString() };
}

function describeRoutes() {
  return ROUTES.map(({ method, path, does }) => ({ method, path, does }));
}

function parseBody(call: Call): unknown {
  const text = call.received.body.toString();
  return text.trim() === "" ? undefined : JSON.parse(text);
}
