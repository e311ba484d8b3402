import { PLUGIN } from "./platforms.mjs";

/** What both start: the bundle, beside them. */
export const BUNDLE = `${PLUGIN}.js`;
/** The variable by which the bundle learns its name: see `provider/executable.ts`. */
const CALLED_BY = "CDN_PRELOAD_GATE_CALLED_BY";

/**
 * What the engine starts where the plugin is a bundle: a script for POSIX shells and one for Windows, each under the
 * name that the engine looks for there. Each hands on by what name it was called, which picks the front. An old Node is
 * told by the bundle; that there is none only they can tell.
 *
 * @param {string} oldestNode such as `22.19.0`
 * @returns {Record<string, string>} texts by file name
 */
export function startScripts(oldestNode) {
  const [major, minor] = oldestNode.split(".");
  const message =
    `error: ${PLUGIN} needs Node ${major}.${minor} or later, and there is no node on PATH. Install Node ` +
    "(https://nodejs.org), or install the plugin's archive for your platform: that one needs no Node.";
  const posix = [
    "#!/bin/sh",
    'self=$0; if [ -L "$self" ]; then self=$(readlink -f "$self"); fi',
    "if ! command -v node >/dev/null 2>&1; then",
    `  echo "${message}" >&2`,
    "  exit 2",
    "fi",
    `export ${CALLED_BY}="\${0##*/}"`,
    `exec node "\${self%/*}/${BUNDLE}" "$@"`,
    "",
  ];
  const windows = [
    "@echo off",
    "setlocal",
    "where /q node",
    "if errorlevel 1 (",
    // A parenthesis would end the block.
    `  echo ${message.replaceAll(/[()]/g, "^$&")} 1>&2`,
    "  exit /b 2",
    ")",
    `set "${CALLED_BY}=%~n0"`,
    `node "%~dp0${BUNDLE}" %*`,
    "",
  ];
  return { [PLUGIN]: posix.join("\n"), [`${PLUGIN}.cmd`]: windows.join("\r\n") };
}
