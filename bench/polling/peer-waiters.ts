import { createHttpPoller } from "@azure/core-lro";
import { createWaiter, WaiterState } from "@smithy/util-waiter";
import { VirtualClock } from "../../test/support/virtual-clock";
import { runWithPlatformTimers } from "../simulation/platform-timers";
import { SeededRandom } from "../simulation/seeded-random";
import type { SimulatedTask } from "../simulation/task-families";
import type { Watched } from "./watch-one";

/** Waits until `poll` says that the task has ended. */
type PeerWaiter = (poll: () => boolean) => Promise<unknown>;

/** The code of the Smithy clients (AWS and others), with the delays that its defaults name: 2 s to 120 s. */
export const smithyWaiter: PeerWaiter = (poll) =>
  createWaiter({ client: {}, minDelay: 2, maxDelay: 120, maxWaitTime: 86_400 }, {}, async () => ({
    state: poll() ? WaiterState.SUCCESS : WaiterState.RETRY,
  }));

/** The code of the Azure clients; they poll every two seconds where the service does not say how often. */
export const azurePoller: PeerWaiter = async (poll) => {
  const answer = (statusCode: number, status: string) => ({
    flatResponse: {},
    rawResponse: {
      statusCode,
      headers: { "operation-location": "https://service.example.com/operations/1" },
      body: { status },
      request: { method: "PUT", url: "https://service.example.com/things/1" },
    },
  });
  const poller = createHttpPoller(
    {
      sendInitialRequest: async () => answer(202, "Running"),
      sendPollRequest: async () => answer(200, poll() ? "Succeeded" : "Running"),
    },
    { skipFinalGet: true },
  );
  return poller.pollUntilDone();
};

/** Lets a peer's own code watch tasks, side by side on a virtual clock. */
export async function watchByPeer(tasks: readonly SimulatedTask[], waiter: PeerWaiter): Promise<Watched[]> {
  const time = new VirtualClock({ maxTimers: Number.POSITIVE_INFINITY });
  const { random } = Math;
  const seeded = new SeededRandom(1);
  Math.random = () => seeded.next();
  try {
    return await runWithPlatformTimers(time, () =>
      Promise.all(
        tasks.map(async (task) => {
          const endsAtMs = time.nowMs() + task.durationMs;
          let calls = 0;
          await waiter(() => {
            calls += 1;
            return time.nowMs() >= endsAtMs;
          });
          return { calls, lagMs: time.nowMs() - endsAtMs };
        }),
      ),
    );
  } finally {
    Math.random = random;
  }
}
