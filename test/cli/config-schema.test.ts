import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import packageJson from "../../package.json";
import { readConfigFile } from "../../provider/cli/config/config-file";
import { configSchema } from "../../provider/cli/config/config-schema";

const NAME = "cdn-preload-gate-config-v1.json";
const PUBLISHED = join(__dirname, "../../schema", NAME);

test("the published schema is the one in the code; UPDATE_DOCS=1 writes it", () => {
  const schema = JSON.stringify(configSchema(), null, 2);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(PUBLISHED, `${schema}\n`);
  expect(JSON.parse(readFileSync(PUBLISHED, "utf8"))).toEqual(JSON.parse(schema));
  expect(packageJson.exports[`./${NAME}`]).toBe(`./schema/${NAME}`);
});

const SAMPLES: readonly (readonly [unknown, boolean])[] = [
  [{}, true],
  [{ $schema: "x", urls: ["https://a.example.com/x"], gate: { minSuccessPercent: 95 } }, true],
  [{ dir: "dist", base: ["https://a.example.com"], exclude: "*.txt", directoryIndex: "index.html" }, true],
  [{ minSuccessPercent: 0.5, maxFailedUrls: 2, requireDetail: true, onInconclusive: "warn" }, true],
  [
    { timeout: "30m", area: "overseas", l2Preload: false, headers: { Accept: ["*/*"] }, triggers: [1, "a"] },
    true,
  ],
  [{ report: ["html=a.html"], quiet: true, callsPerSecond: 0.5, pollIntervalFactor: 4, profile: "p" }, true],
  [{ triggers: "v1", state: "s.json", region: "eu-central-1", endpoint: "http://127.0.0.1:1" }, true],
  [[], false],
  ["run", false],
  [{ timeuot: "30m" }, false],
  [{ gate: { timeout: "30m" } }, false],
  [{ gate: [] }, false],
  [{ minSuccessPercent: 101 }, false],
  [{ minSuccessPercent: "95" }, false],
  [{ maxFailedUrls: 1.5 }, false],
  [{ maxFailedUrls: -1 }, false],
  [{ callsPerSecond: 0 }, false],
  [{ onInconclusive: "pass" }, false],
  [{ quiet: "yes" }, false],
  [{ headers: { Accept: "*/*" } }, false],
  [{ dir: { a: 1 } }, false],
  [{ report: "pdf=x" }, false],
  [{ accessKey: "x" }, false],
  [{ json: true }, false],
];

test.each(SAMPLES)("the schema and the command line agree on %j", (content, isValid) => {
  const folder = mkdtempSync(join(tmpdir(), "cdn-preload-gate-schema-"));
  try {
    const file = join(folder, "config.json");
    writeFileSync(file, JSON.stringify(content));
    const validate = new Ajv({ strict: false }).compile(configSchema());
    expect(validate(content)).toBe(isValid);
    if (isValid) expect(readConfigFile(file).values).toBeInstanceOf(Map);
    else expect(() => readConfigFile(file)).toThrow("configNotValid");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
