// node type-errors.mjs COMPILER PROJECT COMBINATIONS: prints as JSON, for each combination of compiler options and files,
// the errors in these files and in this package's own types. Other packages' types are loaded and not checked: older
// compilers cannot read all of them, whatever this package says.
import { createRequire } from "node:module";
import { join } from "node:path";

const [compiler = "", project = "", combinations = "[]"] = process.argv.slice(2);
/** @type {typeof import("typescript")} */
const ts = createRequire(import.meta.url)(compiler);

/** @param {{ options: object, files: string[] }} combination */
function errorsOf({ options, files }) {
  const parsed = ts.convertCompilerOptionsFromJson(
    { strict: true, target: "es2022", noEmit: true, types: ["node"], ...options },
    project,
  );
  const program = ts.createProgram(
    files.map((file) => join(project, file)),
    parsed.options,
  );
  const own = program
    .getSourceFiles()
    .filter(({ fileName }) => !/node_modules\/(?!cdn-preload-gate\/)/.test(fileName));
  const found = own.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  return [...parsed.errors, ...program.getOptionsDiagnostics(), ...found].map(
    ({ file, start = 0, messageText, code }) => {
      const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      return `${file?.fileName}:${line} TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    },
  );
}

console.log(JSON.stringify(JSON.parse(combinations).map(errorsOf)));
