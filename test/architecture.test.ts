import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import packageJson from "../package.json";
import { VERSION } from "../provider/core/version";

/**
 * The tree is the architecture: core ← wire ← transport ← client ← gate ← resources ← fronts. This test is the only
 * thing that keeps it so.
 */

const ROOT = join(__dirname, "..");

/** The folders of `provider/`, lowest first. Each may import itself and what stands before it. */
const LAYERS = ["core", "wire", "transport", "client", "gate", "resources"] as const;
/** Fronts stand on all layers and never on one another. */
const FRONTS = ["pulumi", "cli", "code", "plugin", "terraform"] as const;

/** Turns facts into text. It stands on the core alone, and only what talks to people stands on it. */
const WORDING = "wording";
const TALKS: readonly string[] = [...FRONTS, "resources", "executable"];

/** The fronts that stand on `resources`: what both have in common, whichever host of Pulumi's calls. */
const PULUMI_FRONTS: readonly string[] = ["pulumi", "plugin"];

/** What is delivered as one bundled file, and is no part of the npm package: it may hold development dependencies. */
const BUNDLED = "provider/plugin/";

/** A package that belongs in few places, and where. */
const PACKAGE_HOMES: readonly { readonly name: RegExp; readonly homes: readonly string[] }[] = [
  { name: /^undici$/, homes: ["provider/transport"] },
  { name: /^zod(\/|$)/, homes: ["provider/core/zod.ts", "emulator"] },
  { name: /^@alicloud\//, homes: ["provider/transport"] },
  { name: /^@pulumi\//, homes: ["provider/pulumi", "provider/plugin", "provider/index.ts"] },
  { name: /^(@grpc\/|google-protobuf\/)/, homes: ["provider/plugin"] },
  { name: /^(commander|cli-progress|string-width)$/, homes: ["provider/cli"] },
  { name: /^yaml$/, homes: ["provider/cli/config"] },
  { name: /^leven$/, homes: ["provider/gate/closest-name.ts"] },
  { name: /^(saxes|picomatch)$/, homes: ["provider/gate/url-sources"] },
];

interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly code: string;
}

/** Takes comments out, so that what they speak of is no code. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|[^:"'`])\/\/.*$/gm, "$1");
}

function sourcesUnder(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return {
        path: relative(ROOT, file).split(sep).join("/"),
        code: withoutComments(readFileSync(file, "utf8")),
      };
    });
}

/** What a source imports: packages by name, files by their path from the root. */
function importsOf(source: Source): string[] {
  const pattern =
    /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\brequire\s*\(\s*)(["'])([\w@./:-]+)\1|\bjest\.mock\(["']([^"']+)["']/g;
  return [...source.code.matchAll(pattern)].map((match) => {
    const name = match[2] ?? match[3] ?? "";
    return name.startsWith(".") ? posix.join(posix.dirname(source.path), name) : name;
  });
}

/** `core`, `wire`, …, `emulator`, or `index` and `executable` for the entries. */
function partOf(path: string): string {
  const [top, folder] = path.split("/");
  if (top === "emulator") return "emulator";
  if (top !== "provider") return "outside";
  return folder?.replace(/\.ts$/, "") ?? "index";
}

/** Why a part of the tree may not import another; `undefined` where it may. */
function whyForbidden(from: string, to: string): string | undefined {
  if (from === to) return undefined;
  const fromLayer = LAYERS.indexOf(from as (typeof LAYERS)[number]);
  const toLayer = LAYERS.indexOf(to as (typeof LAYERS)[number]);
  const isFront = (FRONTS as readonly string[]).includes(from);
  if (to === "outside") return "provider/ and emulator/ import nothing from the rest of the repository";
  if (from === "emulator") {
    return to === "wire"
      ? undefined
      : "the emulator shares only the wire's words; what it needs belongs in provider/wire, or it needs its own";
  }
  if (to === "emulator") {
    return from === "cli" ? undefined : "only the command line starts the emulator; move it to provider/cli";
  }
  if (to === WORDING) {
    return TALKS.includes(from)
      ? undefined
      : "only fronts make text of facts; give them a fact (provider/core), and word it in provider/wording";
  }
  if (from === WORDING) {
    return to === "core"
      ? undefined
      : "the wording knows the core's facts alone; what it needs belongs in provider/core";
  }
  if (from === "index") {
    return to === "pulumi" || to === "resources"
      ? undefined
      : "the package's entry re-exports provider/pulumi; move it there";
  }
  if (from === "executable") {
    const isCalled = to === "core" || (FRONTS as readonly string[]).includes(to);
    return isCalled ? undefined : "the executable's entry picks a front; do its work there";
  }
  if (isFront) {
    if (to === "resources" && !PULUMI_FRONTS.includes(from))
      return "provider/resources is of Pulumi's fronts; what others need of it belongs in provider/gate";
    return toLayer >= 0
      ? undefined
      : `fronts know no other front; what ${from} and ${to} share belongs in provider/gate`;
  }
  if (fromLayer < 0) return `provider/${from} is no part that DESIGN names; add it to this test's layers`;
  return toLayer >= 0 && toLayer < fromLayer
    ? undefined
    : `arrows point from ${LAYERS.join(" ← ")} ← fronts; what provider/${from} needs belongs in provider/${from} or below it`;
}

function whyPackageForbidden(path: string, name: string): string | undefined {
  if (path.startsWith("provider/core/") && !(path === "provider/core/zod.ts" && name === "zod")) {
    return "the core imports itself and zod (by provider/core/zod.ts); what needs more belongs in provider/transport or a front";
  }
  if (path.startsWith("emulator/") && name !== "zod" && !name.startsWith("node:")) {
    return "the emulator needs node: and zod only";
  }
  if (path.startsWith("provider/wire/") && name !== "node:crypto") {
    return "the wire is data and signatures; a call belongs in provider/transport";
  }
  const rule = PACKAGE_HOMES.find((candidate) => candidate.name.test(name));
  const isHome = rule?.homes.some((home) => path === home || path.startsWith(`${home}/`)) ?? true;
  return isHome ? undefined : `${name} belongs in ${rule?.homes.join(" or ")}`;
}

function importFaults(source: Source): string[] {
  return importsOf(source).flatMap((imported) => {
    const isFile =
      /^(provider|emulator|test|scripts|bench|examples|docs)\//.test(imported) || imported.startsWith("..");
    const why = isFile
      ? whyForbidden(partOf(source.path), partOf(imported))
      : whyPackageForbidden(source.path, imported);
    return why === undefined ? [] : [`${source.path} imports ${imported}: ${why}.`];
  });
}

/** Words that bring time, chance, the environment or the network into the core. */
const IMPURE_WORDS: readonly RegExp[] = [
  /\bprocess\b(?=\s*[.[])/,
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /\bDate\(\s*\)/,
  /\bMath\.random\b/,
  /\bperformance\b(?=\s*\.)(?!\.md)/,
  /\b(setTimeout|setInterval|setImmediate|queueMicrotask|fetch)\s*\(/,
  /\bglobalThis\b/,
  /\bcrypto\b(?=\s*\.)/,
  /\b(console|Buffer)\b(?=\s*\.)/,
];

function purityFaults(source: Source): string[] {
  return IMPURE_WORDS.flatMap((word) => {
    const found = word.exec(source.code);
    return found
      ? [
          `${source.path} uses ${found[0]}: the core is pure; take it as an argument from provider/gate or above.`,
        ]
      : [];
  });
}

function exportFaults(source: Source): string[] {
  return [
    ...(/\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/.test(source.code)
      ? [`${source.path} has a default export; name it.`]
      : []),
    ...(/\bexport\s+(type\s+)?\*/.test(source.code)
      ? [`${source.path} has an export *; list what it exports.`]
      : []),
  ];
}

/** The sources that a source imports, for types alone too. */
function importedSources(source: Source, byPath: ReadonlyMap<string, Source>): Source[] {
  return importsOf(source).flatMap((name) => {
    const found = [name, `${name}.ts`, `${name}/index.ts`].find((path) => byPath.has(path));
    return found === undefined ? [] : [byPath.get(found)!];
  });
}

/** Groups of sources that import one another, each group in the order of the names (Tarjan's algorithm). */
function circlesIn(sources: readonly Source[]): string[][] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reachedAs = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const circles: string[][] = [];
  const visit = (source: Source): void => {
    reachedAs.set(source.path, reachedAs.size);
    lowest.set(source.path, reachedAs.get(source.path)!);
    path.push(source.path);
    for (const imported of importedSources(source, byPath)) {
      if (!reachedAs.has(imported.path)) visit(imported);
      // One that is off the path belongs to a group that is complete.
      if (!path.includes(imported.path)) continue;
      lowest.set(source.path, Math.min(lowest.get(source.path)!, lowest.get(imported.path)!));
    }
    if (lowest.get(source.path) !== reachedAs.get(source.path)) return;
    const group = path.splice(path.indexOf(source.path));
    if (group.length > 1) circles.push(group.toSorted());
  };
  for (const source of sources) if (!reachedAs.has(source.path)) visit(source);
  return circles;
}

const product = [...sourcesUnder("provider"), ...sourcesUnder("emulator")];

test("imports follow the arrows and packages stay where they belong", () => {
  expect(product.length).toBeGreaterThan(40);
  expect(product.flatMap(importFaults)).toEqual([]);
});

test("no sources import one another in a circle, not even for types", () => {
  const all = [...product, ...["bench", "examples", "test"].flatMap(sourcesUnder)];
  expect(all.length).toBeGreaterThan(product.length + 100);
  expect(circlesIn(all)).toEqual([]);
});

test.each<[string, Record<string, string>, string[][]]>([
  ["none", { "a.ts": 'import { b } from "./b";', "b.ts": 'import { join } from "node:path";' }, []],
  [
    "one of types alone",
    { "a.ts": 'import type { B } from "./b";', "b.ts": 'import { type A } from "./a";' },
    [["p/a.ts", "p/b.ts"]],
  ],
  [
    "one through an index, a re-export and a require",
    {
      "a.ts": 'export { c } from "./c";',
      "b.ts": 'const a = require("./a");',
      "c/index.ts": 'import { b } from "../b.ts";',
    },
    [["p/a.ts", "p/b.ts", "p/c/index.ts"]],
  ],
  [
    "two beside one another",
    {
      "a.ts": 'import "./b"; import "./c";',
      "b.ts": 'import "./a";',
      "c.ts": 'import "./d";',
      "d.ts": 'import "./c"; import "./e";',
      "e.ts": "",
    },
    [
      ["p/c.ts", "p/d.ts"],
      ["p/a.ts", "p/b.ts"],
    ],
  ],
])("circles are found as they should be: %s", (_name, files, expected) => {
  const sources = Object.entries(files).map(([name, code]) => ({ path: `p/${name}`, code }));
  expect(circlesIn(sources)).toEqual(expected);
});

test("the core knows no time, chance, environment or network", () => {
  const core = product.filter((source) => source.path.startsWith("provider/core/"));
  expect(core.length).toBeGreaterThan(10);
  expect(core.flatMap(purityFaults)).toEqual([]);
});

test("nothing is exported by default or as a star", () => {
  expect(product.flatMap(exportFaults)).toEqual([]);
});

test("the version in the code is the package's own", () => {
  expect(VERSION).toBe(packageJson.version);
});

test("what the sources import is declared in package.json", () => {
  const declared = [
    ...Object.keys(packageJson.dependencies),
    ...Object.keys(packageJson.peerDependencies),
    packageJson.name,
  ];
  const undeclared = product.flatMap((source) => {
    const known = source.path.startsWith(BUNDLED)
      ? [...declared, ...Object.keys(packageJson.devDependencies)]
      : declared;
    return importsOf(source)
      .filter((name) => !/^(provider|emulator|\.\.|node:)/.test(name))
      .filter((name) => !known.some((one) => name === one || name.startsWith(`${one}/`)))
      .map((name) => `${source.path} imports ${name}`);
  });
  expect(undeclared).toEqual([]);
  expect(packageJson.files).toContain(`!dist/${BUNDLED.slice(0, -1)}`);
});

test.each<[string, string, string, string | undefined]>([
  [
    "the core importing the wire",
    "provider/core/x.ts",
    'import { a } from "../wire/limits";',
    "belongs in provider/core",
  ],
  [
    "the core importing node:fs",
    "provider/core/x.ts",
    'import { a } from "node:fs";',
    "the core imports itself and zod",
  ],
  [
    "a core's file importing zod whole",
    "provider/core/x.ts",
    'import { z } from "zod";',
    "the core imports itself and zod (by provider/core/zod.ts)",
  ],
  ["the core's module of zod", "provider/core/zod.ts", 'export { string } from "zod";', undefined],
  [
    "a schema importing zod whole",
    "provider/gate/x.ts",
    'import { z } from "zod";',
    "zod belongs in provider/core/zod.ts or emulator",
  ],
  ["the wire importing the core", "provider/wire/x.ts", 'import { a } from "../core/errors";', undefined],
  [
    "the gate importing a front",
    "provider/gate/x.ts",
    'import { a } from "../pulumi/inputs";',
    "belongs in provider/gate",
  ],
  [
    "the gate importing undici",
    "provider/gate/x.ts",
    'import { Agent } from "undici";',
    "undici belongs in provider/transport",
  ],
  [
    "the gate importing what the Pulumi fronts share",
    "provider/gate/x.ts",
    'import { a } from "../resources/inputs";',
    "belongs in provider/gate",
  ],
  [
    "the cli importing what the Pulumi fronts share",
    "provider/cli/x.ts",
    'import { a } from "../resources/inputs";',
    "belongs in provider/gate",
  ],
  [
    "what the Pulumi fronts share importing the SDK",
    "provider/resources/x.ts",
    'import * as p from "@pulumi/pulumi";',
    "@pulumi/pulumi belongs in provider/pulumi",
  ],
  [
    "what the Pulumi fronts share importing gRPC",
    "provider/resources/x.ts",
    'import { Metadata } from "@grpc/grpc-js";',
    "@grpc/grpc-js belongs in provider/plugin",
  ],
  [
    "the dynamic front importing the plugin",
    "provider/pulumi/x.ts",
    'import { a } from "../plugin/server";',
    "fronts know no other front",
  ],
  [
    "the plugin importing what the Pulumi fronts share",
    "provider/plugin/x.ts",
    'import { a } from "../resources/inputs";',
    undefined,
  ],
  [
    "pulumi importing the cli",
    "provider/pulumi/x.ts",
    'import { a } from "../cli/main";',
    "share belongs in provider/gate",
  ],
  [
    "the cli importing pulumi",
    "provider/cli/x.ts",
    'import { a } from "../pulumi/inputs";',
    "share belongs in provider/gate",
  ],
  [
    "the cli importing @pulumi/pulumi",
    "provider/cli/x.ts",
    'import * as p from "@pulumi/pulumi";',
    "@pulumi/pulumi belongs in provider/pulumi",
  ],
  ["the cli starting the emulator", "provider/cli/x.ts", 'require("../../emulator/main")', undefined],
  [
    "pulumi starting the emulator",
    "provider/pulumi/x.ts",
    'await import("../../emulator/main")',
    "only the command line starts the emulator",
  ],
  [
    "the emulator importing the client",
    "emulator/x.ts",
    'import { a } from "../provider/client/cdn-client";',
    "shares only the wire's words",
  ],
  [
    "the emulator importing the core",
    "emulator/operations/x.ts",
    'import { a } from "../../provider/core/errors";',
    "shares only the wire's words",
  ],
  [
    "the emulator importing the wire",
    "emulator/operations/x.ts",
    'export { a } from "../../provider/wire/limits";',
    undefined,
  ],
  [
    "the gate making text",
    "provider/gate/x.ts",
    'import { ENGLISH } from "../wording/english/english";',
    "only fronts make text of facts",
  ],
  ["a front making text", "provider/cli/x.ts", 'import { Wording } from "../wording/wording";', undefined],
  [
    "the wording importing the gate",
    "provider/wording/x.ts",
    'import type { Outcome } from "../gate/outcome";',
    "the wording knows the core's facts alone",
  ],
  [
    "the wording importing a fact",
    "provider/wording/x.ts",
    'import type { A } from "../core/notices";',
    undefined,
  ],
  [
    "the code front importing the cli",
    "provider/code/x.ts",
    'import { a } from "../cli/main";',
    "fronts know no other front",
  ],
  [
    "a comment that speaks of an import",
    "provider/core/x.ts",
    '// see import { a } from "undici"',
    undefined,
  ],
  [
    "a test's file in the product",
    "provider/gate/x.ts",
    'import { a } from "../../test/gate/fake";',
    "import nothing from the rest",
  ],
])("the arrows are checked as they should be: %s", (_name, path, text, expected) => {
  const faults = importFaults({ path, code: withoutComments(text) });
  if (expected === undefined) expect(faults).toEqual([]);
  else expect(faults.join("\n")).toContain(expected);
});

test("a front's files lie where the tree says, so that the rules above see them", () => {
  const parts = new Set(product.map((source) => partOf(source.path)));
  const known = [...LAYERS, ...FRONTS, WORDING, "emulator", "index", "executable"];
  expect([...parts].filter((part) => !known.includes(part as never))).toEqual([]);
});
