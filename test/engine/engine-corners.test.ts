import diagnosticsChannel from "node:diagnostics_channel";
import { createServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import type { Progress } from "../../provider/gate";
import { onEngineCancel, openEngineLog } from "../../provider/pulumi/engine-channel";
import type { LogMessage } from "../../provider/resources/engine-log";
import { onEngineDeath } from "../../provider/resources/engine-process";
import { UNKNOWN_VALUE } from "../../provider/resources/inputs";
import { ResourceRow } from "../../provider/resources/resource-row";
import { wordingFor } from "../support/words";
import { until } from "./until";

// What is seen only with an engine (that messages stand on the resource's row, that Cancel arrives) stands in
// `live-progress.test.ts` and `interruption.test.ts`.

test("the value that stands for what is not known yet is the SDK's", () => {
  expect(UNKNOWN_VALUE).toBe(pulumi.runtime.unknownValue);
});

test.each([
  ["no address", ["node", "host.js"]],
  ["no arguments", []],
  ["something else in the address's place", ["node", "host.js", "--flag=value"]],
])(
  "without the engine's address (%s) messages go to standard output, statuses nowhere",
  async (_case, argv) => {
    const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      const log = openEngineLog(argv);
      log.log({ urn: "urn:x", severity: "warning", text: "stays", ephemeral: false });
      log.log({ urn: "urn:x", severity: "info", text: "passes by", ephemeral: true });
      await log.flush();
      expect(write.mock.calls).toEqual([["stays\n"]]);
    } finally {
      write.mockRestore();
    }
  },
);

test("where nothing answers at the engine's address, messages go to standard output", async () => {
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    const log = openEngineLog(["node", "host.js", "127.0.0.1:1"]);
    log.log({ urn: undefined, severity: "info", text: "stays", ephemeral: false });
    await log.flush();
    expect(write.mock.calls).toEqual([["stays\n"]]);
  } finally {
    write.mockRestore();
  }
});

test("a Cancel is told by the stream that Node announces, and no other call is", () => {
  const listener = jest.fn();
  onEngineCancel(listener);
  const channel = diagnosticsChannel.channel("http2.server.stream.created");
  channel.publish({ headers: { ":path": "/pulumirpc.ResourceProvider/Create" } });
  channel.publish({});
  expect(listener).not.toHaveBeenCalled();
  channel.publish({ headers: { ":path": "/pulumirpc.ResourceProvider/Cancel" } });
  expect(listener).toHaveBeenCalledTimes(1);
});

test("the death of the engine is told once, and a connection that it only closes is not its death", async () => {
  const engine = createServer();
  const sessions: ServerHttp2Session[] = [];
  engine.on("session", (session) => sessions.push(session));
  await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
  const { port } = engine.address() as AddressInfo;
  const listener = jest.fn();
  onEngineDeath(listener, ["node", "host.js", `127.0.0.1:${port}`]);

  await until(() => sessions.length === 1);
  sessions[0]?.close();
  await until(() => sessions.length === 2);
  expect(listener).not.toHaveBeenCalled();

  engine.close();
  sessions[1]?.destroy();
  await until(() => listener.mock.calls.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(listener).toHaveBeenCalledTimes(1);
});

describe("progress", () => {
  const linesOf = (onTerminal: boolean, progress: readonly Partial<Progress>[]) => {
    const messages: LogMessage[] = [];
    const log = { log: (message: LogMessage) => messages.push(message), flush: async () => undefined };
    const row = new ResourceRow({ log, urn: "urn:warm", onTerminal, wording: wordingFor() });
    for (const step of progress) row.show({ type: "progress", progress: { ...NO_PROGRESS, ...step } });
    expect(messages.every(({ urn, ephemeral }) => urn === "urn:warm" && ephemeral)).toBe(true);
    return messages.map(({ text }) => text);
  };

  test("is told at most once each 10 % where lines are kept", () => {
    const steps = Array.from({ length: 101 }, (_, n) => ({ processPercent: n, elapsedMs: n * 100 }));
    const lines = linesOf(false, steps);
    expect(lines).toHaveLength(11);
    expect(lines[6]).toBe("60% of POPs, 0 of 3 URLs preloaded");
  });

  test("is told once more when all is settled, since the last line stays on the row", () => {
    const settled = { processPercent: 100, preloaded: 3 };
    const steps = [{ processPercent: 100 }, { ...settled, elapsedMs: 10 }, { ...settled, elapsedMs: 20 }];
    for (const onTerminal of [true, false]) {
      expect(linesOf(onTerminal, steps)).toEqual([
        "100% of POPs, 0 of 3 URLs preloaded",
        "100% of POPs, 3 of 3 URLs preloaded",
      ]);
    }
  });

  test("is told every 30 seconds where it stands still", () => {
    const steps = Array.from({ length: 300 }, (_, n) => ({ processPercent: 62.5, elapsedMs: n * 1_000 }));
    expect(linesOf(false, steps)).toHaveLength(10);
  });

  test("is told at most twice a second on a terminal", () => {
    const steps = Array.from({ length: 100 }, (_, n) => ({ processPercent: n, elapsedMs: n * 50 }));
    expect(linesOf(true, steps)).toHaveLength(10);
  });

  test("says what is done, what failed and how long it takes", () => {
    const step = { processPercent: 62.9, preloaded: 1, failed: 1, remainingMs: 80_000 };
    expect(linesOf(false, [step])).toEqual([
      "62% of POPs, 1 of 3 URLs preloaded, 1 failed, about 1m 20s left",
    ]);
  });
});

const NO_PROGRESS: Progress = {
  urls: 3,
  preloaded: 0,
  failed: 0,
  processPercent: 0,
  remainingMs: undefined,
  elapsedMs: 0,
  apiCalls: 0,
};
