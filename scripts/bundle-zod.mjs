// Part of the build: dist/provider/core/zod.js contains only the parts of zod that provider/core/zod.ts names. It bundles
// the source, because unused parts can only be found in ES modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { BUNDLE_SAYS } from "./build.mjs";

const [root = "."] = process.argv.slice(2);
const ofProject = createRequire(join(root, "package.json"));
/** @type {typeof import("esbuild")} */
const esbuild = ofProject("esbuild");
const licence = readFileSync(join(root, "node_modules", "zod", "LICENSE"), "utf8");

try {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [join("provider", "core", "zod.ts")],
    outfile: join("dist", "provider", "core", "zod.js"),
    bundle: true,
    platform: "node",
    target: "node22",
    banner: { js: `/*\n${BUNDLE_SAYS}\n\n${licence.trim()}\n*/` },
    logLevel: "warning",
  });
} catch {
  // The bundler has printed the error.
  process.exitCode = 1;
}
