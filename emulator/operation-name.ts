import { CALLS_PER_SECOND, type OperationName } from "../provider/wire/limits";

/** The operations that the emulator serves. */
export const OPERATION_NAMES = Object.keys(CALLS_PER_SECOND) as [OperationName, ...OperationName[]];

/** Whether a request's action is one of them. */
export function isOperationName(action: string): action is OperationName {
  return Object.hasOwn(CALLS_PER_SECOND, action);
}
