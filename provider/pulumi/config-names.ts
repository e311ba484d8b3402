import * as pulumi from "@pulumi/pulumi";
import { OWN_NAMESPACE } from "../resources/unknown-settings";

/**
 * The names in this package's namespace of the stack's config, without it. The program alone can list them: a dynamic
 * provider reads single keys, and would never know of one that is misspelt.
 *
 * @returns `undefined` where the project has the namespace's name: then its program keeps all its own values there.
 */
export function ownConfigNames(): string[] | undefined {
  if (pulumi.getProject() === OWN_NAMESPACE) return undefined;
  const prefix = `${OWN_NAMESPACE}:`;
  const keys = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith(prefix));
  return keys.length > 0 ? keys.map((key) => key.slice(prefix.length)).toSorted() : undefined;
}
