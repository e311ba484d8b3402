import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfigFile } from "../../provider/cli/config/config-file";
import { findConfig } from "../../provider/cli/config/find-config";
import { UsageError } from "../../provider/cli/usage-error";
import { wordingFor } from "../support/words";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-config-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const JSON_NAME = "cdn-preload-gate.config.json";
const YAML_NAME = "cdn-preload-gate.config.yaml";

/** What a user is told of a file, or of looking for one. */
function told(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) return wordingFor("commandLine").usage(error.fault);
    throw error;
  }
  throw new Error("It was taken.");
}

test.each<[string, string, string]>([
  [
    JSON_NAME,
    '{\n  "urls": ["a.example.com/1"],\n  "timeuot": "20m"\n}',
    ":3: there is no setting timeuot; did you mean timeout?",
  ],
  [
    YAML_NAME,
    "timeout: 20m\nmin-success-percent: 90\n",
    ":2: there is no setting min-success-percent; did you mean minSuccessPercent?",
  ],
  [
    YAML_NAME,
    "gate:\n  minSucessPercent: 90\n",
    ":2: there is no setting gate.minSucessPercent; did you mean minSuccessPercent?",
  ],
  [YAML_NAME, "unheardOf: 1\n", ":1: there is no setting unheardOf\n"],
  [YAML_NAME, "gate: { timeout: 1m }\n", ":1: there is no setting gate.timeout; did you mean timeout?"],
  [
    YAML_NAME,
    "\n\ngate:\n  minSuccessPercent: 101\n",
    ":4: gate.minSuccessPercent must be a number from 0 to 100",
  ],
  [YAML_NAME, "timeout: soon\n", ':1: timeout must be a duration such as "90s"'],
  [YAML_NAME, "timeout:\n", ":1: timeout must be a duration"],
  [YAML_NAME, "quiet: yes\n", ":1: quiet must be true or false"],
  [YAML_NAME, "urls:\n  - a.example.com/1\n  - a.example.com/x#y\n", ":3: urls[1] has a fragment"],
  [
    YAML_NAME,
    "report:\n  - html=a.html\n  - pdf=b\n",
    ":3: report[1] must be kind=file, with kind junit, markdown",
  ],
  [YAML_NAME, "headers:\n  Accept: gzip\n", ":2: headers.Accept must be a list of values"],
  [YAML_NAME, "gate: { maxFailedUrls: 1 }\nmaxFailedUrls: 2\n", ":2: maxFailedUrls is set twice"],
  [YAML_NAME, "timeout: 1m\ntimeout: 2m\n", ":2: Map keys must be unique"],
  [JSON_NAME, '{\n  "timeout": "1m",\n  "timeout": "2m"\n}', ":3: Map keys must be unique"],
  [YAML_NAME, "a: b: c\n", ":1: "],
  [JSON_NAME, '{\n  "timeout": "1m",\n}', ":3: Expected double-quoted property name"],
  [JSON_NAME, "", ": Unexpected end of JSON input"],
  [YAML_NAME, "- urls\n", ": the file must hold an object of settings"],
  [YAML_NAME, "timeout: !!js/function 'x'\n", ":1: Unresolved tag"],
  [YAML_NAME, "json: true\n", ":1: json is for one run; give it at the command line, as --json"],
  [YAML_NAME, "dryRun: true\n", ":1: dryRun is for one run; give it at the command line, as --dry-run"],
  [
    YAML_NAME,
    `a: &a [x, x]\nb: &b [${"*a, ".repeat(60)}]\nurls: [${"*b, ".repeat(60)}]\n`,
    ": Excessive alias count",
  ],
])("%s with %j is refused with its line", (name, content, message) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  expect(`${told(() => readConfigFile(file))}\n`).toContain(`${file}${message}`);
});

test("two files in one folder are refused: it is not clear which is meant", () => {
  for (const name of [YAML_NAME, JSON_NAME]) writeFileSync(join(folder, name), "{}");
  expect(told(() => findConfig(folder))).toBe(
    `The folder ${folder} has ${JSON_NAME} and ${YAML_NAME}. Keep one, or name one with --config.`,
  );
});

test.each([
  "accessKey: hushWord",
  "secretKey: hushWord",
  "securityToken: hushWord",
  "accessKeySecret: hushWord",
  "access-key-id: hushWord",
  "ALIBABA_CLOUD_ACCESS_KEY_SECRET: hushWord",
  "password: hushWord",
  "gate:\n  secretKey: hushWord",
  "headers:\n  Authorization: [Bearer hushWord]",
  "headers:\n  X-Api-Key: [hushWord]",
  "headers:\n  Cookie: [hushWord]",
])("a secret is refused with a sentence, and never shown: %s", (content) => {
  const file = join(folder, YAML_NAME);
  writeFileSync(file, content);
  const text = told(() => readConfigFile(file));
  expect(text).toMatch(/config\.yaml:[12]: \S+ may hold a secret, and a config file is no place for one/);
  expect(text).not.toContain("hushWord");
});
