import { ANY, listOf, type Properties, STRINGS, typeRef } from "./schema-types";

/** The sum of a gate's work. */
export const SUMMARY_PROPERTIES: Properties = {
  urls: { type: "integer", description: "URLs that are judged." },
  preloaded: { type: "integer", description: "URLs that the POPs hold." },
  failed: { type: "integer", description: "URLs that failed." },
  unknown: { type: "integer", description: "All others: pending, unknown, or not submitted." },
  lowestSuccessPercent: {
    type: "number",
    description: "Share of POPs that hold the URL that the fewest hold, from 0 to 100.",
  },
  elapsedMs: { type: "integer", description: "How long the last run took, in milliseconds." },
  apiCalls: { type: "integer", description: "Calls to the service in the last run." },
};

/** One domain's part of a task. */
export const TASK_PROPERTIES: Properties = {
  taskId: { type: "string", description: "The service's id." },
  domain: { type: "string", description: "The accelerated domain." },
  creationTime: { type: "string", description: "When it was created, ISO 8601." },
  endTime: { type: "string", description: "When it ended, ISO 8601." },
  retCode: { type: "string", description: '`"0"` is success. Never known from status-only evidence.' },
  process: { type: "string", description: 'Share of POPs on which it has ended, such as `"99.37%"`.' },
  status: { type: "string", description: "`Complete`, `Refreshing`, `Pending`, `Failed`." },
  requestId: {
    type: "string",
    description: "Of the answer that said so. Name it in a support ticket.",
  },
  evidence: { type: "string", description: "`detail` or `statusOnly`: the operation that said so." },
};

/** One URL. */
export const RESULT_PROPERTIES: Properties = {
  url: { type: "string", description: "As the program wrote it." },
  taskId: { type: "string", description: "The task that holds it; several have commas between them." },
  domain: { type: "string", description: "The accelerated domain." },
  state: { type: "string", description: "`notSubmitted`, `pending`, `preloaded`, `failed` or `unknown`." },
  successPercent: { type: "number", description: "Share of POPs that hold it, from 0 to 100." },
  description: { type: "string", description: "The service's own words." },
};

/** What a gate found, for a resource and for a function. */
export const VERDICT_PROPERTIES: Properties = {
  taskIds: { ...STRINGS, description: "The service's ids of the tasks that hold the URLs." },
  verdict: {
    type: "string",
    description: "`passed`, `failed`, `inconclusive`, or `pending` if the gate does not wait.",
  },
  accepted: { type: "boolean", description: "Passed, or let through." },
  reasons: { ...STRINGS, description: "Why it did not pass; empty when it did." },
  summary: { ...typeRef("Summary"), description: "The sum in numbers." },
  tasks: { ...listOf(typeRef("Task")), description: "One per task and domain, in the service's words." },
  results: { ...listOf(typeRef("Result")), description: "One per URL." },
};

/** Outputs of both resources. */
export const OUTPUT_PROPERTIES: Properties = {
  ...VERDICT_PROPERTIES,
  acceptedBy: {
    type: "string",
    description: "What lets a verdict other than passed through: `warn` or `override`.",
  },
  inputsFingerprint: {
    type: "string",
    description: "Of the inputs that the verdict is about; `requirePassed` takes it.",
  },
  stateVersion: { type: "integer", description: "The version of what is saved." },
  saved: { ...ANY, description: "What a later `up` reads back. It is not for programs." },
};

/** Outputs that are always there. */
export const REQUIRED_OUTPUTS = [
  ...Object.keys(VERDICT_PROPERTIES),
  "inputsFingerprint",
  "stateVersion",
  "saved",
];
