/** @jest-environment ./test/engine/rejection-environment.ts */
import * as pulumi from "@pulumi/pulumi";
import { type Emulator, startEmulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";
import { PLUGIN } from "../engine/hosts";

const { Preload } = PLUGIN;
const FIRST = "https://first.example.com/app.js";
const SECOND = "https://second.example.com/app.js";
const SECRET = "secret-of-the-second-account";

/** A provider resource of a program, as generated SDKs declare it. */
class Provider extends pulumi.ProviderResource {
  constructor(name: string, settings: pulumi.Inputs) {
    super("alicdn", name, settings);
  }
}

let stack: EngineStack;
let other: Emulator;
beforeEach(async () => {
  stack = await EngineStack.create({ host: PLUGIN });
  other = await startEmulator({ accessKeyId: "second", accessKeySecret: SECRET });
});
afterEach(() => Promise.all([stack.close(), other.close()]));

test("each provider resource is an account of its own, in one up, and no secret of one is saved in the clear", async () => {
  stack.program = () => {
    const provider = new Provider("second", {
      endpoint: other.endpoint,
      accessKey: "second",
      secretKey: pulumi.secret(SECRET),
      callsPerSecond: "5",
    });
    new Preload("in-first", { urls: [FIRST] });
    new Preload("in-second", { urls: [SECOND] }, { provider });
  };
  const up = await stack.up();
  expect(up).toMatchObject({ exitCode: 0 });
  expect(stack.emulator.submissions().map(({ url }) => url)).toEqual([FIRST]);
  expect(other.submissions().map(({ url }) => url)).toEqual([SECOND]);
  expect(up.output).not.toContain(SECRET);
  expect(stack.savedTexts()).not.toContain(SECRET);

  // The account is not part of what was preloaded: another rate replaces nothing, and submits nothing.
  stack.program = () => {
    const provider = new Provider("second", {
      endpoint: other.endpoint,
      accessKey: "second",
      secretKey: pulumi.secret(SECRET),
    });
    new Preload("in-first", { urls: [FIRST] });
    new Preload("in-second", { urls: [SECOND] }, { provider });
  };
  const again = await stack.up();
  expect(again.output).toMatch(/Resources:\n +~ 1 updated\n +3 unchanged/);
  expect(other.submissionCount()).toBe(1);
});

test("a setting that is none, half of an access key and a wrong rate are refused before anything is asked", async () => {
  stack.program = () => {
    new Provider("misspelt", { acessKey: "x", endpoint: other.endpoint });
  };
  const misspelt = await stack.preview();
  expect(misspelt.failed).toBe(true);
  expect(misspelt.output).toMatch(
    /alicdn:acessKey is no setting; there are accessKey, secretKey,.*\. Did you mean alicdn:accessKey\?/,
  );

  stack.program = () => {
    new Provider("half", { accessKey: "second" });
  };
  const half = await stack.preview();
  expect(half.output).toContain(
    "The provider's configuration has half of the credentials: alicdn:secretKey is missing.",
  );

  stack.program = () => {
    new Provider("rate", { callsPerSecond: "0" });
  };
  const rate = await stack.preview();
  expect(rate.output).toContain(
    "The provider's configuration alicdn:callsPerSecond must be a number above 0.",
  );
  expect(other.calls).toEqual([]);
});

test("without credentials of its own it says which settings to give, and that those of the alicloud provider do not reach it", async () => {
  await stack.close();
  stack = await EngineStack.create({
    host: PLUGIN,
    config: {
      "alicdn:accessKey": undefined,
      "alicdn:secretKey": undefined,
      "alicloud:accessKey": { value: "of-another-provider" },
      "alicloud:secretKey": { value: "of-another-provider", secret: true },
    },
  });
  stack.program = () => void new Preload("warm", { urls: [FIRST] });
  const preview = await stack.preview();
  expect(preview.exitCode).toBe(0);
  const up = await stack.up();
  expect(up.failed).toBe(true);
  for (const { output } of [preview, up]) {
    expect(output).toContain(
      "Set alicdn:accessKey and alicdn:secretKey (`pulumi config set --secret alicdn:secretKey`)",
    );
    expect(output).toContain("The settings of the alicloud provider do not reach this one");
  }
  expect(stack.find("warm")).toBeUndefined();
  expect(stack.emulator.calls).toEqual([]);
});
