/**
 * What the cells of the generated tables are in Chinese, where the catalogue of messages does not say it. A sentence that
 * changes in English is no longer found here, so that none goes out of date.
 */
export const CHINESE_CELLS: Readonly<Record<string, string>> = {
  // Heads of the tables, and defaults.
  option: "选项",
  variable: "环境变量",
  meaning: "含义",
  default: "默认值",
  input: "输入",
  setting: "设置",
  config: "配置",
  environment: "环境变量",
  secret: "机密",
  code: "错误码",
  "what happened": "发生的情况",
  "what is done": "处理方式",
  "exit code": "退出码",
  "in a deployment": "在部署中的下一步",
  "at the command line": "在命令行上的下一步",
  "what to do at the command line": "在命令行上的处理方法",
  "service's code": "服务的错误码",
  "counts as": "归为",
  "certainly not accepted": "确定未受理",
  HTTP: "HTTP 状态码",
  message: "服务返回的信息",
  script: "脚本",
  "what it shows": "表现",
  field: "字段",
  type: "类型",
  kind: "种类",
  request: "请求",
  does: "作用",
  killed: "结束的时刻",
  operation: "操作",
  "calls each second": "每秒调用次数",
  "tasks in a call": "每次调用的任务数",
  none: "无",
  off: "关闭",
  yes: "是",
  no: "否",
  required: "必填",
  string: "字符串",
  number: "数字",
  integer: "整数",
  boolean: "布尔值",
  object: "对象",
  array: "数组",
  "name or object": "名称或对象",
  "number or null": "数字或 null",
  "string or null": "字符串或 null",
  "integer or null": "整数或 null",
  "object or null": "对象或 null",

  // The inputs of the resources, and settings that the command line does not have.
  "1 to 10,000 URLs, `http(s)://host/path` or `host/path`":
    "1 到 10,000 个 URL，形式为 `http(s)://host/path` 或 `host/path`",
  "1 to 10,000 URLs, `http(s)://host/path` or `host/path`. Spellings of one URL are merged ([urls.md](urls.md))":
    "1 到 10,000 个 URL，形式为 `http(s)://host/path` 或 `host/path`。同一 URL 的不同写法会合并（[URL](urls.md)）",
  "any values; a change starts the preload again for all URLs. Give what is deployed, not the build's number: a retried build should resume, not start again":
    "任意值；值改变后会重新预热所有 URL。请给出所部署的内容，而不是构建编号：重试的构建应当继续，而不是重新开始",
  "how long to wait, such as `90s`, `45m` or `2h`. The resource option `customTimeouts` wins":
    "等待时长，例如 `90s`、`45m` 或 `2h`。资源选项 `customTimeouts` 优先",
  "request headers of the preload. Each name has a list of values": "预热的请求头。每个名称对应一个取值列表",
  "`false`: submit only, and let a `PreloadGate` wait later": "`false`：只提交，之后由 `PreloadGate` 等待",
  "when it passes, see below": "何时通过，见下文",
  "what to do if the deadline passes without a verdict: `fail`, or `warn` and go on. [verdict.md](verdict.md) says what `warn` covers":
    "超时仍无法判定时的处理：`fail` 为失败，`warn` 为告警并放行。`warn` 的范围见[判定](verdict.md)",
  "a reason, in words, to let the verdict already saved pass. See [lifecycle.md](lifecycle.md)":
    "放行已保存的判定的理由，以文字说明。请参见[生命周期](lifecycle.md)",
  "the tasks to wait for: a list of ids, or one string with commas":
    "要等待的任务：任务 ID 列表，或用逗号分隔的一个字符串",
  "any values; a change judges again": "任意值；值改变后会重新判定",
  "judge only these URLs": "只判定这些 URL",
  "all that the tasks name": "任务中的所有 URL",
  "as above": "同上",
  "the id of an access key; with `alicloud:secretKey`": "AccessKey ID，与 `alicloud:secretKey` 一起使用",
  "the id of an access key; with `secretKey`": "AccessKey ID，与 `secretKey` 一起使用",
  "the secret of the access key": "AccessKey Secret",
  "the token of a temporary access key (STS)": "临时 AccessKey 的安全令牌（STS Token）",
  "a profile of the Alibaba Cloud CLI (`~/.aliyun/config.json`) or of the credentials file":
    "阿里云 CLI（`~/.aliyun/config.json`）或凭据文件中的配置（profile）",
  "another file that holds the profile, in the form of `~/.aliyun/config.json`":
    "包含该配置（profile）的其他文件，格式与 `~/.aliyun/config.json` 相同",
  "a service of yours that returns credentials at this URI": "您自己的服务，在该 URI 返回访问凭据",
  "a role of the ECS instance": "ECS 实例的 RAM 角色",
  "a role to assume with the credentials that are found: `roleArn`, `sessionName`, `policy`, `externalId`, `sessionExpiration`":
    "用找到的访问凭据扮演的角色：`roleArn`、`sessionName`、`policy`、`externalId`、`sessionExpiration`",
  "a role to assume with an OIDC token: `roleArn`, `oidcProviderArn`, `oidcTokenFile`, `roleSessionName`, `policy`, `sessionExpiration`. `oidcToken` is not supported":
    "用 OIDC Token 扮演的角色：`roleArn`、`oidcProviderArn`、`oidcTokenFile`、`roleSessionName`、`policy`、`sessionExpiration`。不支持 `oidcToken`",
  "a region; it chooses the endpoint. That is `cdn.aliyuncs.com`, or the one in Singapore for the regions that it serves":
    "地域 ID，用于选择服务接入点：`cdn.aliyuncs.com`；对于由新加坡接入点服务的地域，则为新加坡的接入点",
  "how far to stretch the time between polls, at least: from 0.5 to 12. See [what it trades](performance.md#many-tasks-one-account)":
    "轮询间隔至少放大的倍数：0.5 到 12。其利弊见[性能](../performance.md#many-tasks-one-account)",
  "environment; honoured for https: the service, STS, OIDC and CloudSSO":
    "环境变量；对 https 生效：预热服务、STS、OIDC 和 CloudSSO",

  // The service's codes, and its rates.
  "`Throttling*`, `FlowControl*`, and any with HTTP 429":
    "`Throttling*`、`FlowControl*`，以及 HTTP 状态码为 429 的任何错误码",
  "up to 10": "最多 10",
  "only searches": "只用于查找",

  // What an interruption costs.
  "kill -9 of the engine": "对引擎执行 kill -9",
  "kill -9 of the host": "对宿主执行 kill -9",
  SIGINT: "SIGINT",
  SIGTERM: "SIGTERM",
  "kill -9 of `cdn-preload-gate run --state`": "对 `cdn-preload-gate run --state` 执行 kill -9",
  "before the submission is sent": "发送提交之前",
  "accepted, but the response has not arrived": "已受理，但尚未收到响应",
  "answered, but not polled yet": "已响应，但尚未轮询",
  "while waiting": "等待期间",
  "passed, but the state is not saved yet": "已通过，但状态尚未保存",
  "submits it for the first time": "首次提交",
  "**submits it again**": "**再次提交**",
  "finds its task and waits for it": "找到其任务并等待",
  "waits for its task": "等待其任务",
  "nothing: it has passed": "无需处理：已经通过",

  // The emulator's scripts.
  "Ends after 3.5 seconds with every POP holding the URL. This is the default":
    "3.5 秒后结束，所有节点都已缓存 URL。这是默认脚本",
  "Has ended before the first poll": "在第一次轮询之前已经结束",
  "Complete with RetCode 500: the origin answered with a 5xx": "Complete，RetCode 500：源站返回 5xx",
  "Failed with RetCode 504: the origin did not answer in time": "Failed，RetCode 504：源站未及时响应",
  "Failed although the RetCode is 0. Half of the POPs hold the URL":
    "RetCode 为 0，但状态为 Failed。一半的节点已缓存 URL",
  "Complete with RetCode 0, but only every third POP holds the URL":
    "Complete，RetCode 0，但只有三分之一的节点已缓存 URL",
  "Complete with RetCode 0, but no POP holds the URL": "Complete，RetCode 0，但没有任何节点缓存 URL",
  "Complete with RetCode 0 and 47 % of the POPs, like the example in the API reference":
    "Complete，RetCode 0，47 % 的节点，与 API 参考中的示例相同",
  "Passes after ten minutes": "十分钟后通过",
  "Reaches 99.37 % within four seconds and passes after two minutes": "四秒内达到 99.37 %，两分钟后通过",
  "Reaches 62.5 % and stays there": "达到 62.5 % 之后不再变化",
  "Shows 0 % until it passes after twenty seconds": "一直显示 0 %，二十秒后通过",
  "Its progress falls from 80 % to 20 %. Passes after eight seconds": "进度从 80 % 降到 20 %，八秒后通过",
  "Pending for three seconds in the operations that need no allow-list. Passes after six":
    "在不需要白名单的操作中，前三秒为 Pending。六秒后通过",
  "Ends with an undocumented status": "以文档中没有的状态结束",
  "Visible to the query operations only after fifteen seconds, when it has already passed":
    "十五秒后才能被查询操作查到，此时已经通过",
  "Disappears after six seconds at 40 %": "六秒后在 40 % 时消失",
  "Accepted, but never visible to the query operations": "已受理，但查询操作始终查询不到",
  "Complete without a RetCode": "Complete，但没有 RetCode",
  "Complete, but its row has no Success": "Complete，但其记录没有 Success",
  "Its task is Complete, but the URL has no row": "任务为 Complete，但没有该 URL 的记录",
  "Complete with two rows for the URL: 100 % and 0 %": "Complete，该 URL 有两条记录：100 % 和 0 %",

  // The emulator's rules and the fields of a script.
  "Exactly this URL. Its scheme does not count.": "精确匹配该 URL，不计协议。",
  "Domains that match this glob. `*` matches any characters except `/`, and `**` matches any characters.":
    "匹配该 glob 的域名。`*` 匹配除 `/` 之外的任意字符，`**` 匹配任意字符。",
  "Paths, including the query, that match this glob.": "匹配该 glob 的路径（包括查询参数）。",
  "The kind of submission.": "提交的种类。",
  "How they behave.": "其表现。",
  "Only this many first submissions of each URL. The following rules decide later ones. Default: all.":
    "只作用于每个 URL 的前若干次提交，之后的提交由后面的规则决定。默认：全部。",
  "What the script shows, as text.": "脚本的表现，以文字说明。",
  "When it ends. `null` means never.": "何时结束。`null` 表示永不结束。",
  "The share of POPs on which it has ended, as points joined by straight lines, from 0 % at the submission to 100 % at the end. If empty, one straight line. A task without an end stays at its last point.":
    "已完成的节点占比，以直线连接的各点表示，从提交时的 0 % 到结束时的 100 %。如果为空，则为一条直线。没有结束的任务停留在最后一点。",
  "`Status` while it runs.": "进行期间的 `Status`。",
  "How long the operations that need no allow-list show `Pending`.":
    "不需要白名单的操作显示 `Pending` 的时长。",
  "`Status` after the end.": "结束之后的 `Status`。",
  "`Status` after the end, in the operations that need no allow-list. `null` means `endStatus`.":
    "结束之后，不需要白名单的操作中的 `Status`。`null` 表示与 `endStatus` 相同。",
  "`RetCode` after the end. `null` omits the field.": "结束之后的 `RetCode`。`null` 表示略去该字段。",
  "The share of POPs that hold the URL after the end. `null` omits the field.":
    "结束之后已缓存 URL 的节点占比。`null` 表示略去该字段。",
  "`Description` in a detail answer after the end: failures separated by `|`.":
    "结束之后，明细响应中的 `Description`：各个失败用 `|` 分隔。",
  "`Description` after the end, in the operations that need no allow-list.":
    "结束之后，不需要白名单的操作中的 `Description`。",
  "How many rows the URL has in an answer. 0 omits its row.": "响应中该 URL 的记录数。0 表示略去其记录。",
  "`Success` of the rows after the first, in percent. `null` means the same as the first.":
    "第一条之后的记录的 `Success`，单位为百分比。`null` 表示与第一条相同。",
  "When the query operations start to see it. `null` means after the emulator's `visibilityDelayMs`.":
    "查询操作何时开始能查询到它。`null` 表示在模拟器的 `visibilityDelayMs` 之后。",
  "When the query operations stop seeing it. `null` means never.":
    "查询操作何时不再能查询到它。`null` 表示一直能查询到。",

  // The emulator's faults.
  "The operation that it affects. `any` means every operation, each counted separately.":
    "受影响的操作。`any` 表示所有操作，各自计数。",
  "The first call that it affects, counted per operation since the fault was set.":
    "受影响的第一次调用，自设置故障起按操作计数。",
  "The last call that it affects. `null` means all later calls. Default: `fromCall`, which affects one call.":
    "受影响的最后一次调用。`null` 表示之后的所有调用。默认：`fromCall`，即只影响一次调用。",
  "The answer is late. Other faults can affect the same call.": "响应延迟。其他故障可以影响同一次调用。",
  "The delay of the answer, in milliseconds.": "响应延迟的毫秒数。",
  "Whether the work is done before the delay. It is always done, even if the client disconnects.":
    "是否在延迟之前执行操作。即使客户端断开，操作也总会执行。",
  "The answer's `Date` header is wrong, like that of a proxy, a cache or a wrong clock. The service's own time is right. Other faults can affect the same call.":
    "响应的 `Date` 响应头有误，如同来自代理、缓存或不准的时钟。服务自身的时间是正确的。其他故障可以影响同一次调用。",
  "Milliseconds to add to the true date.": "在真实时间上增加的毫秒数。",
  "The `Date` header, sent exactly as given instead of `offsetMs`. `null` sends no such header.":
    "原样发送的 `Date` 响应头，代替 `offsetMs`。`null` 表示不发送该响应头。",
  'Further headers, such as `{"age":"600"}`.': '其他响应头，例如 `{"age":"600"}`。',
  "The connection is reset before any work is done.": "在执行操作之前重置连接。",
  "The work is done, then the connection is reset.": "执行操作，然后重置连接。",
  "The work is done, then the connection breaks in the middle of the answer's body.":
    "执行操作，然后在响应体中途断开连接。",
  "A proxy answers with its own page, and no work is done unless `workDone`.":
    "代理返回自己的页面，并且不执行操作，除非设置了 `workDone`。",
  "The status of the page.": "页面的状态码。",
  "Whether the work is done before the proxy's page replaces the answer.":
    "是否在代理的页面代替响应之前执行操作。",
  "The service answers with an error, and no work is done unless `workDone`.":
    "服务返回错误，并且不执行操作，除非设置了 `workDone`。",
  "The status of the answer.": "响应的状态码。",
  "`Code` of the answer.": "响应的 `Code`。",
  "`Message` of the answer. Default: a general one.": "响应的 `Message`。默认：通用的信息。",
  "Seconds of a `Retry-After` header, which Alibaba Cloud does not document. Default: no such header.":
    "`Retry-After` 响应头的秒数，阿里云的文档没有说明该响应头。默认：没有该响应头。",
  "The `Retry-After` header, sent exactly as given, such as a date. Default: no such header.":
    "原样发送的 `Retry-After` 响应头，例如日期。默认：没有该响应头。",
  "Whether the work is done before the error.": "是否在返回错误之前执行操作。",
  "The service throttles the call although its rate is within the limit.":
    "虽然调用频率没有超过上限，服务仍然限流。",
  "The work is done, and the answer has status 200 with unexpected JSON, or no JSON at all.":
    "执行操作，响应的状态码为 200，但 JSON 不符合预期，或根本不是 JSON。",
  "The body, sent exactly as given.": "原样发送的响应体。",
  "No work is done, and no answer is sent.": "不执行操作，也不响应。",

  // The emulator's settings.
  "Divides the duration of scripted tasks. It does not change dates, signatures, rates and `visibilityDelayMs`. Default 1.":
    "脚本任务的时长除以该值。不改变日期、签名、调用频率和 `visibilityDelayMs`。默认 1。",
  "Whether the account may call `DescribePreloadDetailById`. Default true.":
    "账号是否可以调用 `DescribePreloadDetailById`。默认 true。",
  "The code with which that operation refuses an account that is not on the allow-list, which Alibaba Cloud does not document. Default `NoPermission`.":
    "该操作拒绝不在白名单中的账号时的错误码，阿里云的文档没有说明。默认 `NoPermission`。",
  "If `false`, the account has not activated the CDN service, and every operation is refused with `OperationDenied`. Default true.":
    "如果为 `false`，表示账号没有开通 CDN 服务，所有操作都以 `OperationDenied` 拒绝。默认 true。",
  "The RAM policy of the access key. Default `null`, which allows everything.":
    "AccessKey 的 RAM 策略。默认 `null`，即允许所有操作。",
  "The account's accelerated domains and their states. Default `null`, which accepts every domain as online.":
    "账号的加速域名及其状态。默认 `null`，即接受所有域名，并视为已上线。",
  "Calls per second by operation. Other operations keep the documented rate. Default: none.":
    "各操作每秒的调用次数。其他操作保持文档规定的频率。默认：无。",
  "How long a new task stays invisible to the query operations, in milliseconds. Default 2,000.":
    "查询操作暂时查询不到新任务的毫秒数。默认 2,000。",
  "The answer of `DescribePreloadDetailById` about an id that it does not see (too new, gone, or never issued): no entries, or `InvalidTaskId.Malformed`. Alibaba Cloud does not document it. Default `empty`.":
    "`DescribePreloadDetailById` 对查询不到的 ID（过新、已消失或从未发放）的响应：没有条目，或 `InvalidTaskId.Malformed`。阿里云的文档没有说明。默认 `empty`。",
  "`EndTime` while a task runs: an empty string, or a missing field. Default `empty`.":
    "任务进行期间的 `EndTime`：空字符串，或没有该字段。默认 `empty`。",
  "Which `Url`s in detail answers end with a line feed: all, every second one, or none. Default `always`.":
    "明细响应中哪些 `Url` 以换行符结尾：全部、每两个中的一个，或都不。默认 `always`。",
  "Which URLs share a task id: those of the same domain and second, or (`account`) all of the same second, with one entry per domain. Default `domain`.":
    "哪些 URL 共用任务 ID：同一域名且同一秒的 URL，或（`account`）同一秒的所有 URL，每个域名一个条目。默认 `domain`。",
  "URLs per task id. More URLs get another id. Default 500 (an older page says 2,000).":
    "每个任务 ID 的 URL 数，超出的 URL 使用另一个 ID。默认 500（较早的文档为 2,000）。",
  "If `true`, ids are larger than 2^53 and sent as JSON numbers. A rounded id is that of another task. Default false.":
    "如果为 `true`，ID 大于 2^53，并以 JSON 数字发送。舍入后的 ID 属于另一个任务。默认 false。",
  "The maximum page size of `DescribeRefreshTasks`, even if the request asks for more. Default 100.":
    "`DescribeRefreshTasks` 每页的最大条数，即使请求的更多。默认 100。",
  "How pages follow each other if they are smaller than requested: without a gap, as if they had the requested size (which skips rows), or always the first page. Default `noGap`.":
    "如果页面小于请求的大小，各页如何衔接：没有间隔；视为具有请求的大小（会跳过记录）；或总是第一页。默认 `noGap`。",
  "The `PageSize` in an answer: the real one, or the requested one. Default `given`.":
    "响应中的 `PageSize`：实际的大小，或请求的大小。默认 `given`。",
  "Added to the `TotalCount` of a search. Default 0.": "在查找的 `TotalCount` 上增加的值。默认 0。",
  "Whether the `TotalCount` of a search is a string. Default false.":
    "查找的 `TotalCount` 是否为字符串。默认 false。",
  "How the operations that need no allow-list spell a URL: as sent, with percent-encoding in the other case, decoded, without its scheme, with the other scheme, or only its path. Default `asSent`.":
    "不需要白名单的操作如何书写 URL：与发送的相同、百分号编码的大小写相反、已解码、没有协议、使用另一种协议，或只有路径。默认 `asSent`。",
  "How they write `CreationTime`: in UTC, in UTC without a zone, or in China's time without a zone. Default `utc`.":
    "它们如何书写 `CreationTime`：UTC、不带时区的 UTC，或不带时区的中国时间。默认 `utc`。",
  "Added to the `CreationTime` that they write, in milliseconds. Searches use the true time. Default 0.":
    "在它们书写的 `CreationTime` 上增加的毫秒数。查找使用真实的时间。默认 0。",
  "How much of a task the two operations that take a task id show: everything, or everything except the last entry or row, which `TotalCount` still counts. Default `all`.":
    "两个按任务 ID 查询的操作返回任务的多少内容：全部，或除最后一个条目或记录之外的全部（`TotalCount` 仍计入它）。默认 `all`。",
  "Whether the `TotalCount` of those operations is a string. Default false.":
    "这些操作的 `TotalCount` 是否为字符串。默认 false。",
  "How many entries a domain has in detail answers: one, or one per URL with its own RetCode. Default `one`.":
    "明细响应中一个域名有多少个条目：一个，或每个 URL 一个（各有自己的 RetCode）。默认 `one`。",
  "Added to the `CreationTime` and `EndTime` of detail answers, in milliseconds. Default 0.":
    "在明细响应的 `CreationTime` 和 `EndTime` 上增加的毫秒数。默认 0。",
  "Tasks that one submission starts for the same URLs. `PushTaskId` then holds several ids. Default 1.":
    "一次提交为同一批 URL 发起的任务数。此时 `PushTaskId` 包含多个 ID。默认 1。",
  "The account's daily quotas, in URLs, directories or patterns. They reset at midnight UTC+8.":
    "账号的每日配额，单位为 URL、目录或模式。在 UTC+8 的零点重置。",
  "URLs that can be preloaded at the same time. More are refused with `PreloadQueueFull`. Default 100,000 (an older page says 50,000).":
    "可以同时预热的 URL 数，超出的部分以 `PreloadQueueFull` 拒绝。默认 100,000（较早的文档为 50,000）。",
  "`PreloadQuota`: URLs preloaded to L2 POPs, with `L2Preload`. Default 1,000.":
    "`PreloadQuota`：使用 `L2Preload` 预热到 L2 节点的 URL 数。默认 1,000。",
  "`PreloadEdgeQuota`: URLs preloaded to L1 POPs, which is the usual preload. Default 1,000.":
    "`PreloadEdgeQuota`：预热到边缘节点（L1）的 URL 数，即普通的预热。默认 1,000。",
  "`UrlQuota`. Default 10,000.": "`UrlQuota`。默认 10,000。",
  "`DirQuota`. Default 100.": "`DirQuota`。默认 100。",
  "`RegexQuota`. Default 20.": "`RegexQuota`。默认 20。",
  "`IgnoreParamsQuota`. Default 20.": "`IgnoreParamsQuota`。默认 20。",
  "`BlockQuota`, which no operation uses. Default 300.": "`BlockQuota`，没有操作使用它。默认 300。",

  // The emulator's admin interface.
  "lists these routes": "列出这些路由",
  "answers with status 200 once the emulator is ready": "模拟器就绪之后返回状态码 200",
  "every call to the service": "对服务的所有调用",
  "every task and its current state": "所有任务及其当前状态",
  "every URL accepted for a preload": "已受理预热的所有 URL",
  "every URL accepted for a refresh": "已受理刷新的所有 URL",
  "resets everything except the clock, the key and the numbering of task ids":
    "重置除时钟、AccessKey 和任务 ID 编号之外的所有内容",
  "the scripts that a URL or a rule can name": "URL 或规则可以指定的脚本",
  "the current scenario": "当前的场景",
  "replaces the scenario: its rules (for later submissions), its faults and its settings":
    "替换场景：规则（对之后的提交生效）、故障和设置",
  "adds a rule before the scenario's other rules, for later submissions":
    "在场景的其他规则之前添加一条规则，对之后的提交生效",
  "the current faults": "当前的故障",
  "replaces the list of faults and starts counting calls again": "替换故障列表，并重新开始对调用计数",
  "the current settings": "当前的设置",
  "changes the settings in the body": "修改请求体中的设置",
  "the emulator's time": "模拟器的时间",
  "moves the emulator's time by advanceMs, which may be negative":
    "将模拟器的时间移动 advanceMs 毫秒，可以为负数",
  "sets the literal answer to an operation's next call, or with times: always to all calls":
    "设置某个操作下一次调用的响应原文；如果 times 为 always，则设置所有调用的响应",
  "sets the id of the next new task": "设置下一个新任务的 ID",
  "changes the script of a URL's tasks while they run": "修改 URL 正在进行的任务的脚本",
  "issues a temporary credential that lasts durationMs (default one hour)":
    "签发有效期为 durationMs 的临时访问凭据（默认一小时）",
};
