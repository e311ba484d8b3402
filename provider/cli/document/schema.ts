import { ERROR_FAMILIES, type ErrorCode } from "../../core/errors";
import { gatePolicy } from "../../core/policy-schema";
import { URL_PROBLEM_KINDS } from "../../core/reason-facts";
import * as z from "../../core/zod";

/**
 * What `--json` prints, and what reports are made from. `schema/cli-output-v1.json` is this as JSON Schema.
 * Within a version fields are only added.
 */
export const DOCUMENT_VERSION = 1;

const percent = z.number().min(0).max(100);
const instant = z.string().describe("ISO 8601, UTC");

const fault = z
  .object({
    code: z.enum(Object.keys(ERROR_FAMILIES) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    advice: z.string().describe("What to do about it"),
    operation: z.string().nullable().describe("The service's operation that failed"),
    serviceCode: z.string().nullable().describe("The service's own error code"),
    requestId: z.string().nullable(),
  })
  .describe("What ended the work before all tasks had");

const urlResult = z.object({
  url: z.string().describe("As it was written"),
  domain: z.string(),
  taskId: z.string().describe("Several with commas where the submission got several ids; empty: none"),
  state: z.enum(["notSubmitted", "pending", "preloaded", "failed", "unknown"]),
  successPercent: percent.nullable().describe("Share of POPs that hold it; null if it is not known"),
  description: z.string().nullable().describe("The service's own words"),
  problem: z.string().nullable().describe("Why it is not preloaded"),
  problemKind: z
    .enum(URL_PROBLEM_KINDS)
    .nullable()
    .optional()
    .describe("The same as one word, equal for URLs with the same problem"),
  advice: z.string().nullable().describe("What to do about it"),
  shard: z.string().optional().describe("In a merged document: which of the documents it is from"),
});

const taskResult = z.object({
  taskId: z.string(),
  domain: z.string(),
  status: z.string(),
  retCode: z.string().nullable().describe("0 is success; null if it is not known"),
  process: z.string().nullable().describe("Share of POPs on which the task has ended"),
  creationTime: z.string(),
  endTime: z.string().nullable(),
  requestId: z.string().nullable().describe("Of the answer that said so; name it in a support ticket"),
  evidence: z.enum(["detail", "statusOnly"]),
  shard: z.string().optional().describe("In a merged document: which of the documents it is from"),
});

const progressPoint = z.object({
  elapsedMs: z.number(),
  processPercent: percent,
  preloaded: z.number().int(),
  failed: z.number().int(),
});

const common = {
  schemaVersion: z.literal(DOCUMENT_VERSION),
  tool: z.object({ name: z.literal("cdn-preload-gate"), version: z.string() }),
  command: z.string(),
  startedAt: instant,
  endedAt: instant,
  exitCode: z.number().int(),
};

/** The command line has no state in which an override would stay. */
const { override: _, ...policyFields } = gatePolicy.shape;

/** What a gate was judged by: every setting is there, also one that was left at its default. */
const policy = z.object(
  Object.fromEntries(Object.entries(policyFields).map(([name, field]) => [name, field.unwrap()])) as {
    [Name in keyof typeof policyFields]: ReturnType<(typeof policyFields)[Name]["unwrap"]>;
  },
);

const build = z
  .object({
    system: z.enum(["github", "gitlab", "jenkins", "azure"]).describe("The CI system"),
    commit: z.string().nullable(),
    commitUrl: z.string().nullable().describe("https; null if it is not known"),
    runUrl: z.string().nullable().describe("https; null if it is not known"),
  })
  .describe("The CI run, and the commit that it is of");

const summary = z.object({
  urls: z.number().int(),
  preloaded: z.number().int(),
  failed: z.number().int(),
  unknown: z.number().int().describe("Pending, unknown or not submitted"),
  lowestSuccessPercent: percent.nullable(),
  elapsedMs: z.number().int(),
  apiCalls: z.number().int(),
});

const judgement = {
  verdict: z.enum(["passed", "failed", "inconclusive", "pending"]),
  accepted: z.boolean().describe("Whether the release may go on"),
  acceptedBy: z
    .enum(["warn", "override"])
    .nullable()
    .describe("What let another verdict than passed through"),
};

const resumeCommand = z.string().nullable().describe("What goes on with what is not settled");

/** What is left of a document in a merged one, beside its rows. */
const shard = z.object({
  name: z.string(),
  exitCode: z.number().int(),
  ...judgement,
  policy: policy.nullable().describe("null where the command could not do its work"),
  summary,
  error: fault.nullable(),
  resumeCommand,
});

const changedSince = z.object({
  manifest: z.string(),
  basis: z
    .enum(["used", "missing", "otherSettings"])
    .describe("Only a manifest that is used leaves files out; otherwise all are preloaded"),
  changed: z.number().int().describe("Files that are new or changed"),
  unchanged: z.number().int().describe("Files that an earlier run has preloaded as they are"),
  deleted: z.number().int().describe("Files of the manifest that are not there any more"),
});

const gateDocument = z
  .object({
    kind: z.literal("gate"),
    ...common,
    ...judgement,
    reasons: z.array(z.string()),
    policy,
    summary,
    taskIds: z.array(z.string()),
    results: z.array(urlResult),
    tasks: z.array(taskResult),
    progress: z.array(progressPoint).describe("From the polls, oldest first"),
    changedSince: changedSince
      .nullish()
      .describe(
        "With --changed-since: what was preloaded of the folders. Without a change nothing was, and no call was made",
      ),
    notices: z
      .array(z.string())
      .optional()
      .describe("What was told on the way, such as files that were left out"),
    error: fault.nullable(),
    stateFile: z.string().nullable(),
    resumeCommand,
    build: build.nullable().optional(),
    shards: z.array(shard).optional().describe("In a merged document: what each of the documents says"),
  })
  .describe("run, submit, wait, status");

const quotaCount = z.object({ total: z.number().nullable(), remaining: z.number() }).nullable();

const quotaDocument = z
  .object({
    kind: z.literal("quota"),
    ...common,
    preloadL1: quotaCount.describe("Of preloads as usual"),
    preloadL2: quotaCount.describe("Of preloads with --l2-preload"),
    refreshUrls: quotaCount.describe("Of purges with --purge-first"),
    resetsAt: instant,
    requestId: z.string().nullable(),
  })
  .describe("quota");

const planDocument = z
  .object({
    kind: z.literal("plan"),
    ...common,
    urls: z.array(z.string()),
    mergedSpellings: z.number().int().describe("URLs left out since another spelling of them is there"),
    submits: z.array(z.string()).describe("Those that would be submitted"),
    batches: z.array(z.object({ urls: z.number().int(), domains: z.array(z.string()) })),
    purges: z.number().int().describe("URLs that would be purged first"),
    quota: z.object({ isEnough: z.boolean().nullable(), text: z.string() }),
    notices: z
      .array(z.string())
      .optional()
      .describe("What else there is to tell, such as files that were left out"),
  })
  .describe("run --dry-run and submit --dry-run");

const doctorDocument = z
  .object({
    kind: z.literal("doctor"),
    ...common,
    config: z
      .object({
        file: z.string(),
        settings: z.array(z.string()).describe("Names of all that the file sets"),
        overruled: z.array(z.string()).describe("Those that the command line or the environment decides"),
      })
      .nullish()
      .describe("The config file in use"),
    checks: z.array(
      z.object({
        name: z.string(),
        status: z.enum(["ok", "warning", "failed", "skipped"]),
        detail: z.string(),
        advice: z.string().nullable(),
      }),
    ),
    leastPrivilegePolicy: z.record(z.string(), z.unknown()),
  })
  .describe("doctor");

const errorDocument = z
  .object({ kind: z.literal("error"), ...common, error: fault })
  .describe("Any command that could not do its work");

export const cliDocument = z.discriminatedUnion("kind", [
  gateDocument,
  quotaDocument,
  planDocument,
  doctorDocument,
  errorDocument,
]);

export type CliDocument = z.infer<typeof cliDocument>;
export type GateDocument = z.infer<typeof gateDocument>;
export type QuotaDocument = z.infer<typeof quotaDocument>;
export type PlanDocument = z.infer<typeof planDocument>;
export type DoctorDocument = z.infer<typeof doctorDocument>;
export type ErrorDocument = z.infer<typeof errorDocument>;
export type ReportedUrl = z.infer<typeof urlResult>;
export type ReportedTask = z.infer<typeof taskResult>;
export type ProgressPoint = z.infer<typeof progressPoint>;
export type Build = z.infer<typeof build>;
export type ChangedSince = z.infer<typeof changedSince>;
export type Fault = z.infer<typeof fault>;
