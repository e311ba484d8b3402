import { dirname, join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "../..");
/** What the types of the resources' inputs and of a session are made from; all else is of no matter to them. */
const SOURCES = [
  "provider/pulumi/resource-args.ts",
  "provider/core/options/settings.ts",
  "provider/gate/session.ts",
  "provider/transport/identity.ts",
];

let program: ts.Program | undefined;

/** What an editor shows of each member of a type, also of one that is made from others: its name and its comment. */
export function memberDocs(file: string, name: string): Map<string, string> {
  program ??= createProgram();
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(ROOT, file));
  const module = source && checker.getSymbolAtLocation(source);
  const symbol = module && checker.getExportsOfModule(module).find((exported) => exported.name === name);
  if (!symbol) throw new Error(`${file} exports no ${name}.`);
  const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
  return new Map(
    members.map((member) => [
      member.name,
      ts.displayPartsToString(member.getDocumentationComment(checker)).replace(/\s+/g, " "),
    ]),
  );
}

function createProgram(): ts.Program {
  const files = SOURCES.map((path) => join(ROOT, path));
  const options: ts.CompilerOptions = { strict: true, types: [] };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (names, from) =>
    names.map(({ text }) => {
      const path = `${join(dirname(from), text)}.ts`;
      const isKnown = text.startsWith(".") && files.includes(path);
      return { resolvedModule: isKnown ? { resolvedFileName: path, extension: ts.Extension.Ts } : undefined };
    });
  return ts.createProgram(files, options, host);
}

/** The comment of a node for editors, on one line. */
export function docOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node);
  return (ts.getTextOfJSDocComment(doc?.comment) ?? "").replace(/\s+/g, " ");
}
