import { problem } from "../../core/problems";
import * as z from "../../core/zod";
import { urlsFromFolder } from "../../gate/url-sources/folder";
import { urlsFromSitemap } from "../../gate/url-sources/sitemap";
import { hashFiles } from "../../resources/hash-files";
import { functionOf } from "./plugin-function";

// Paths are relative to the Pulumi project's folder, where the engine starts the plugin.
const path = z.string(problem("notAPath")).min(1, problem("notAPath"));
const globs = z.array(z.string(problem("notAGlob")), problem("notGlobs")).optional();

/** The URLs of all files under a folder. */
export const urlsOfFolder = functionOf(
  z.object({ folder: path, base: z.string(problem("notAUrl")), include: globs, exclude: globs }),
  ({ folder, ...options }) => ({ urls: urlsFromFolder(folder, options) }),
);

/** The URLs of a sitemap file. */
export const urlsOfSitemap = functionOf(z.object({ file: path }), ({ file }) => ({
  urls: urlsFromSitemap(file),
}));

/** A digest of all files under a folder: a value for `triggers`. */
export const hashFilesUnder = functionOf(z.object({ folder: path }), ({ folder }) => ({
  hash: hashFiles(folder),
}));
