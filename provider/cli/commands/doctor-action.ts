import { showDuration } from "../../core/duration";
import { ERROR_FAMILIES, type ErrorCode, GateError } from "../../core/errors";
import { quotaFacts } from "../../core/quota-plan";
import { SIGNATURE_VALIDITY_MS } from "../../core/service-limits";
import type { Quota } from "../../core/task";
import { askWithin, type Session } from "../../gate";
import { resolveEndpoint } from "../../transport/endpoint";
import { cliWording } from "../cli-wording";
import { documentHead } from "../document/gate-document";
import type { DoctorDocument } from "../document/schema";
import { finish } from "../finish";
import type { DoctorOptions } from "../options/command-options";
import { printable } from "../output/printable";
import { type Style, styleOf } from "../output/style";
import { withSession } from "./with-session";

type Check = DoctorDocument["checks"][number];

/** A check with the family of its failure, which decides the exit code. */
interface Finding extends Check {
  readonly family?: ErrorCode | undefined;
}

/** How long all checks together may take, in milliseconds. */
const DOCTOR_TIMEOUT_MS = 2 * 60_000;
/** An id of the right form that no task has. */
const NO_TASK_ID = "1";
/** A difference that people will want to know of, in milliseconds; the gate corrects it by itself. */
const NOTABLE_SKEW_MS = 30_000;
/** Answers to a request without URLs that prove that its sender may call the operation. */
const REFUSED_FOR_ITS_CONTENT: readonly ErrorCode[] = ["rejected", "usage"];

/** Checks what a gate needs and says what to do; never submits. */
export async function diagnose(options: DoctorOptions): Promise<void> {
  const startedAtMs = Date.now();
  const findings = await withSession(options, (session) =>
    askWithin(session, (client) => examine({ ...session, client }, options), DOCTOR_TIMEOUT_MS),
  );
  const document: DoctorDocument = {
    kind: "doctor",
    ...documentHead("doctor", startedAtMs),
    exitCode: exitCodeOf(findings),
    checks: findings.map(({ name, status, detail, advice }) => ({ name, status, detail, advice })),
    leastPrivilegePolicy: leastPrivilegePolicy(options),
  };
  finish(document, {
    json: options.json ?? false,
    text: () => doctorText(document, styleOf(process.stdout)),
  });
}

/** The RAM policy of a release pipeline: what a gate calls, and no more. */
export function leastPrivilegePolicy(options: { readonly purgeFirst?: boolean }) {
  return {
    Version: "1",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "cdn:PushObjectCache",
          "cdn:DescribePreloadDetailById",
          "cdn:DescribeRefreshTaskById",
          "cdn:DescribeRefreshTasks",
          "cdn:DescribeRefreshQuota",
          ...(options.purgeFirst ? ["cdn:RefreshObjectCaches"] : []),
        ],
        Resource: ["acs:cdn:*:*:*"],
      },
    ],
  };
}

async function examine(session: Session, options: DoctorOptions): Promise<Finding[]> {
  const { client } = session;
  const { origin } = resolveEndpoint({
    endpoint: options.endpoint || undefined,
    region: options.region || undefined,
  });
  const credentials = await credentialsFinding(session);
  if (credentials.status === "failed") return [credentials];

  const quota = await attempt(() => client.describeRefreshQuota());
  const reach = reachFinding(origin, quota.error);
  if (reach.status === "failed") return [credentials, reach];
  if (quota.error?.code === "credentials") {
    return [failed("credentials", quota.error), reach, clockFinding(session)];
  }
  return [
    credentials,
    reach,
    clockFinding(session),
    permissionFinding("DescribeRefreshQuota", quota.error),
    await submissionFinding("PushObjectCache", () => client.pushObjectCache({ urls: [] })),
    permissionFinding(
      "DescribeRefreshTaskById",
      (await attempt(() => client.describeRefreshTaskById([NO_TASK_ID]))).error,
    ),
    permissionFinding("DescribeRefreshTasks", (await attempt(() => searchNothing(session))).error),
    ...(options.purgeFirst
      ? [await submissionFinding("RefreshObjectCaches", () => client.refreshObjectCaches([]))]
      : []),
    await allowListFinding(session, options),
    quotaFinding(quota.value, client.serverNowMs()),
  ];
}

async function credentialsFinding(session: Session): Promise<Finding> {
  const { credentials } = session;
  const found = await attempt(() => credentials.get());
  if (found.error) return failed("credentials", found.error);
  const kind = found.value?.securityToken ? "a temporary access key" : "an access key";
  return ok("credentials", `${kind} from ${cliWording().origin(credentials.origin())}`);
}

function reachFinding(origin: string, error: GateError | undefined): Finding {
  if (error?.code === "unreachable" || error?.code === "transient") return failed("endpoint", error);
  return ok("endpoint", `${origin} answers`);
}

