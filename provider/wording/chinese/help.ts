import type { HelpWords } from "../help-words";

/** Texts of the options that the command line takes. */
const options: HelpWords["options"] = {
  urlsFile: { sentence: "URL 列表文件，每行一个（# 开头为注释）；- 表示标准输入" },
  sitemap: { sentence: "站点地图或站点地图索引，可以是 .gz 文件：本地文件，或以 https:// 开头的地址" },
  dir: { sentence: "目录中的所有文件，以对应的 {base} 为前缀" },
  base: { sentence: "{dir} 在 CDN 上的地址，例如 https://cdn.example.com/；每个 {dir} 按顺序对应一个" },
  include: { sentence: "与 {dir} 一起使用：只包含匹配的文件，例如 'assets/**'" },
  exclude: { sentence: "与 {dir} 一起使用：排除匹配的文件，例如 'drafts/**'" },
  sourceMaps: { sentence: "与 {dir} 一起使用：也包含 source map（*.map），默认略去" },
  directoryIndex: {
    sentence: "与 {dir} 一起使用：对于该名称的文件（例如 index.html），也包含其目录的地址（例如 /about/）",
  },
  changedSince: {
    sentence: "与 {dir} 一起使用：只预热自 {writeManifest} 写入该清单以来新增或更改的文件",
  },
  writeManifest: {
    sentence: "与 {dir} 一起使用：运行通过后，将文件摘要写入该清单，供以后的 {changedSince} 使用",
  },
  state: { sentence: "将已知信息保存在该文件中，被终止的作业重试时可以继续，不会重复提交" },
  triggers: { sentence: "与 {state} 一起使用：所发布的内容，例如 commit；值改变后会重新预热所有 URL" },
  minSuccessPercent: { sentence: "每个 URL 要求的节点占比，0 到 100。没有任何节点缓存的 URL 一律视为失败" },
  maxFailedUrls: { sentence: "允许失败的 URL 数" },
  requireDetail: { sentence: "不接受仅凭状态的判定" },
  onInconclusive: { sentence: "超时仍无法判定时的处理：fail 为失败，warn 为告警并放行" },
  timeout: { sentence: "等待时长，例如 90s、45m 或 2h" },
  area: { sentence: "预热的区域", otherwise: "域名自身的加速区域" },
  l2Preload: { sentence: "只预热到二级节点（L2）", otherwise: "由服务决定" },
  queryHashKey: { sentence: "PushObjectCache 的 QueryHashkey 参数", otherwise: "由服务决定" },
  headers: { sentence: "预热的请求头", otherwise: "由服务决定" },
  purgeFirst: { sentence: "先刷新这些 URL 并等待完成，然后预热；每个 URL 每轮只刷新一次" },
  adoptInFlight: {
    sentence: "接管同一 URL 正在进行的预热，而不再发起新的预热。仅适用于内容永不变化的 URL",
  },
  quotaCheck: { sentence: "今日配额不足以提交时的处理" },
  quiet: { sentence: "不显示进度，只显示结果和问题" },
  showQueries: { sentence: "原样显示查询字符串，其中可能含有令牌" },
  report: { sentence: "写入报告" },
  dryRun: { sentence: "显示 URL、调用和配额，不发送任何提交请求" },
  json: { sentence: "在标准输出上只打印一个 JSON 文档" },
  profile: {
    sentence: "阿里云 CLI（~/.aliyun/config.json）或凭据文件中的配置（profile）",
  },
  region: {
    sentence: "地域 ID，用于选择服务接入点",
    otherwise: "ALIBABA_CLOUD_REGION_ID、ALICLOUD_REGION，否则为中心接入点",
  },
  endpoint: { sentence: "服务接入点：https，或本机的 http", otherwise: "该地域的接入点" },
  callsPerSecond: { sentence: "每个操作每秒最多调用次数，不会超过文档规定的频率" },
  pollIntervalFactor: { sentence: "轮询间隔至少放大的倍数：0.5 到 12" },
  config: {
    sentence: "配置文件，其中的设置用于命令行和环境变量都没有给出的项",
    otherwise: "当前目录或上级目录中的 cdn-preload-gate.config.json、.yaml 或 .yml",
  },
  noConfig: { sentence: "不读取配置文件" },
  lang: {
    sentence: "消息和报告的语言：en，或 zh（中文）",
    otherwise: "ALICDN_LANG，否则为系统区域设置（LC_ALL、LC_MESSAGES、LANG），否则为英文",
  },
};

