import { NAMED_SCRIPTS, startEmulator } from "../../emulator";
import { expectTable } from "./document-table";

test("docs/emulator.md has each script that a URL can name", () => {
  expectTable("docs/emulator.md", "scripts", [
    ["script", "what it shows"],
    ...[...NAMED_SCRIPTS].map(([name, { summary }]) => [`\`${name}\``, summary]),
  ]);
});

test("docs/emulator.md has each route of the admin interface", async () => {
  const emulator = await startEmulator();
  try {
    const answer = await fetch(`${emulator.endpoint}/_emulator`);
    const routes = (await answer.json()) as { method: string; path: string; does: string }[];
    expectTable("docs/emulator.md", "admin", [
      ["request", "does"],
      ...routes.map(({ method, path, does }) => [`\`${method} ${path}\``, does]),
    ]);
  } finally {
    await emulator.close();
  }
});
