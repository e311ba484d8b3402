import { ERROR_FAMILIES } from "../../provider/core/errors";
import { CODE_RULES, SERVICE_ERROR_CODES } from "../../provider/wire/error-codes";
import { expectTable } from "./document-table";

test("docs/errors.md has each error code with its handling", () => {
  expectTable("docs/errors.md", "families", [
    ["code", "what happened", "what is done", "exit code", "what to do"],
    ...Object.entries(ERROR_FAMILIES).map(([code, { what, handling, exitCode, advice }]) => [
      `\`${code}\``,
      what,
      handling,
      String(exitCode),
      advice,
    ]),
  ]);
});

test("docs/errors.md has each known code of the service with its family", () => {
  expectTable("docs/errors.md", "service codes", [
    ["service's code", "HTTP", "counts as", "certainly not accepted", "message"],
    ...Object.entries(SERVICE_ERROR_CODES).map(([code, { httpStatus, family, certainRefusal, message }]) => [
      `\`${code}\``,
      String(httpStatus),
      `\`${family}\``,
      certainRefusal ? "yes" : "no",
      message,
    ]),
  ]);
});

test("docs/errors.md has the rules for codes that are not in the table", () => {
  expectTable("docs/errors.md", "code rules", [
    ["service's code", "counts as", "certainly not accepted"],
    ...CODE_RULES.map(({ codes, family }) => [codes, `\`${family}\``, "yes"]),
  ]);
});
