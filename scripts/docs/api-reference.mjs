import { join } from "node:path";
import { Application } from "typedoc";
import { API_MODULES, STAGED } from "./pages.mjs";

/**
 * Writes a page for each module that a program can import, from its types and their comments.
 *
 * @param {string} root
 */
export async function writeApiReference(root) {
  const entryPoints = Object.values(API_MODULES).map((file) => join(root, file));
  const app = await Application.bootstrapWithPlugins({
    entryPoints,
    tsconfig: join(root, "tsconfig.build.json"),
    plugin: ["typedoc-plugin-markdown"],
    logLevel: "Warn",
    // `npm test` has the compiler's errors as a step of its own.
    skipErrorChecking: true,
    readme: "none",
    disableGit: true,
    disableSources: true,
    excludePrivate: true,
    excludeInternal: true,
    excludeExternals: true,
    // A type that the package keeps to itself is shown where it is used.
    validation: { notExported: false },
    outputs: [{ name: "markdown", path: join(root, STAGED, "api") }],
  });
  // Options of the plugin, which TypeDoc's types do not know.
  for (const [name, value] of Object.entries({
    router: "module",
    entryFileName: "index",
    // The site gives a heading another anchor than the links of the plugin have.
    useHTMLAnchors: true,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    parametersFormat: "table",
    propertiesFormat: "table",
    interfacePropertiesFormat: "table",
  }))
    app.options.setValue(/** @type {never} */ (name), /** @type {never} */ (value));
  const project = await app.convert();
  if (project === undefined) throw new Error("TypeDoc could not read the types.");
  nameModules(project, root);
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings())
    throw new Error("The comments of the types have the faults that TypeDoc shows above.");
}

/**
 * A module is called what a program writes to import it, and not what its file is called.
 *
 * @param {import("typedoc").ProjectReflection} project
 * @param {string} root
 */
function nameModules(project, root) {
  for (const module of project.children ?? []) {
    const file = project.getSymbolIdFromReflection(module)?.fileName;
    const [name] = Object.entries(API_MODULES).find(([, entry]) => join(root, entry) === file) ?? [];
    module.name = name ?? module.name;
  }
}
