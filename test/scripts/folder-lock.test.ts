import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { moduleSource, runModule } from "./run-module";
import { temporaryFolder, writeFile } from "./temporary-folder";

// Each test starts processes, which a busy machine lets wait.
jest.setTimeout(30_000);

const TAKES_TURNS = `
  const fs = await import("node:fs");
  const [lock, record] = args;
  await it.withFolderLock(lock, {}, async () => {
    fs.appendFileSync(record, "in ");
    await new Promise((resolve) => setTimeout(resolve, 150));
    fs.appendFileSync(record, "out ");
  });
`;

test("two processes take turns", async () => {
  const folder = temporaryFolder();
  const record = join(folder, "record");
  const args = JSON.stringify([join(folder, "lock"), record]);
  const start = () =>
    new Promise((resolve) => {
      const source = moduleSource("folder-lock.mjs", TAKES_TURNS);
      spawn(process.execPath, ["--input-type=module", "-e", source, args]).on("close", resolve);
    });
  expect(await Promise.all([start(), start(), start()])).toEqual([0, 0, 0]);
  expect(readFileSync(record, "utf8")).toBe("in out in out in out ");
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("the lock of a dead process is taken over immediately", () => {
  const folder = temporaryFolder();
  const lock = join(folder, "lock");
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  writeFile(lock, "owner", JSON.stringify({ pid: dead, host: hostname() }));
  expect(
    runModule("folder-lock.mjs", "return it.withFolderLock(args[0], {}, async () => 'done');", lock),
  ).toBe("done");
  expect(existsSync(lock)).toBe(false);
});

test("the lock is released if the work fails", () => {
  const lock = join(temporaryFolder(), "lock");
  const code =
    "return it.withFolderLock(args[0], {}, async () => { throw new Error('no'); }).catch((e) => e.message);";
  expect(runModule("folder-lock.mjs", code, lock)).toBe("no");
  expect(existsSync(lock)).toBe(false);
});
