import { ERROR_FAMILIES, type ErrorCode, GateError } from "../../core/errors";
import type { Language } from "../../core/language";
import { quotaFacts } from "../../core/quota-plan";
import { SIGNATURE_VALIDITY_MS } from "../../core/service-limits";
import type { Quota } from "../../core/task";
import { askWithin, type Session } from "../../gate";
import { resolveEndpoint } from "../../transport/endpoint";
import type { CheckFinding, CheckName, DoctorWords } from "../../wording/command-line-words";
import type { Wording } from "../../wording/wording";
import { cliWording } from "../cli-wording";
import type { AppliedConfig } from "../config/apply-config";
import { documentHead } from "../document/gate-document";
import type { DoctorDocument } from "../document/schema";
import { finish } from "../finish";
import type { DoctorOptions } from "../options/command-options";
import { printable } from "../output/printable";
import { type Style, styleOf } from "../output/style";
import { withSession } from "./with-session";

/** What a check has found, with the family of its failure, which decides the exit code. */
interface Finding {
  readonly name: string;
  readonly status: DoctorDocument["checks"][number]["status"];
  readonly found: CheckFinding;
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
  const { appliedConfig } = options;
  const findings = await withSession(options, (session) =>
    askWithin(session, (client) => examine({ ...session, client }, options), DOCTOR_TIMEOUT_MS),
  );
  const documentIn = (language: Language): DoctorDocument => ({
    kind: "doctor",
    ...documentHead("doctor", startedAtMs),
    exitCode: exitCodeOf(findings),
    config: appliedConfig
      ? {
          file: appliedConfig.file,
          settings: [...appliedConfig.settings],
          overruled: [...appliedConfig.overruled],
        }
      : null,
    checks: [...configFindings(appliedConfig), ...findings].map((finding) =>
      checkOf(finding, cliWording(undefined, language)),
    ),
    leastPrivilegePolicy: leastPrivilegePolicy(options),
  });
  finish(documentIn, {
    json: options.json ?? false,
    text: (document) => doctorText(document, cliWording().commandLine.doctor, styleOf(process.stdout)),
  });
}

function checkOf({ name, status, found }: Finding, wording: Wording): DoctorDocument["checks"][number] {
  return { name, status, detail: wording.checkFinding(found), advice: wording.checkAdvice(found) ?? null };
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

function configFindings(config: AppliedConfig | undefined): Finding[] {
  return config ? [ok("config", { kind: "configInUse", config })] : [];
}

async function credentialsFinding(session: Session): Promise<Finding> {
  const { credentials } = session;
  const found = await attempt(() => credentials.get());
  if (found.error) return failed("credentials", found.error);
  const isTemporary = Boolean(found.value?.securityToken);
  return ok("credentials", { kind: "credentialsFound", isTemporary, origin: credentials.origin() });
}

function reachFinding(origin: string, error: GateError | undefined): Finding {
  if (error?.code === "unreachable" || error?.code === "transient") return failed("endpoint", error);
  return ok("endpoint", { kind: "endpointAnswers", origin });
}

function clockFinding({ client }: Session): Finding {
  if (!client.knowsServerTime()) return skipped("clock", { kind: "clockUnknown" });
  const skewMs = client.serverNowMs() - Date.now();
  const size = Math.abs(skewMs);
  if (size < NOTABLE_SKEW_MS) return ok("clock", { kind: "clockRight", skewMs });
  const breaksSignatures = size >= SIGNATURE_VALIDITY_MS;
  return { name: "clock", status: "warning", found: { kind: "clockWrong", skewMs, breaksSignatures } };
}

function permissionFinding(operation: string, error: GateError | undefined): Finding {
  const name = `cdn:${operation}`;
  // An id that no task has may be refused as one: by then the sender was allowed to ask.
  if (!error || error.code === "taskUnknown" || error.code === "rejected")
    return ok(name, { kind: "allowed" });
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
    return ok(name, { kind: "allowedAsFarAsShown", serviceCode: error.serviceCode });
  }
  if (error) return failed(name, error);
  return { name, status: "warning", found: { kind: "notRefused" } };
}

function searchNothing({ client }: Session): Promise<unknown> {
  const nowMs = client.serverNowMs();
  return client.describeRefreshTasks({ objectType: "preload", startTimeMs: nowMs - 1_000, endTimeMs: nowMs });
}

async function allowListFinding({ client }: Session, options: DoctorOptions): Promise<Finding> {
  const name = "allow-list";
  const { error } = await attempt(() => client.describePreloadDetailById(NO_TASK_ID));
  if (!error || error.code === "taskUnknown" || error.code === "rejected") {
    return ok(name, { kind: "detailAllowed" });
  }
  if (error.code !== "notOnAllowList") return failed(name, error);
  return {
    name,
    status: options.requireDetail ? "failed" : "warning",
    found: { kind: "detailRefused", serviceCode: error.serviceCode },
    family: "notOnAllowList",
  };
}

function quotaFinding(quota: Quota | undefined, serverNowMs: number): Finding {
  const count = quota?.preloadL1;
  if (!count) return skipped("quota", { kind: "quotaNotTold" });
  const facts = quotaFacts({ purpose: "preload", count, needed: 0, reserved: 0, serverNowMs });
  const isUsedUp = count.remaining <= 0;
  const found: CheckFinding = { kind: "quota", quota: facts, isUsedUp };
  return isUsedUp ? { name: "quota", status: "failed", found, family: "quota" } : ok("quota", found);
}

function ok(name: string, found: CheckFinding): Finding {
  return { name, status: "ok", found };
}

function skipped(name: string, found: CheckFinding): Finding {
  return { name, status: "skipped", found };
}

function failed(name: string, error: GateError): Finding {
  return { name, status: "failed", found: { kind: "failed", failure: error }, family: error.code };
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

function doctorText(document: DoctorDocument, words: DoctorWords, style: Style): string {
  const marks = { ok: style.green("✓"), warning: style.yellow("!"), failed: style.red("✗"), skipped: "–" };
  return [
    ...document.checks.flatMap(({ name, status, detail, advice }) => [
      `${marks[status]} ${style.bold(words.checks[name as CheckName] ?? name)}: ${printable(detail)}`,
      ...(advice ? [`    ${style.dim("→")} ${printable(advice)}`] : []),
    ]),
    "",
    words.policyHeading,
    JSON.stringify(document.leastPrivilegePolicy, null, 2),
  ].join("\n");
}
