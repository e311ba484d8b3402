import { execSync } from "node:child_process";
import { Preload } from "cdn-preload-gate";
import { startEmulator } from "../../emulator";
import { EngineStack } from "./engine-stack";

test("trial", async () => {
  const emulator = await startEmulator({});
  const stack = await EngineStack.create(
    async () => {
      new Preload("warm", { urls: ["https://cdn.example.com/emulate-never-ends/a.js"] });
    },
    {
      "alicloud:accessKey": { value: emulator.accessKeyId },
      "alicloud:secretKey": { value: emulator.accessKeySecret, secret: true },
      "alicdn:endpoint": { value: emulator.endpoint },
    },
  );
  const up = stack.up();
  while (emulator.submissions().length === 0) await new Promise((r) => setTimeout(r, 50));
  const list = () =>
    execSync(
      "ps -eo pid,ppid,comm,args | grep -E 'pulumi|dynamic-provider' | grep -v -E 'grep|jest|ps -eo' | cut -c1-120; true",
      { encoding: "utf8" },
    );
  console.log(list());
  execSync("pkill -9 -x pulumi");
  await up;
  for (let i = 0; i < 6; i++) {
    await new Promise((r) => setTimeout(r, 300));
    console.log(i, list());
  }
  stack.remove();
  await emulator.close();
}, 60000);
