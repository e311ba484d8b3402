import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./documents";

/** What stands for a value in a message. */
const HOLE = "…";

/** The texts of the catalogue in a language, with a hole where they take a value. */
export function catalogueTexts(language: "english" | "chinese"): string[] {
  const folder = join(ROOT, "provider/wording", language);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => textsIn(readFileSync(join(folder, file), "utf8")));
}

/** The texts in code. */
export function textsIn(code: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push(node.head.text + node.templateSpans.map(({ literal }) => HOLE + literal.text).join(""));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("catalogue.ts", code, ts.ScriptTarget.Latest, true));
  return texts;
}

/** Whether a text has the pieces of a message, one after the other. A hole can also be the start or the end. */
export function has(text: string, message: string): boolean {
  let from = 0;
  return message
    .split(HOLE)
    .filter((piece) => piece.trim() !== "")
    .every((piece) => {
      const at = text.indexOf(piece, from);
      from = at + piece.length;
      return at >= 0;
    });
}
