import { spawnSync } from "node:child_process";
import { join } from "node:path";
import Ajv from "ajv";
import { runModule } from "../scripts/run-module";
import { temporaryFolder, writeFile } from "../scripts/temporary-folder";

const SUMS = {
  "cdn-preload-gate-v1.2.3-darwin-amd64.tar.gz": "1".repeat(64),
  "cdn-preload-gate-v1.2.3-darwin-arm64.tar.gz": "2".repeat(64),
  "cdn-preload-gate-v1.2.3-linux-amd64.tar.gz": "3".repeat(64),
  "cdn-preload-gate-v1.2.3-linux-arm64.tar.gz": "4".repeat(64),
  "cdn-preload-gate-v1.2.3-windows-amd64.zip": "5".repeat(64),
  "cdn-preload-gate-v1.2.3-windows-arm64.zip": "6".repeat(64),
};
const DOWNLOADS = "https://github.com/acme/cdn-preload-gate/releases/download/v1.2.3";

function make(file: string, name: string, sums: Readonly<Record<string, string>> = SUMS): unknown {
  const repository = { url: "https://github.com/acme/cdn-preload-gate" };
  const offer = { version: "1.2.3", description: "What it is", license: "Apache-2.0", repository };
  const body = "return it[args[0]]({ ...args[1], sums: new Map(Object.entries(args[2])) });";
  return runModule(`release/${file}`, body, name, offer, sums);
}

describe("Homebrew's formula", () => {
  const formula = make("homebrew.mjs", "homebrewFormula") as string;

  test("downloads each system's and each architecture's own archive, with its sum", () => {
    const blocks =
      /(on_\w+) do\n\s+(on_\w+) do\n\s+url "(.*)"\n\s+sha256 "(.*)"\n\s+end\n\s+(on_\w+) do\n\s+url "(.*)"\n\s+sha256 "(.*)"/g;
    const found = [...formula.matchAll(blocks)].map(([, ...parts]) => parts);
    const archive = (platform: string) => {
      const name = `cdn-preload-gate-v1.2.3-${platform}.tar.gz` as keyof typeof SUMS;
      return [`${DOWNLOADS}/${name}`, SUMS[name]];
    };
    expect(found).toEqual([
      ["on_macos", "on_arm", ...archive("darwin-arm64"), "on_intel", ...archive("darwin-amd64")],
      ["on_linux", "on_arm", ...archive("linux-arm64"), "on_intel", ...archive("linux-amd64")],
    ]);
  });

  const hasRuby = spawnSync("ruby", ["--version"]).status === 0;
  (hasRuby ? test : test.skip)("is Ruby", () => {
    const check = (text: string) =>
      spawnSync("ruby", ["-c", writeFile(temporaryFolder(), "formula.rb", text)]).status;
    expect(check(formula)).toBe(0);
    expect(check(formula.replace("def install", "def install("))).not.toBe(0);
  });

  test("is not made where there is nothing for its systems", () => {
    expect(
      make("homebrew.mjs", "homebrewFormula", { "cdn-preload-gate-v1.2.3-windows-amd64.zip": "5" }),
    ).toBeNull();
  });
});

describe("Scoop's manifest", () => {
  const url = { type: "string", format: "uri", pattern: "^https://" };
  /** What Scoop asks of the fields that are used. */
  const validate = new Ajv({ strict: false, validateFormats: false }).compile({
    type: "object",
    required: ["version", "homepage", "license", "architecture", "bin"],
    additionalProperties: false,
    properties: {
      version: { type: "string", pattern: "^[\\w.+-]+$" },
      description: { type: "string" },
      homepage: url,
      license: { type: "string" },
      architecture: {
        type: "object",
        additionalProperties: false,
        minProperties: 1,
        patternProperties: {
          "^(64bit|arm64)$": {
            type: "object",
            required: ["url", "hash"],
            additionalProperties: false,
            properties: { url, hash: { type: "string", pattern: "^[a-f0-9]{64}$" } },
          },
        },
      },
      bin: { type: "string", pattern: "\\.exe$" },
      checkver: { type: "object", required: ["github"], properties: { github: url } },
      autoupdate: { type: "object", required: ["architecture", "hash"] },
    },
  });

  test("downloads each architecture's own archive, with its sum", () => {
    const manifest = make("scoop.mjs", "scoopManifest");
    validate(manifest);
    expect(validate.errors).toBeNull();
    expect(manifest).toMatchObject({
      version: "1.2.3",
      architecture: {
        "64bit": { url: `${DOWNLOADS}/cdn-preload-gate-v1.2.3-windows-amd64.zip`, hash: "5".repeat(64) },
        arm64: { url: `${DOWNLOADS}/cdn-preload-gate-v1.2.3-windows-arm64.zip`, hash: "6".repeat(64) },
      },
      bin: "cdn-preload-gate.exe",
    });
  });

  test("lets Scoop find the files and the sums of the next version", () => {
    const next = "https://github.com/acme/cdn-preload-gate/releases/download/v$version";
    expect(make("scoop.mjs", "scoopManifest")).toMatchObject({
      autoupdate: {
        architecture: {
          "64bit": { url: `${next}/cdn-preload-gate-v$version-windows-amd64.zip` },
          arm64: { url: `${next}/cdn-preload-gate-v$version-windows-arm64.zip` },
        },
        hash: { url: `${next}/SHA256SUMS` },
      },
    });
  });

  test("is not made where there is nothing for Windows", () => {
    expect(
      make("scoop.mjs", "scoopManifest", { "cdn-preload-gate-v1.2.3-linux-amd64.tar.gz": "3" }),
    ).toBeNull();
  });
});

test("what Windows gets is a zip, with the same bytes in every time zone", () => {
  const body = `
    const { mkdtempSync, writeFileSync, readFileSync } = await import("node:fs");
    const { unzipSync } = await import("fflate");
    process.env.TZ = args[1];
    writeFileSync(args[0] + "/gate.exe", "the gate");
    await it.packZip(args[0], args[2]);
    const zip = readFileSync(args[2]);
    return { zip: zip.toString("base64"), text: Buffer.from(unzipSync(zip)["gate.exe"]).toString() };
  `;
  const pack = (zone: string) =>
    runModule("plugin/archive.mjs", body, temporaryFolder(), zone, join(temporaryFolder(), "made.zip"));
  const made = pack("Asia/Shanghai");
  expect(made).toMatchObject({ text: "the gate" });
  expect(pack("America/Lima")).toEqual(made);
});
