import { runModule } from "./run-module";

test("messages of the set-up during another command's output appear after it, in order", () => {
  const written = runModule(
    "tasks.mjs",
    `
    const lines = [];
    const held = it.holdBack((line) => lines.push(line));
    held.write("one");
    held.write("two");
    const before = [...lines];
    held.release();
    held.write("three");
    return { before, after: lines };
    `,
  );
  expect(written).toEqual({ before: [], after: ["one", "two", "three"] });
});
