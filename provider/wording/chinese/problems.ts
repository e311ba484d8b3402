import type { Catalogue } from "../catalogue";
import { after, oneOf } from "./lists";

const CONTROL_NAMES: Readonly<Record<string, string>> = { "U+0009": "制表符", "U+0000": "NUL" };
/** What a whole number counts. */
const UNITS: Readonly<Record<string, string>> = { URLs: "URL 个数", seconds: "秒数" };
const ONE_URL_AN_ITEM = "将每个 URL 单独作为一项";

/** What follows the name of a value. */
export const problems: Catalogue["problems"] = {
  notValid: () => "无效",
  said: ({ words }) => words,
  missing: () => "缺失",
  empty: () => "不能为空",
  notAString: () => "必须是字符串",
  notAFlag: () => "必须是 true 或 false",
  notAList: () => "必须是列表",
  notAnObject: () => "必须是对象",
  notUrls: () => "必须是 URL 列表",
  noUrls: () => "必须至少包含一个 URL",
  tooManyUrls: ({ most }, { reader }) =>
    `最多包含 ${most} 个 URL，请拆分为多个${reader.front.family === "pulumi" ? "资源" : "批次分别运行"}`,
  notADuration: () => '必须是时长，例如 "90s"、"45m" 或 "2h"',
  notAHeaderName: () => "不是合法的请求头名称",
  notHeaders: () => "必须是请求头名称到取值列表的对象",
  notOneLine: () => "必须是单行文本",
  notHeaderValues: () => "必须是取值列表",
  notTaskIds: () => "必须是任务 ID 列表，或用逗号分隔的一个字符串",
  noTaskIds: () => "必须至少包含一个任务 ID",
  notATaskId: () => "含有不是任务 ID 的内容（任务 ID 是 PushObjectCache 返回的一串数字）",
  notAPercentage: () => "必须是百分比",
  notACount: ({ unit }) => `必须是整数（${UNITS[unit] ?? unit}）`,
  notOneOf: ({ choices }) => `必须是 ${oneOf(choices.map((choice) => `"${choice}"`))}`,
  notAWholeNumber: () => "必须是整数",
  notZeroOrMore: () => "必须是 0 或更大的整数",
  negative: () => "不能为负数",
  notAReason: () => "必须是一段文字说明的理由",
  notAboveZero: () => "必须是大于 0 的数字",
  notAnInstant: () => "必须是 ISO 8601 格式的时间",
  notAName: () => "必须是名称",
  notAPath: () => "必须是路径",
  notAGlob: () => "必须是通配模式（glob）",
  notGlobs: () => "必须是通配模式（glob）列表",
  notAUrl: () => "必须是 URL",
  notTheOutput: ({ output }) => `必须是门禁的输出 ${output}`,
  notAFileByKind: ({ kinds }) => `必须是 kind=file 的形式，其中 kind 为 ${oneOf(kinds)}`,
  outOfRange: ({ least, most }) => `必须是 ${least} 到 ${most} 之间的数字`,
  wholeNumberOutOfRange: ({ least, most }) => `必须是 ${least} 到 ${most} 之间的整数`,
  urlTooLong: ({ characters, most }) => `发送时有 ${characters} 个字符，服务最多接受 ${most} 个`,
  urlNotAUrl: () => "不是 http(s)://host/path 或 host/path 形式的 URL",
  urlHoldsOutput: () => "含有被拼接进字符串的 Output，请使用 pulumi.interpolate 或 apply 构造",
  urlControlCharacter: ({ codePoint, position }) => {
    // The end of a line shows; other control characters do not.
    const isLineEnd = codePoint === "U+000A" || codePoint === "U+000D";
    const place = isLineEnd
      ? ""
      : `（第 ${position} 个字符是${after(CONTROL_NAMES[codePoint] ?? codePoint)}）`;
    return `含有换行、制表符或其他控制字符，请${ONE_URL_AN_ITEM}${place}`;
  },
  urlSecondUrl: ({ position }) => `从第 ${position} 个字符起含有第二个 URL，请${ONE_URL_AN_ITEM}`,
  urlSecondColumn: ({ position }) =>
    `从第 ${position} 个字符起含有第二列，请只保留 URL，或将其中的逗号写成 %2C`,
  urlInvisible: ({ codePoint, position }) => `第 ${position} 个字符是不可见字符（${codePoint}），请删除`,
  urlWhiteSpace: ({ position }) => `第 ${position} 个字符是空白字符，请写成 %20，或${ONE_URL_AN_ITEM}`,
  urlLostCharacter: ({ position }) => `第 ${position} 个字符在解码时已丢失（U+FFFD）`,
  urlWildcard: () => "含有通配符（*），预热只接受完整的 URL。如果文件名中确有该字符，请写成 %2A",
  urlPattern: () => "含有花括号、尖括号或引号，看起来是模式或占位符，请使用百分号编码",
  urlEndsInSeparator: () => "以逗号或分号结尾，请删除，或使用百分号编码",
  urlBackslash: () => "含有反斜杠，请写成 / 或 %5C",
  urlFragment: () => "含有片段（#…），客户端不会将其发送给服务器，请删除",
  urlScheme: ({ scheme }) => `使用了协议 ${scheme}，仅支持 http 和 https`,
  urlNoHostOrScheme: () => "没有主机名，请写成 http(s)://host/path 或 host/path",
  urlNoHost: () => "没有主机名，请写成 http(s)://host/path",
  urlPercent: () => "含有不构成百分号编码的 %，请写成 %25",
  urlUser: () => "含有用户名或密码，它们会被发送并记入日志，请删除",
  urlPort: ({ port }) => `指定了端口 ${port}，服务仅在标准端口上加速域名，请删除端口`,
  urlWildcardHost: () => "主机名含有通配符，请指定一个域名",
  urlIpAddress: () => "主机名是 IP 地址，请指定加速域名",
  urlHostNotFull: () => "主机名不是完整域名（例如 cdn.example.com）",
  missingAtStatus: ({ status }) => `缺失，而 Status 是 ${status}`,
  noPercentageAtStatus: ({ found, status }) => `是 ${found}，不是百分比，而 Status 是 ${status}`,
  otherTask: ({ found, taskId }) => `是 ${found}，而查询的是任务 ${taskId}`,
  otherPage: ({ found, page }) => `是 ${found}，而请求的是第 ${page} 页`,
  emptyPage: ({ page, totalCount, received }) =>
    `在第 ${page} 页为空，而 TotalCount 是 ${totalCount}${received === 0 ? "" : `，此前已收到 ${received} 条`}`,
  repeatedRows: ({ page, totalCount, received }) =>
    `只有 ${received} 条记录，而 TotalCount 是 ${totalCount}，并且第 ${page} 页是重复的记录`,
  tooManyPages: ({ page, totalCount, received }) =>
    `读取 ${page} 页之后只有 ${received} 条记录，而 TotalCount 是 ${totalCount}`,
};
