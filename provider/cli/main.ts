#!/usr/bin/env node
/**
 * The command line's entry. Loads little, so that `--help` is there at once: each command loads what it needs
 * when it runs, and what is compiled is kept for the next start.
 */
import { enableCompileCache } from "node:module";

enableCompileCache();
// Required and not imported, so that it is compiled after that.
void (require("./run-command-line") as typeof import("./run-command-line")).runCommandLine(process.argv);
