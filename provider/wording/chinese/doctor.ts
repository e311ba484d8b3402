import type { DoctorWords } from "../command-line-words";
import { configText } from "./config-file";
import { after, durationText } from "./lists";

export const doctor: DoctorWords = {
  checks: {
    config: "配置文件",
    credentials: "访问凭据",
    endpoint: "服务接入点",
    clock: "时钟",
    "allow-list": "白名单",
    quota: "配额",
  },
  findings: {
    configInUse: ({ config }) => `使用 ${configText(config)}`,
    credentialsFound: ({ isTemporary, origin }, words) =>
      `${isTemporary ? "临时 AccessKey（STS）" : "AccessKey"}，来自${after(words.origin(origin))}`,
    endpointAnswers: ({ origin }) => `${origin} 有响应`,
    clockUnknown: () => "没有响应给出服务端时间",
    clockRight: ({ skewMs }) => `与服务端时间相差${after(skewText(skewMs))}`,
    clockWrong: ({ skewMs, breaksSignatures }) =>
      `本机时钟比服务端${skewMs > 0 ? "慢" : "快"}${after(skewText(skewMs))}${breaksSignatures ? "，超过了签名的有效时间" : ""}`,
    allowed: () => "已授权",
    allowedAsFarAsShown: ({ serviceCode }) => `已授权（以一次不含 URL 的请求判断，服务返回 ${serviceCode}）`,
    notRefused: () => "一次不含 URL 的请求没有被拒绝，因此无法判断",
    detailAllowed: () => "该账号可以调用 DescribePreloadDetailById：可以得知 RetCode 和节点占比",
    detailRefused: ({ serviceCode }) =>
      `DescribePreloadDetailById 被拒绝（${serviceCode}）：该账号不在其白名单中，或 RAM 权限策略缺少 cdn:DescribePreloadDetailById，服务的响应没有说明是哪一种`,
    quotaNotTold: () => "服务未返回配额",
    quota: ({ quota }, words) => words.quota(quota),
    failed: ({ failure }, words) => words.failure(failure),
  },
  advice: {
    clockWrong: () => "门禁会自行校正，但仍建议校准本机时钟。",
    notRefused: () => "请用一个 URL 试运行 `cdn-preload-gate submit`。",
    detailRefused: (_, words) =>
      `${words.adviceOn("notOnAllowList")}在此之前，门禁仅凭状态判定，且不能使用 --min-success-percent 和 --require-detail。`,
    quota: ({ isUsedUp }, words) => (isUsedUp ? words.adviceOn("quota") : undefined),
    failed: ({ failure }, words) => words.advice(failure),
  },
  policyHeading: "发布流水线所需的最小权限 RAM 策略:",
};

function skewText(skewMs: number): string {
  const size = Math.abs(skewMs);
  return size < 1_000 ? "不到一秒" : durationText(size);
}
