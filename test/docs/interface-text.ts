import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const BIOME = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
/** So that a comment with its indentation and its stars is as wide as code may be. */
const COMMENT_WIDTH = 100;

/** A member of an interface, as its source has it. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly isMutable?: boolean;
  /** What an editor shows. */
  readonly doc?: string | undefined;
}

/** The source of an interface that says all in plain words, for users' compilers and editors. */
export function interfaceText(name: string, doc: string, members: readonly Member[]): string {
  return [`${comment(doc)}export interface ${name} {`, ...members.map(memberText), "}\n"].join("\n");
}

function memberText({ name, type, isOptional, isMutable, doc }: Member): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const modifier = isMutable ? "" : "readonly ";
  return `${comment(doc)}${modifier}${key}${isOptional ? "?" : ""}: ${type};`;
}

/** A comment for editors, on one line where it fits. */
export function comment(text: string | undefined): string {
  if (text === undefined) return "";
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length >= COMMENT_WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.length === 1
    ? `/** ${lines[0]} */\n`
    : `/**\n${lines.map((line) => ` * ${line}\n`).join("")} */\n`;
}

/** Compares a source file with what is made of other code; with UPDATE_DOCS=1 in the environment it is written instead. */
export function expectSource(file: string, text: string): void {
  const formatted = spawnSync(process.execPath, [BIOME, "format", `--stdin-file-path=${file}`], {
    cwd: ROOT,
    input: text,
    encoding: "utf8",
  });
  if (formatted.status !== 0) throw new Error(`What is made of ${file} is no source:\n${formatted.stderr}`);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(join(ROOT, file), formatted.stdout);
  expect(readFileSync(join(ROOT, file), "utf8")).toBe(formatted.stdout);
}
