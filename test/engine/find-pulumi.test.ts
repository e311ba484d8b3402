import { delimiter, join } from "node:path";
import { temporaryFolder, writeFile } from "../scripts/temporary-folder";
import { findPulumi } from "./find-pulumi";

const { PATH } = process.env;
afterEach(() => {
  process.env.PATH = PATH;
});

test("a test that needs pulumi, where there is none on PATH, says by which command to run it", () => {
  process.env.PATH = temporaryFolder();
  expect(findPulumi).toThrow(
    "There is no pulumi on PATH. Run this by `npm test -- test/engine/find-pulumi.test.ts`, which puts one there.",
  );
});

test("the first pulumi on PATH is the one that tests run", () => {
  const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  for (const folder of folders.slice(1)) writeFile(folder, "pulumi", "");
  process.env.PATH = folders.join(delimiter);
  expect(findPulumi()).toBe(join(folders[1]!, "pulumi"));
});
