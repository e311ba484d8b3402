import type { ResourceKind } from "../resources/resource-call";

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
    throw new Error(
      `${token} is no resource of this plugin; there are ${Object.values(TYPE_TOKENS).join(" and ")}.`,
    );
  }
  return kind;
}
