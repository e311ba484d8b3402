import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import * as ts from "typescript";
import { parse, parseDocument } from "yaml";
import { CALLS_PER_SECOND } from "../../provider/wire/limits";
import { runModule } from "../scripts/run-module";
import { BLOCKS, type Block, blocksIn, isChinese, ROOT } from "./documents";

/** Languages of blocks that are checked, here or in commands.test.ts, and those whose programs are tested elsewhere. */
const LANGUAGES = ["ts", "json", "yaml", "sh", "groovy", "go", "python", "java", "csharp", ""];

const EXAMPLES = readdirSync(join(ROOT, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(ROOT, "examples", entry.name, "index.ts"))
  // An example of a pipeline is no program.
  .filter((file) => existsSync(file))
  .map((file) => readFileSync(file, "utf8"));

/** The same for two texts that differ in their indentation only. */
function withoutIndentation(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

function isPartOfAnExample({ code }: Block): boolean {
  return EXAMPLES.some((example) => withoutIndentation(example).includes(withoutIndentation(code)));
}

test("each block of code is in a language that the tests know, spelt in one way", () => {
  expect(BLOCKS.length).toBeGreaterThan(30);
  const unknown = BLOCKS.filter(({ language }) => !LANGUAGES.includes(language));
  expect(unknown.map(({ document, line, language }) => `${document}:${line} ${language}`)).toEqual([]);
});

test("the README's program is one of the tested examples", () => {
  const blocks = blocksIn("ts").filter(({ document }) => document === "README.md");
  expect(blocks.length).toBeGreaterThan(0);
  expect(blocks.filter((block) => !isPartOfAnExample(block))).toEqual([]);
});

const ALICLOUD = "@pulumi/alicloud";
/** A Chinese page has the programs of the English one, with other comments. */
const PROGRAMS = blocksIn("ts").filter((block) => !isChinese(block.document) && !isPartOfAnExample(block));
const usesAlicloud = ({ code }: Block) => code.includes(`"${ALICLOUD}`);

test("every other program in the documents matches the types", () => {
  const programs = PROGRAMS.filter((block) => !usesAlicloud(block));
  expect(programs.length).toBeGreaterThan(0);
  expect(problemsIn(programs)).toEqual([]);
});

/** `npm test` gets them; without a registry it says that it could not. */
const alicloudFolder = runModule(
  "alicloud-types.mjs",
  "return it.alicloudTypes(process.env).folder;",
) as string;
const withAlicloud = existsSync(join(alicloudFolder, "index.d.ts")) ? test : test.skip;

withAlicloud("every program in the documents that uses the Alibaba Cloud provider matches its types", () => {
  const programs = PROGRAMS.filter(usesAlicloud);
  const paths = { [ALICLOUD]: [alicloudFolder], [`${ALICLOUD}/*`]: [`${alicloudFolder}/*`] };
  expect(problemsIn(programs, paths)).toEqual([]);
});

withAlicloud("a wrong property of an Alibaba Cloud resource is found", () => {
  const code = `import * as alicloud from "${ALICLOUD}";\nnew alicloud.dns.AlidnsRecord("www", { domainNam: "x" });\n`;
  const program = { document: "a.md", line: 1, language: "ts", code };
  const paths = { [ALICLOUD]: [alicloudFolder] };
  expect(problemsIn([program], paths).join()).toContain("domainNam");
});

/** What the compiler says of programs that lie in memory. */
function problemsIn(programs: readonly Block[], paths: ts.MapLike<string[]> = {}): string[] {
  const files = new Map(
    programs.map(({ document, line, code }) => [
      join(ROOT, "test/docs", `${document.replace(/\W/g, "-")}-${line}.ts`),
      code,
    ]),
  );
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    // Those in the cache folder have no SDK beside them.
    paths: { ...paths, "@pulumi/pulumi": [join(ROOT, "node_modules/@pulumi/pulumi")] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, text, ts.ScriptTarget.ES2024);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

/** The published schemas, each with how a value of its kind is known. */
const SCHEMAS: readonly { readonly fields: readonly string[]; readonly file: string }[] = [
  { fields: ["rules", "faults", "defaultScript"], file: "emulator-scenario-v1.json" },
  { fields: ["exitCode"], file: "cli-output-v1.json" },
  {
    fields: ["dir", "urlsFile", "sitemap", "base", "state", "minSuccessPercent"],
    file: "cdn-preload-gate-config-v1.json",
  },
];

function schemaOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return SCHEMAS.find(({ fields }) => fields.some((field) => Object.hasOwn(value, field)))?.file;
}

/** What the schema of its kind says of a value, if it has one. */
function schemaFaults(value: unknown): string[] {
  const file = schemaOf(value);
  if (file === undefined) return [];
  const check = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    JSON.parse(readFileSync(join(ROOT, "schema", file), "utf8")) as object,
  );
  return check(value)
    ? []
    : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test("every JSON block in the documents can be parsed, and fits its schema if it has one", () => {
  const blocks = blocksIn("json");
  const kinds = new Set(blocks.map(({ code }) => schemaOf(JSON.parse(code))));
  expect(kinds).toContain("emulator-scenario-v1.json");
  expect(kinds).toContain("cdn-preload-gate-config-v1.json");
  for (const block of blocks)
    expect({ ...block, faults: schemaFaults(JSON.parse(block.code)) }).toEqual({ ...block, faults: [] });
});

test.each([
  ["a scenario", { rules: [{ scrpt: "passes" }] }],
  ["a config file", { dir: "dist", bas: "https://cdn.example.com/" }],
])("%s with a field that is not there is found", (_what, value) => {
  expect(schemaFaults(value).join()).toMatch(/additional properties|required property/);
});

interface Resource {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Inputs that the schema of the plugin does not have. */
function yamlFaults({ code }: Block): string[] {
  const problems = parseDocument(code).errors.map(({ message }) => message);
  if (problems.length > 0) return problems;
  const faults = schemaFaults(parse(code));
  if (faults.length > 0) return faults;
  const { resources = {} } = (parse(code) ?? {}) as { resources?: Readonly<Record<string, Resource>> };
  const schema = JSON.parse(readFileSync(join(ROOT, "schema/pulumi-schema.json"), "utf8")) as {
    resources: Readonly<Record<string, { inputProperties: object }>>;
  };
  return Object.values(resources).flatMap(({ type = "", properties = {} }) => {
    if (!type.startsWith("alicdn:")) return [];
    const token = type.replace(/^alicdn:(index:)?/, "alicdn:index:");
    const known = schema.resources[token]?.inputProperties;
    if (known === undefined) return [`no resource ${type}`];
    return Object.keys(properties).filter((name) => !Object.hasOwn(known, name));
  });
}

test("every YAML block in the documents can be parsed, and gives the plugin's resources inputs that they have", () => {
  const blocks = blocksIn("yaml");
  expect(blocks.some(({ code }) => code.includes("type: alicdn:"))).toBe(true);
  for (const block of blocks)
    expect({ ...block, faults: yamlFaults(block) }).toEqual({ ...block, faults: [] });
});

test.each([
  ["a: [b", /flow sequence|end with a \]/i],
  ["resources: { warm: { type: alicdn:Preload, properties: { url: [x] } } }", /^url$/],
  ["resources: { warm: { type: alicdn:Preloads } }", /no resource alicdn:Preloads/],
])("a fault in YAML is found: %s", (code, expected) => {
  const [fault] = yamlFaults({ document: "a.md", line: 1, language: "yaml", code });
  expect(fault).toMatch(expected);
});

/** What every gate calls. Only `purgeFirst` purges, so that a policy may leave it out. */
const ACTIONS = Object.keys(CALLS_PER_SECOND).map((operation) => `cdn:${operation}`);
const OPTIONAL_ACTION = "cdn:RefreshObjectCaches";

test("each RAM policy in the documents allows what a gate calls, and no more", () => {
  const policies = blocksIn("json")
    .map(({ code }) => [...code.matchAll(/"(cdn:\w+)"/g)].map(([, action]) => action ?? ""))
    .filter((actions) => actions.length > 0);
  expect(policies.length).toBeGreaterThan(1);
  for (const actions of policies) expect(new Set([...actions, OPTIONAL_ACTION])).toEqual(new Set(ACTIONS));
});
