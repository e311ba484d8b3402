/** Where this package's repository lies; a test compares it with package.json. */
export const REPOSITORY = "https://github.com/OWNER/cdn-preload-gate";

/** Its owner, until the project has an address. */
const PLACEHOLDER = "OWNER";

/** What the schema says of the repository. */
export interface RepositoryOfSchema {
  readonly homepage?: string;
  readonly repository?: string;
  /** The engine downloads a plugin that is not installed from there: from the release of the version. */
  readonly pluginDownloadURL?: string;
}

/**
 * Nothing while a placeholder stands in for the owner: the engine runs what it downloads, and an account of that name
 * could offer it something else.
 */
export function repositoryOfSchema(repository: string): RepositoryOfSchema {
  const path = new URL(repository).pathname;
  if (path.startsWith(`/${PLACEHOLDER}/`)) return {};
  return { homepage: repository, repository, pluginDownloadURL: `github://api.github.com${path}` };
}
