const DYNAMIC_TYPE = "pulumi-nodejs:dynamic/";

/**
 * Picks the relevant part of the engine's output: the rows of the gate and its dependents, and why the gate failed.
 * The engine prints a failure on the resource's row, on the stack's row and under Diagnostics. It is shown once.
 *
 * @returns a function that takes the lines one by one
 */
export function createEngineFilter(show: (line: string) => void): (line: string) => void {
  let part: "rows" | "diagnostics" | "stackDiagnostics" | "rest" = "rows";
  return (line) => {
    if (/^Diagnostics:/.test(line)) part = "stackDiagnostics";
    else if (/^(Outputs|Resources|Duration):/.test(line)) part = "rest";
    else if (part !== "rows" && part !== "rest" && /^ {2}\S/.test(line)) {
      part = /^ {2}pulumi:pulumi:Stack/.test(line) ? "stackDiagnostics" : "diagnostics";
    }
    if (part === "rows" && isTellingRow(line)) show(shortened(line));
    if (part === "diagnostics" && line.trim() !== "")
      show(line.replace(DYNAMIC_TYPE, "").replaceAll("\t", "  "));
  };
}

function shortened(line: string): string {
  return (
    line
      .replace(DYNAMIC_TYPE, "")
      .replace(/\[diff: [^\]]*\];? ?/, "")
      // The engine repeats the last status on this line.
      .replace(/ (created|updated) (\([\d.]+s\)) .*/, " $1 $2")
      .trimEnd()
  );
}

function isTellingRow(line: string): boolean {
  if (/^\^C received/.test(line)) return true;
  if (/ submitting \d+ URLs? in /.test(line)) return false;
  if (!/^ .{2} +(pulumi-nodejs:|pulumi:index:)/.test(line)) return false;
  // The next line of this row says that it failed.
  return !/ (creating|updating) \([\d.]+s\) ?(\[diff: [^\]]*\];? ?)?(error: .*)?$/.test(line);
}
