import { GateError } from "../core/errors";
import { ENGLISH } from "../wording/english/english";
import { CODE_NAMES } from "../wording/front-names";
import { Wording } from "../wording/wording";

/** The words of a program that imports the gate: it names options, and keeps the state itself. */
export function codeWording(
  options: { readonly urlsAreSecret: boolean } = { urlsAreSecret: false },
): Wording {
  return new Wording(ENGLISH, { front: CODE_NAMES, memory: { kind: "state" }, ...options });
}

/**
 * Gives a failure its message for people; its stack keeps the technical line.
 *
 * @returns the same error.
 */
export function told<E>(error: E, wording: Wording = codeWording()): E {
  if (error instanceof GateError) error.message = wording.failure(error);
  return error;
}

/** Runs something that fails in words. */
export async function inWords<T>(work: () => Promise<T>, wording?: Wording): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw told(error, wording);
  }
}

/** As {@link inWords}, at once. */
export function inWordsNow<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw told(error);
  }
}
