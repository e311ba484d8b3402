import { join } from "node:path";
import { cacheFolder } from "./cache-folder.mjs";
import { providePackage } from "./npm-package.mjs";

/**
 * The types of the Alibaba Cloud provider, against which the programs in the documentation are compiled. The package is
 * 150 MB, most of it code that no test runs.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {import("./npm-package.mjs").CachedPackage}
 */
export function alicloudTypes(env) {
  const version = "3.108.0";
  const folder = join(cacheFolder(env), "alicloud-types", version);
  return {
    name: "@pulumi/alicloud",
    version,
    integrity:
      "sha512-2/vDHOE5Jqhe1tiY/5cpRl/qG72hLBgaAa2mvIaeEUCmy2nx68b7yGCTZ4oCvMvWct40MfhvWaCesywXyfI1lw==",
    files: /^package\/(package\.json|.*\.d\.ts)$/,
    folder,
    proof: join(folder, "index.d.ts"),
  };
}

/**
 * @param {{ root: string, env: NodeJS.ProcessEnv, progress: import("./progress.mjs").Progress }} options
 */
export function provideAlicloudTypes(options) {
  return providePackage(alicloudTypes(options.env), options);
}
