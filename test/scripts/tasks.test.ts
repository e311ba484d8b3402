import { runModule } from "./run-module";

test("what the set-up says while another command prints comes after it, in its order", () => {
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
