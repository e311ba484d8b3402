import type { Catalogue } from "../catalogue";
import { oneOf } from "./lists";

const CONTROL_NAMES: Readonly<Record<string, string>> = { "U+0009": "a tab", "U+0000": "a NUL" };
const ONE_URL_AN_ITEM = "give each URL an item of its own";

/** What follows the name of a value. */
export const problems: Catalogue["problems"] = {
  notValid: () => "is not valid",
  said: ({ words }) => words,
  missing: () => "is missing",
  empty: () => "must not be empty",
  notAString: () => "must be a string",
  notAFlag: () => "must be true or false",
  notAList: () => "must be a list",
  notAnObject: () => "must be an object",
  notUrls: () => "must be a list of URLs",
  noUrls: () => "must hold at least one URL",
  tooManyUrls: ({ most }, { reader }) =>
    `must hold at most ${most} URLs; use several ${reader.front.family === "pulumi" ? "resources" : "runs"}`,
  notADuration: () => 'must be a duration such as "90s", "45m" or "2h"',
  notAHeaderName: () => "is not a header name",
  notHeaders: () => "must be an object of header name to list of values",
  notOneLine: () => "must be one line",
  notHeaderValues: () => "must be a list of values",
  notTaskIds: () => "must be a list of task ids, or one string with commas",
  noTaskIds: () => "must hold at least one task id",
  notATaskId: () => "holds something that is not a task id (digits, as PushObjectCache returns them)",
  notAPercentage: () => "must be a percentage",
  notACount: ({ unit }) => `must be a whole number of ${unit}`,
  notAFileByKind: ({ kinds }) => `must be kind=file, with kind ${oneOf(kinds)}`,
  notOneOf: ({ choices }) => `must be ${oneOf(choices.map((choice) => `"${choice}"`))}`,
  notAWholeNumber: () => "must be a whole number",
  notZeroOrMore: () => "must be a whole number, 0 or more",
  negative: () => "must not be negative",
  notAReason: () => "must be a reason, in words",
  notAboveZero: () => "must be a number above 0",
  notAName: () => "must be a name",
  notAPath: () => "must be a path",
  notAGlob: () => "must be a glob",
  notGlobs: () => "must be a list of globs",
  notAUrl: () => "must be a URL",
  notTheOutput: ({ output }) => `must be the gate's output ${output}`,
  notAnInstant: () => "must be an ISO 8601 time",
  outOfRange: ({ least, most }) => `must be a number from ${least} to ${most}`,
  wholeNumberOutOfRange: ({ least, most }) => `must be a whole number from ${least} to ${most}`,
  urlTooLong: ({ characters, most }) =>
    `has ${characters} characters as sent; the service takes at most ${most}`,
  urlNotAUrl: () => "is not a URL of the form http(s)://host/path or host/path",
  urlHoldsOutput: () =>
    "holds the text of an Output that was put into a string; build it with pulumi.interpolate or apply",
  urlControlCharacter: ({ codePoint, position }) => {
    // The end of a line shows; other control characters do not.
    const isLineEnd = codePoint === "U+000A" || codePoint === "U+000D";
    const place = isLineEnd ? "" : ` (${CONTROL_NAMES[codePoint] ?? codePoint} at character ${position})`;
    return `holds a line feed, tab or other control character; ${ONE_URL_AN_ITEM}${place}`;
  },
  urlSecondUrl: ({ position }) => `holds a second URL, from character ${position} on; ${ONE_URL_AN_ITEM}`,
  urlSecondColumn: ({ position }) =>
    `holds a second column, from character ${position} on; give the URL alone, or write its comma as %2C`,
  urlInvisible: ({ codePoint, position }) =>
    `holds an invisible character (${codePoint}) at character ${position}; remove it`,
  urlWhiteSpace: ({ position }) =>
    `holds white space at character ${position}; write it as %20, or ${ONE_URL_AN_ITEM}`,
  urlLostCharacter: ({ position }) =>
    `holds a character that was lost in decoding (U+FFFD) at character ${position}`,
  urlWildcard: () =>
    "holds a wildcard (*); a preload takes whole URLs. Write %2A where the file's name holds one",
  urlPattern: () =>
    "holds a brace, an angle bracket or a quotation mark, as a pattern or a placeholder does; write it percent-encoded",
  urlEndsInSeparator: () => "ends in a comma or semicolon; leave it out, or write it percent-encoded",
  urlBackslash: () => "holds a backslash; write / or %5C",
  urlFragment: () => "has a fragment (#…), which no client sends to a server; leave it out",
  urlScheme: ({ scheme }) => `has the scheme ${scheme}; only http and https are served`,
  urlNoHostOrScheme: () => "has no host; write http(s)://host/path or host/path",
  urlNoHost: () => "has no host; write http(s)://host/path",
  urlPercent: () => "has a % that starts no percent-encoding; write it as %25",
  urlUser: () => "holds a user name or password, which would be sent and logged; remove it",
  urlPort: ({ port }) =>
    `names port ${port}; the service accelerates a domain on its standard ports only, leave the port out`,
  urlWildcardHost: () => "has a wildcard in its host; name one domain",
  urlIpAddress: () => "has an IP address for a host; name the accelerated domain",
  urlHostNotFull: () => "has a host that is not a full domain name (like cdn.example.com)",
  missingAtStatus: ({ status }) => `is missing although Status is ${status}`,
  noPercentageAtStatus: ({ found, status }) => `is ${found}, not a percentage although Status is ${status}`,
  otherTask: ({ found, taskId }) => `is ${found}, but task ${taskId} was asked about`,
  otherPage: ({ found, page }) => `is ${found}, but page ${page} was asked for`,
  emptyPage: ({ page, totalCount, received }) =>
    `is empty on page ${page} although TotalCount is ${totalCount}${received === 0 ? "" : ` and ${received} came before`}`,
  repeatedRows: ({ page, totalCount, received }) =>
    `holds only ${received} of the ${totalCount} rows that TotalCount names, and page ${page} repeats them`,
  tooManyPages: ({ page, totalCount, received }) =>
    `holds only ${received} of the ${totalCount} rows that TotalCount names, after ${page} pages`,
};