function clockFinding({ client }: Session): Finding {
  if (!client.knowsServerTime()) return skipped("clock", "no answer told the service's time");
  const skewMs = client.serverNowMs() - Date.now();
  const size = Math.abs(skewMs);
  const text = size < 1_000 ? "less than a second" : showDuration(size);
  const direction = skewMs > 0 ? "behind" : "ahead of";
  if (size < NOTABLE_SKEW_MS) return ok("clock", `${text} off the service's`);
  return {
    name: "clock",
    status: "warning",
    detail: `this machine's clock is ${text} ${direction} the service's${size >= SIGNATURE_VALIDITY_MS ? ", more than a signature stands" : ""}`,
    advice: "The gate corrects it by itself; correct the machine's clock all the same.",
  };
}

function permissionFinding(operation: string, error: GateError | undefined): Finding {
  const name = `cdn:${operation}`;
  // An id that no task has may be refused as one: by then the sender was allowed to ask.
  if (!error || error.code === "taskUnknown" || error.code === "rejected") return ok(name, "allowed");
  return failed(name, error);
}

/**
 * Whether an operation that submits is allowed, learnt without submitting: the request names no URL, so that
 * there is nothing that the service could accept.
 */
async function submissionFinding(operation: string, call: () => Promise<unknown>): Promise<Finding> {
  const name = `cdn:${operation}`;
  const { error } = await attempt(call);
  if (error && REFUSED_FOR_ITS_CONTENT.includes(error.code)) {
    return ok(name, `allowed, as far as a request without URLs shows (refused with ${error.serviceCode})`);
  }
  if (error) return failed(name, error);
  return {
    name,
    status: "warning",
    detail: "a request without URLs was not refused, so it tells nothing",
    advice: "Try `cdn-preload-gate submit` with one URL.",
  };
}

function searchNothing({ client }: Session): Promise<unknown> {
  const nowMs = client.serverNowMs();
  return client.describeRefreshTasks({ objectType: "preload", startTimeMs: nowMs - 1_000, endTimeMs: nowMs });
}

async function allowListFinding({ client }: Session, options: DoctorOptions): Promise<Finding> {
  const name = "allow-list";
  const { error } = await attempt(() => client.describePreloadDetailById(NO_TASK_ID));
  if (!error || error.code === "taskUnknown" || error.code === "rejected") {
    return ok(name, "the account may call DescribePreloadDetailById: RetCodes and shares of POPs are known");
  }
  if (error.code !== "notOnAllowList") return failed(name, error);
  return {
    name,
    status: options.requireDetail ? "failed" : "warning",
    detail: `DescribePreloadDetailById is refused (${error.serviceCode}): the account is not on its allow-list, or the RAM policy lacks cdn:DescribePreloadDetailById; the service's answer does not tell which`,
    advice: `${cliWording().adviceOn("notOnAllowList")} Until then gates judge by status-only evidence, and --min-success-percent and --require-detail are refused.`,
    family: "notOnAllowList",
  };
}

function quotaFinding(quota: Quota | undefined, serverNowMs: number): Finding {
  const count = quota?.preloadL1;
  if (!count) return skipped("quota", "the service does not tell it");
  const text = cliWording().quota(
    quotaFacts({ purpose: "preload", count, needed: 0, reserved: 0, serverNowMs }),
  );
  if (count.remaining > 0) return ok("quota", text);
  return {
    name: "quota",
    status: "failed",
    detail: text,
    advice: cliWording().adviceOn("quota"),
    family: "quota",
  };
}

function ok(name: string, detail: string): Finding {
  return { name, status: "ok", detail, advice: null };
}

function skipped(name: string, detail: string): Finding {
  return { name, status: "skipped", detail, advice: null };
}

function failed(name: string, error: GateError): Finding {
  return {
    name,
    status: "failed",
    detail: cliWording().failure(error),
    advice: cliWording().advice(error),
    family: error.code,
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<{ value?: T; error?: GateError }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof GateError) return { error };
    throw error;
  }
}

/** That of the first failure: what comes later may only follow from it. */
function exitCodeOf(findings: readonly Finding[]): number {
  const first = findings.find(({ status }) => status === "failed");
  return first ? ERROR_FAMILIES[first.family ?? "malformedAnswer"].exitCode : 0;
}

function doctorText(document: DoctorDocument, style: Style): string {
  const marks = { ok: style.green("✓"), warning: style.yellow("!"), failed: style.red("✗"), skipped: "–" };
  return [
    ...document.checks.flatMap(({ name, status, detail, advice }) => [
      `${marks[status]} ${style.bold(name)}: ${printable(detail)}`,
      ...(advice ? [`    ${style.dim("→")} ${printable(advice)}`] : []),
    ]),
    "",
    "The least-privilege RAM policy of a release pipeline:",
    JSON.stringify(document.leastPrivilegePolicy, null, 2),
  ].join("\n");
}
