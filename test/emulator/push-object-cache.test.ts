import type { Emulator } from "../../emulator";
import { ANSWER_SCHEMAS } from "../../provider/wire/operations";
import { startTestEmulator } from "./call-service";

let running: Emulator | undefined;

async function start(...parameters: Parameters<typeof startTestEmulator>) {
  const started = await startTestEmulator(...parameters);
  running = started.emulator;
  return started;
}

afterEach(async () => {
  await running?.close();
});

test("A push is answered with a task id, and its URL is accounted for", async () => {
  const { emulator, call } = await start();
  const answer = await call("PushObjectCache", { ObjectPath: "https://cdn.example.com/app.js?v=1" });
  expect(answer.status).toBe(200);
  const [taskId] = ANSWER_SCHEMAS.PushObjectCache.parse(answer.json).PushTaskId;
  expect(emulator.submissions()).toEqual([
    {
      url: "https://cdn.example.com/app.js?v=1",
      taskId,
      domain: "cdn.example.com",
      at: "2026-01-15T08:00:00.000Z",
      script: "passes",
    },
  ]);
});
