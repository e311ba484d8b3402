import { getQuota } from "./get-quota";
import { getTask } from "./get-task";
import type { PluginFunction } from "./plugin-function";
import { requirePassed } from "./require-passed";
import { hashFilesUnder, urlsOfFolder, urlsOfSitemap } from "./url-functions";

/** Each function by its token. */
export const FUNCTIONS: Readonly<Record<string, PluginFunction>> = {
  "alicdn:index:getQuota": getQuota,
  "alicdn:index:getTask": getTask,
  "alicdn:index:requirePassed": requirePassed,
  "alicdn:index:urlsFromFolder": urlsOfFolder,
  "alicdn:index:urlsFromSitemap": urlsOfSitemap,
  "alicdn:index:hashFiles": hashFilesUnder,
};
