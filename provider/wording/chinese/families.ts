import type { Catalogue } from "../catalogue";

export const families: Catalogue["families"] = {
  usage: "输入参数无效",
  credentials: "未找到访问凭据，或服务不接受该凭据",
  permission: "账号或其 RAM 权限策略不允许该操作",
  otherAccount: "已保存的状态来自另一个账号的 AccessKey",
  notOnAllowList: "账号不在 DescribePreloadDetailById 的白名单中",
  quota: "今日配额已用完",
  queueFull: "账号的预热队列已满",
  throttled: "该账号的调用过于频繁",
  transient: "服务或网络出现短暂故障",
  unreachable: "无法连接服务",
  skew: "本机时钟偏差超过 15 分钟",
  taskUnknown: "服务没有该任务的记录",
  taskTooOld: "任务已超过服务可查询的三天期限",
  rejected: "服务拒绝了该请求",
  outcomeUnknown: "无法确认服务是否已受理某次提交",
  purgeFailed: "预热前的刷新失败",
  malformedAnswer: "无法解析服务的响应",
  unknownServiceCode: "服务返回了当前版本未知的错误码",
  stateUnsaved: "提交 URL 之后未能保存状态",
  internal: "程序内部或所用的监听器出错",
  timeout: "等待超时",
  interrupted: "等待被中断",
};

export const handling: Catalogue["handling"] = {
  notRetried: "不重试",
  retried: "重试",
  retriedWithinDeadline: "在截止时间内重试",
  correctedAndSentAgain: "校正后重新发送",
};
