import * as z from "../../core/zod";
import { urlsFromFolder } from "../../gate/url-sources/folder";
import { urlsFromSitemap } from "../../gate/url-sources/sitemap";
import { hashFiles } from "../../resources/hash-files";
import { functionOf } from "./plugin-function";

// Paths are relative to the Pulumi project's folder, where the engine starts the plugin.
const path = z.string("must be a path").min(1, "must be a path");
const globs = z.array(z.string("must be a glob"), "must be a list of globs").optional();

/** The URLs of all files under a folder. */
export const urlsOfFolder = functionOf(
  z.object({ folder: path, base: z.string("must be a URL"), include: globs, exclude: globs }),
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