export const help: HelpWords = {
  headings: {
    usage: "用法:",
    arguments: "参数:",
    options: "选项:",
    globalOptions: "全局选项:",
    commands: "命令:",
  },
  notes: {
    choices: (choices) => `可选值: ${choices}`,
    default: (value) => `默认值: ${value}`,
    variable: (name) => `环境变量: ${name}`,
  },
  program: "可以失败的 CDN 预热步骤：发起阿里云 CDN 预热，等待节点完成，然后判定。",
  printVersion: "显示版本",
  printHelp: "显示帮助",
  printHelpFor: "显示某个命令的帮助",
  verbose: "输出意外错误的堆栈",
  credentials: [
    "访问凭据：--profile，否则为 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，否则为阿里云的默认凭据链。",
    "`doctor` 会显示找到了哪些凭据，以及它们有哪些权限。",
  ],
  examples: "示例:",
  shell: "所用的 shell",
  documentation: (address) => `文档：${address}`,
  exampleNotes: {
    run: "预热、等待、判定",
    wait: "等待在别处发起的任务",
    doctor: "访问凭据、权限、配额，以及如何处理",
    emulator: "无需账号即可试用门禁的模拟服务",
  },
  commands: {
    run: {
      summary: "预热 URL，等待节点完成，然后判定",
      description: "预热 URL，等待节点完成缓存，并用退出码表示发布是否可以继续。",
    },
    submit: {
      summary: "只发起预热，不等待",
      description: "发起预热并打印任务 ID，之后可以在任何地方用 `cdn-preload-gate wait` 等待。",
    },
    wait: {
      summary: "等待在别处发起的任务，然后判定",
      description:
        "等待由 `submit`、脚本或控制台发起的任务，并判定其中所有 URL。它不提交任何内容，只有每个任务都有响应并已结束时才会通过。",
    },
    status: {
      summary: "查询一次任务的状态",
      description: "查询一次任务。退出码 0：全部成功结束；1：失败；3：尚未结束，或（暂时）查询不到。",
    },
    quota: {
      summary: "显示今日剩余的配额",
      description: "显示今日还可以预热和刷新多少个 URL。",
    },
    doctor: {
      summary: "检查访问凭据、服务接入点、时钟、权限、白名单和配额",
      description:
        "检查门禁所需的条件，并打印最小权限 RAM 策略。它不提交任何内容：是否允许 PushObjectCache，是通过一次不含 URL、服务必然拒绝的请求得知的。",
    },
    completion: {
      summary: "打印用于补全命令和选项的 shell 脚本",
      description:
        "打印 shell 脚本。使用该脚本后，shell 可以补全命令、选项以及选项的值，例如文件、目录和可选值。",
    },
    showReport: {
      summary: "在浏览器中打开 HTML 报告",
      description: "打印 HTML 报告的路径，并用默认浏览器打开。在 CI 中或没有显示器时，只打印路径。",
    },
    mergeReports: {
      summary: "把多个门禁的结果合并为一份报告",
      description:
        "把多个门禁（例如一次发布的各个分片）的 JSON 文档合并为一份报告。以最差的判定为准，退出码与合并后的判定一致。",
    },
  },
  reportFile: "报告",
  documents: "JSON 文档，由 --report json=FILE 或 --json 得到",
  mergedOut: "报告写入的文件：.html、.md、.xml（JUnit）或 .json",
  urls: "URL，形式为 http(s)://host/path 或 host/path",
  taskIds: "任务 ID，多个 ID 也可以用逗号分隔",
  resuming: [
    "使用 --state 时，被中断或被终止的运行可以从中断处继续：它查询已知的任务，查找可能已提交的内容，",
    "只提交失败或从未受理的部分。请为每次发布使用一个文件，或用 --trigger 给出所发布的内容；",
    "如果文件中的 URL 均已通过，则不提交任何内容。",
  ],
  exitCodes: [
    "退出码：0 放行，1 失败，2 用法错误，3 无法判定，4 访问凭据或权限，5 配额，",
    "7 在提交任何内容之前无法连接服务，130 被中断。",
  ],
  doctorOptions: {
    requireDetail: "将未加入白名单视为失败",
    purgeFirst: "同时检查 --purge-first 所需的权限",
  },
  options,
  configFile: {
    title: "cdn-preload-gate 的配置文件，版本 1",
    description: "命令行和环境变量都没有给出的设置。路径相对于该文件。",
    schema: "供编辑器查找此 schema 的位置",
    gate: "门禁何时通过；与顶层的同名设置相同",
  },
  optionNotes: {
    kinds: (kinds) => `：${kinds.join("、")}`,
    repeated: "；可以重复给出",
    together: "，或用逗号分隔多个",
    otherwise: (value) => ` (默认: ${value})`,
  },
};
