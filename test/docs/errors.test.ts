import { ERROR_FAMILIES, type ErrorCode } from "../../provider/core/errors";
import { CODE_RULES, SERVICE_ERROR_CODES } from "../../provider/wire/error-codes";
import { ENGLISH } from "../../provider/wording/english/english";
import { wordingFor } from "../support/words";
import { expectTable } from "./document-table";

const CODES = Object.keys(ERROR_FAMILIES) as ErrorCode[];

test("docs/errors.md has each error code with its handling", () => {
  expectTable("docs/errors.md", "families", [
    ["code", "what happened", "what is done", "exit code", "in a deployment", "at the command line"],
    ...CODES.map((code) => [
      `\`${code}\``,
      ENGLISH.families[code],
      ENGLISH.handling[ERROR_FAMILIES[code].handling],
      String(ERROR_FAMILIES[code].exitCode),
      wordingFor("pulumi").adviceOn(code),
      wordingFor("commandLine", { memory: { kind: "stateFile" } }).adviceOn(code),
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
