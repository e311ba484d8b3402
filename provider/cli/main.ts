#!/usr/bin/env node
/**
 * The command line's entry. Loads little, so that `--help` is there at once: each command loads what it needs
 * when it runs.
 */
import { runCommandLine } from "./run-command-line";

void runCommandLine(process.argv);
