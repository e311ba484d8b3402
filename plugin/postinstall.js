// A release's tag holds the bundle. Anywhere else it is made here, with the repository's own tools: once, for minutes.
const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

if (!existsSync(join(__dirname, "dist"))) {
  const run = join(__dirname, "../scripts/run.mjs");
  const { status, error } = spawnSync(process.execPath, [run, "bundle", "plugin"], { stdio: "inherit" });
  if (error) throw error;
  process.exitCode = status ?? 1;
}
