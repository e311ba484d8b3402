/** @jest-environment ./test/engine/rejection-environment.ts */
import { createServer } from "node:net";
import { Preload } from "../../provider";
import { EngineStack, type EngineStackOptions } from "./engine-stack";

const WRONG_SECRET = "wrongSecretThatNobodyMaySee";

let stack: EngineStack;
afterEach(() => stack.close());

/** A first up that must fail, with nothing submitted and nothing saved; returns what it printed. */
async function failingUp(options: EngineStackOptions): Promise<string> {
  stack = await EngineStack.create(options);
  stack.program = () => new Preload("warm", { urls: ["https://cdn.example.com/app.js"] });
  const up = await stack.up();
  expect(up.exitCode).toBeGreaterThan(0);
  expect(stack.emulator.submissionCount()).toBe(0);
  expect(stack.find("warm")).toBeUndefined();
  expect(stack.pendingOperations()).toEqual([]);
  for (const text of [up.output, stack.savedTexts()]) {
    expect(text).not.toContain(stack.emulator.accessKeySecret);
    expect(text).not.toContain(WRONG_SECRET);
    expect(text).not.toMatch(/Signature=|ACS3-HMAC/);
  }
  return up.output;
}

test("without credentials a preview warns, and up says where they were looked for and sends nothing", async () => {
  const output = await failingUp({
    config: { "alicloud:accessKey": undefined, "alicloud:secretKey": undefined },
  });
  expect(output).toContain(
    "No credentials were found. Tried: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (neither is set), an OIDC token, ~/.aliyun/config.json, the credentials file, the ECS metadata service (disabled), and ALIBABA_CLOUD_CREDENTIALS_URI. Set alicloud:accessKey and alicloud:secretKey (with --secret) in the stack's config",
  );
  const preview = await stack.preview();
  expect(preview.exitCode).toBe(0);
  expect(preview.output).toMatch(/Preload \(warm\):\n(?: +.*\n)* +warning: No credentials were found\./);
  expect(stack.emulator.calls).toEqual([]);
});

test("half of the credentials in the config is an error that names the other half", async () => {
  const output = await failingUp({ config: { "alicloud:secretKey": undefined } });
  expect(output).toContain("The stack's config has half of the credentials: alicloud:secretKey is missing.");
});

test("credentials of the environment serve where the config has none", async () => {
  stack = await EngineStack.create({
    config: { "alicloud:accessKey": undefined, "alicloud:secretKey": undefined },
    env: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: "emulatorAccessKeyId",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "emulatorAccessKeySecret",
    },
  });
  stack.program = () => new Preload("warm", { urls: ["https://cdn.example.com/app.js"], wait: false });
  expect((await stack.up()).exitCode).toBe(0);
  expect(stack.emulator.submissionCount()).toBe(1);
  expect(stack.savedTexts()).not.toContain(stack.emulator.accessKeySecret);
});

test("a wrong access key is an error that names the service's code and where the key came from", async () => {
  const output = await failingUp({ config: { "alicloud:accessKey": { value: "nobodysKey" } } });
  expect(output).toMatch(/error: .*InvalidAccessKeyId\.NotFound.*alicloud:accessKey in the stack's config/);
  expect(output).toContain(
    "error: The service does not know access key nob…. DescribeRefreshQuota: InvalidAccessKeyId.NotFound",
  );
  expect(output).toContain("Check the id for a typing error. If the key was deleted, create a new one");
});

test("a wrong secret is an error that shows neither the secret nor a signature", async () => {
  const output = await failingUp({
    config: { "alicloud:secretKey": { value: WRONG_SECRET, secret: true } },
  });
  expect(output).toMatch(/error: .*SignatureDoesNotMatch/);
});

test("an endpoint where nothing listens is an error that names it, and nothing is saved", async () => {
  const port = await closedPort();
  const output = await failingUp({ config: { "alicdn:endpoint": { value: `http://127.0.0.1:${port}` } } });
  expect(output).toMatch(new RegExp(`error: .*127\\.0\\.0\\.1:${port}`));
  expect(output).toContain(
    "Check the network, the proxy settings (HTTPS_PROXY, NO_PROXY) and alicdn:endpoint.",
  );
});

test("an endpoint that would send the signature in the clear is refused", async () => {
  const output = await failingUp({ config: { "alicdn:endpoint": { value: "http://cdn.example.com" } } });
  expect(output).toContain(
    "The endpoint http://cdn.example.com must be https. Plain http is allowed on this machine only",
  );
});

test("a misspelt setting is refused by name in a preview; a value that is none of the settings is a warning", async () => {
  stack = await EngineStack.create({ config: { "alicdn:pollIntervalFacter": { value: "4" } } });
  stack.program = () => {
    for (const name of ["first", "second"]) {
      new Preload(name, { urls: [`https://cdn.example.com/${name}.js`], wait: false });
    }
  };
  const misspelt = await stack.preview();
  expect(misspelt.failed).toBe(true);
  expect(misspelt.output).toContain(
    "alicdn:pollIntervalFacter is no setting; there are endpoint, callsPerSecond, pollIntervalFactor. Did you mean alicdn:pollIntervalFactor?",
  );
  expect(stack.emulator.calls).toEqual([]);

  await stack.setConfig({
    "alicdn:pollIntervalFactor": { value: "4" },
    "alicdn:pollIntervalFacter": { value: "4" },
    "alicdn:bucket": { value: "assets" },
  });
  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  expect(up.output.match(/^ +warning: alicdn:bucket is no setting;/gm)).toHaveLength(1);
  expect(up.output.match(/^ +warning: alicdn:pollIntervalFacter is no setting;/gm)).toHaveLength(1);
  expect(stack.savedTexts()).not.toContain("configNames");
  expect((await stack.preview()).output).toMatch(/Resources:\n +3 unchanged/);
});

/** A port on loopback where nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 1;
}
