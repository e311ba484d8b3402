import leven from "leven";

/** More edits than this make another name, however long it is. */
const MAX_EDITS = 3;

/** The name that differs least from what was written: in case and separators, or in few letters for its length. */
export function closestName<Name extends string>(written: string, names: readonly Name[]): Name | undefined {
  const letters = lettersOf(written);
  const near = names
    .map((name) => {
      const known = lettersOf(name);
      const mostEdits = Math.min(MAX_EDITS, Math.floor(Math.max(known.length, letters.length) / 3));
      return { name, edits: leven(known, letters), mostEdits };
    })
    .filter(({ edits, mostEdits }) => edits <= mostEdits);
  return near.toSorted((one, other) => one.edits - other.edits)[0]?.name;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, "");
}
