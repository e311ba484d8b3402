import { showDuration } from "../../core/duration";
import type { DoctorWords } from "../command-line-words";
import { configText } from "./config-file";

export const doctor: DoctorWords = {
  checks: {
    config: "config",
    credentials: "credentials",
    endpoint: "endpoint",
    clock: "clock",
    "allow-list": "allow-list",
    quota: "quota",
  },
  findings: {
    configInUse: ({ config }) => `settings of ${configText(config)}`,
    credentialsFound: ({ isTemporary, origin }, words) =>
      `${isTemporary ? "a temporary access key" : "an access key"} from ${words.origin(origin)}`,
    endpointAnswers: ({ origin }) => `${origin} answers`,
    clockUnknown: () => "no answer gave the service's time",
    clockRight: ({ skewMs }) => `differs from the service's by ${skewText(skewMs)}`,
    clockWrong: ({ skewMs, breaksSignatures }) => {
      const direction = skewMs > 0 ? "behind" : "ahead of";
      return `this machine's clock is ${skewText(skewMs)} ${direction} the service's${breaksSignatures ? ", more than a signature allows" : ""}`;
    },
    allowed: () => "allowed",
    allowedAsFarAsShown: ({ serviceCode }) =>
      `allowed, as far as a request without URLs shows (refused with ${serviceCode})`,
    notRefused: () => "a request without URLs was not refused, so it tells nothing",
    detailAllowed: () =>
      "the account may call DescribePreloadDetailById: RetCodes and shares of POPs are known",
    detailRefused: ({ serviceCode }) =>
      `DescribePreloadDetailById is refused (${serviceCode}): the account is not on its allow-list, or the RAM policy lacks cdn:DescribePreloadDetailById; the service's answer does not say which`,
    quotaNotTold: () => "the service does not give it",
    quota: ({ quota }, words) => words.quota(quota),
    failed: ({ failure }, words) => words.failure(failure),
  },
  advice: {
    clockWrong: () => "The gate corrects it by itself; correct the machine's clock all the same.",
    notRefused: () => "Try `cdn-preload-gate submit` with one URL.",
    detailRefused: (_, words) =>
      `${words.adviceOn("notOnAllowList")} Until then gates judge by status-only evidence, and --min-success-percent and --require-detail are refused.`,
    quota: ({ isUsedUp }, words) => (isUsedUp ? words.adviceOn("quota") : undefined),
    failed: ({ failure }, words) => words.advice(failure),
  },
  policyHeading: "The least-privilege RAM policy of a release pipeline:",
};

function skewText(skewMs: number): string {
  const size = Math.abs(skewMs);
  return size < 1_000 ? "less than a second" : showDuration(size);
}
