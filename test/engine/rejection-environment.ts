import type { Circus } from "@jest/types";
import { TestEnvironment } from "jest-environment-node";

/**
 * The environment of tests whose program is refused: by a gate's `passed`, or by a resource that fails while
 * the program goes on. The SDK lets promises of such outputs go unhandled, and the Automation API listens for
 * them to end the program with their message. Jest takes them first; here they are passed on to who listens
 * in the test. Without a listener they fail the test, as ever.
 *
 * Named in a test file's first comment: `@jest-environment ./test/engine/rejection-environment.ts`.
 */
// biome-ignore lint/style/noDefaultExport: jest takes the default export
export default class RejectionEnvironment extends TestEnvironment {
  handleTestEvent(event: Circus.SyncEvent | Circus.AsyncEvent): void {
    if (event.name !== "error" || !event.promise) return;
    const { process } = this.global;
    if (process.emit("unhandledRejection", event.error, event.promise)) event.promise.catch(() => undefined);
  }
}
