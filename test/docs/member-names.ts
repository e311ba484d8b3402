import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  createSourceFile,
  forEachChild,
  isClassDeclaration,
  isInterfaceDeclaration,
  type Node,
  ScriptTarget,
} from "typescript";

const ROOT = join(__dirname, "../..");

/** The names of what an interface or a class declares, but for constructors, private and internal parts. */
export function memberNames(file: string, name: string): string[] {
  const source = createSourceFile(
    file,
    readFileSync(join(ROOT, file), "utf8"),
    ScriptTarget.ESNext,
    /* setParentNodes */ true,
  );
  const names: string[] = [];
  forEachChild(source, (node: Node) => {
    if (!(isInterfaceDeclaration(node) || isClassDeclaration(node)) || node.name?.text !== name) return;
    for (const member of node.members) {
      const memberName = member.name?.getText(source);
      const isInternal = /@internal/.test(member.getFullText(source));
      if (memberName !== undefined && !memberName.startsWith("#") && !isInternal) names.push(memberName);
    }
  });
  if (names.length === 0) throw new Error(`${file} declares no ${name}.`);
  return names;
}
