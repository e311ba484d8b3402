import { pulumiWording } from "../resources/pulumi-wording";
import type { ResourceKind } from "../resources/resource-call";
import { PLUGIN_NAMES } from "../wording/front-names";

/** The plugin's name, which all its tokens and its config begin with. */
export const PACKAGE = "alicdn";

/** The type tokens of the two resources. */
export const TYPE_TOKENS: Readonly<Record<ResourceKind, string>> = {
  Preload: "alicdn:index:Preload",
  PreloadGate: "alicdn:index:PreloadGate",
};

/** Which resource a type token is of. @throws Error where it is none. */
export function kindOfToken(token: string): ResourceKind {
  const kind = (Object.keys(TYPE_TOKENS) as ResourceKind[]).find((name) => TYPE_TOKENS[name] === token);
  if (kind === undefined) {
    const tokens = Object.values(TYPE_TOKENS);
    throw new Error(pulumiWording(PLUGIN_NAMES).pulumiFault({ kind: "unknownResource", token, tokens }));
  }
  return kind;
}
