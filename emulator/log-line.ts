import type { CallRecord } from "./call-record";

/** One call as a line of text: time, operation, result, URLs and tasks. */
export function logLine(record: CallRecord): string {
  const { at, operation, httpStatus, errorCode, fault } = record;
  return [
    at.slice(11, 23),
    (operation || "(no operation)").padEnd(25),
    httpStatus === 0 ? "no answer" : String(httpStatus),
    ...(errorCode === undefined ? [] : [errorCode]),
    ...(fault === undefined ? [] : [`[fault: ${fault}]`]),
    ...subjectsOf(record),
  ]
    .map(printable)
    .join(" ");
}

function subjectsOf({ parameters, taskIds }: CallRecord): string[] {
  const urls = parameters.ObjectPath?.split("\n").length;
  const asked = parameters.TaskId;
  return [
    ...(urls === undefined ? [] : [`${urls} ${urls === 1 ? "URL" : "URLs"}`]),
    ...(parameters.DomainName === undefined ? [] : [parameters.DomainName]),
    ...(asked === undefined ? [] : [`task ${asked}`]),
    ...(taskIds === undefined ? [] : [`→ task ${taskIds.join(", ")}`]),
  ];
}

/** The client chooses this text, so it must not move the cursor of the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "?");
}
