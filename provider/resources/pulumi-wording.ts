import { ENGLISH } from "../wording/english/english";
import type { FrontNames } from "../wording/reader";
import { Wording } from "../wording/wording";

/**
 * The words of a deployment: the engine keeps the state by itself.
 *
 * @param front what the host calls its inputs and settings.
 */
export function pulumiWording(
  front: FrontNames,
  { urlsAreSecret }: { readonly urlsAreSecret: boolean } = { urlsAreSecret: false },
): Wording {
  return new Wording(ENGLISH, { front, memory: { kind: "state" }, urlsAreSecret });
}
