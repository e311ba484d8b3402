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

/** One thing that can be done to the emulator over HTTP, without a signature. */
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
    does: "answers with status 200 as soon as the emulator serves",
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
    does: "every task as it stands",
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
    does: "back to how it started; the clock, the key and the counting of task ids go on",
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
    does: "the scenario in force",
    run: (service) => service.scenario,
  },
  {
    method: "PUT",
    path: `${ROOT}/scenario`,
    does: "replaces the scenario: its rules (for submissions to come), its faults and its settings",
    run: (service, body) => service.useScenario(scenarioSchema.parse(body)),
  },
  {
    method: "POST",
    path: `${ROOT}/rules`,
    does: "puts a rule before the scenario's others, for submissions to come",
    run: (service, body) => service.addRule(ruleSchema.parse(body)),
  },
  {
    method: "GET",
    path: `${ROOT}/faults`,
    does: "the faults in force",
    run: (service) => service.faults.faults,
  },
  {
    method: "PUT",
    path: `${ROOT}/faults`,
    does: "replaces the list of faults and counts calls anew",
    run: (service, body) => service.faults.set(z.array(faultSchema).parse(body)),
  },
  {
    method: "GET",
    path: `${ROOT}/settings`,
    does: "the settings in force",
    run: (service) => service.settings,
  },
  {
    method: "PATCH",
    path: `${ROOT}/settings`,
    does: "changes the settings that the body names",
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
    does: "moves the emulator's time by advanceMs; may be negative",
    run: (service, body) => advanceClock(service, advanceSchema.parse(body).advanceMs),
  },
  {
    method: "POST",
    path: `${ROOT}/answers`,
    does: "gives an operation's next answer, or (times: always) all of them, literally",
    run: (service, body) => {
      const { operation, times, ...answer } = answerSchema.parse(body);
      if (times === "once") service.overrides.answerOnce(operation, answer);
      else service.overrides.answerAlways(operation, answer);
    },
  },
  {
    method: "POST",
    path: `${ROOT}/task-ids`,
    does: "the next new task gets this taskId",
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
    does: "gives out a temporary credential that lasts durationMs (default one hour)",
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

/** Does what an admin request asks for; 404 for no such route, 400 for a body that does not fit. */
export function answerAdmin(call: Call, service: Service): Answer {
  const { method } = call.received;
  const path = call.path.replace(/\/$/, "");
  const route = ROUTES.find((candidate) => candidate.method === method && candidate.path === path);
  if (!route) {
    const error = `There is no ${method} ${call.path}; GET ${ROOT} lists what there is.`;
    return { httpStatus: 404, body: { error }, literal: true };
  }
  try {
    const result = route.run(service, parseBody(call));
    return { httpStatus: 200, body: result ?? { done: true }, literal: true };
  } catch (error) {
    return { httpStatus: 400, body: { error: describeIssues(error) }, literal: true };
  }
}

/** Moves the clock, where it is one that can be moved. */
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
