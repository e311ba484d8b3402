import { inspect } from "node:util";
import { ERROR_FAMILIES, type ErrorCode, GateError } from "../../provider/core/errors";
import { failed, wordingFor } from "../support/words";

const codes = Object.keys(ERROR_FAMILIES) as ErrorCode[];

test.each(codes.map((code) => [code] as const))("%s says what happened and what to do", (code) => {
  for (const family of ["pulumi", "commandLine", "code"] as const) {
    const wording = wordingFor(family);
    expect(wording.family(code)).toMatch(/^[A-Z].*[^.]$/);
    expect(wording.adviceOn(code)).toMatch(/^[A-Z].*\.$/);
  }
});

test("each cause has the exit code that the command line documents", () => {
  const byExitCode = Object.groupBy(codes, (code) => ERROR_FAMILIES[code].exitCode);
  expect(byExitCode).toEqual({
    1: ["purgeFailed"],
    2: ["usage", "rejected"],
    3: [
      "throttled",
      "taskUnknown",
      "taskTooOld",
      "outcomeUnknown",
      "malformedAnswer",
      "unknownServiceCode",
      "stateUnsaved",
      "internal",
      "timeout",
    ],
    4: ["credentials", "permission", "otherAccount", "notOnAllowList"],
    5: ["quota", "queueFull"],
    7: ["transient", "unreachable", "skew"],
    130: ["interrupted"],
  });
});

test("only what may pass by itself is asked again", () => {
  const retryable = codes.filter((code) => failed(code).retryable);
  expect(retryable).toEqual([
    "queueFull",
    "throttled",
    "transient",
    "unreachable",
    "skew",
    "taskUnknown",
    "outcomeUnknown",
    "malformedAnswer",
  ]);
});

test("an error carries what was observed", () => {
  const cause = new Error("reset");
  const error = failed("transient", "Down.", {
    operation: "PushObjectCache",
    serviceCode: "InternalError",
    httpStatus: 500,
    requestId: "R-1",
    retryAfterMs: 2_000,
    cause,
    mayHaveBeenAccepted: true,
  });
  expect(error).toMatchObject({
    name: "GateError",
    code: "transient",
    operation: "PushObjectCache",
    serviceCode: "InternalError",
    httpStatus: 500,
    requestId: "R-1",
    retryAfterMs: 2_000,
    cause,
    mayHaveBeenAccepted: true,
    exitCode: 7,
  });
});

test("an error that is printed shows no fact: a URL in it may be secret", () => {
  const url = "https://cdn.example.com/a.js?token=s3cr3t";
  const urls = [{ url, taskId: "1", status: "Failed", words: undefined }];
  const error = new GateError({ kind: "purgeFailed", urls });
  expect(error.facts).toMatchObject({ urls });
  expect(inspect(error, { depth: 20 })).not.toContain("s3cr3t");
  expect(JSON.stringify(error)).not.toContain("s3cr3t");
});

test("an error of which nothing more is known has no cause and was not accepted", () => {
  const error = failed("usage");
  expect("cause" in error).toBe(false);
  expect(error.mayHaveBeenAccepted).toBe(false);
});
