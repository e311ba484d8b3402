import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, type StsCredential, startEmulator } from "../../emulator";
import { CLI, cleanEnvironment } from "../cli/run-cli";

// A wait outlives two credentials in the first tests.
jest.setTimeout(90_000);

const URL = "https://cdn.example.com/app.js";
/** How long the emulator serves each credential, in milliseconds. */
const LIFETIME_MS = 4_000;
/** How long the task runs: longer than two of them. */
const TASK_MS = 13_000;
const HOUR_MS = 3_600_000;

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "credentials-"));
  emulator = await startEmulator({
    scenario: { defaultScript: { endsAfterMs: TASK_MS } },
  });
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly output: string;
}

/** The command line with credentials that a service of this machine gives out, and with no others. */
async function runWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [CLI, ...args, "--endpoint", emulator.endpoint, "--json"], {
    env: cleanEnvironment({ ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true", HOME: folder, ...env }),
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let output = "";
  child.stdout.on("data", (data) => {
    stdout += data;
    output += data;
  });
  child.stderr.on("data", (data) => {
    output += data;
  });
  await new Promise((resolve) => child.once("close", resolve));
  return { exitCode: child.exitCode, stdout, output };
}

/** What a container platform does: gives out the credentials of the moment at a URI. */
async function startCredentialsUri(next: () => StsCredential | undefined, expiresInMs: number) {
  const given: StsCredential[] = [];
  const server = createServer((request, response) => {
    const credential = next();
    if (!credential) {
      request.socket.destroy();
      return;
    }
    given.push(credential);
    response.setHeader("content-type", "application/json").end(
      JSON.stringify({
        Code: "Success",
        AccessKeyId: credential.accessKeyId,
        AccessKeySecret: credential.accessKeySecret,
        SecurityToken: credential.securityToken,
        Expiration: `${new Date(Date.now() + expiresInMs).toISOString().slice(0, 19)}Z`,
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    given,
    env: { ALIBABA_CLOUD_CREDENTIALS_URI: `http://127.0.0.1:${port}/` },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

test.each([
  // The library then asks again before each call.
  ["that say when they expire", LIFETIME_MS],
  // The library then keeps them, and the service's refusal is what tells.
  ["that the service ends sooner than they say", HOUR_MS],
])("temporary credentials %s are renewed in the middle of a wait, which goes on", async (_case, saidMs) => {
  let current: StsCredential | undefined;
  const uri = await startCredentialsUri(() => {
    // A platform gives the same ones out until shortly before their end.
    if (!current || current.expiresAtMs - Date.now() < 500)
      current = emulator.issueStsToken({ durationMs: LIFETIME_MS });
    return current;
  }, saidMs);
  try {
    const run = await runWith(uri.env, "run", URL, "--timeout", "60s");
    expect(run.output).toContain('"verdict":"passed"');
    expect(run.exitCode).toBe(0);
    expect(emulator.submissionCount()).toBe(1);
    const ids = new Set(uri.given.map(({ accessKeyId }) => accessKeyId));
    expect(ids.size).toBeGreaterThanOrEqual(3);
    const expired = emulator.calls.filter(({ errorCode }) => errorCode === "InvalidSecurityToken.Expired");
    if (saidMs === HOUR_MS) expect(expired.length).toBeGreaterThanOrEqual(2);
    for (const { accessKeySecret, securityToken } of uri.given) {
      expect(run.output).not.toContain(accessKeySecret);
      expect(run.output).not.toContain(securityToken);
    }
  } finally {
    await uri.close();
  }
});

test("a credentials service that is down in the middle of a wait, for longer than a call is tried, does not end it", async () => {
  const downFromMs = Date.now() + LIFETIME_MS + 1_000;
  let refusals = 0;
  const uri = await startCredentialsUri(() => {
    const isDown = refusals < 5 && Date.now() > downFromMs;
    if (!isDown) return emulator.issueStsToken({ durationMs: LIFETIME_MS });
    refusals += 1;
    return undefined;
  }, LIFETIME_MS);
  try {
    const run = await runWith(uri.env, "run", URL, "--timeout", "60s");
    expect(run.output).toContain('"verdict":"passed"');
    expect(run.exitCode).toBe(0);
    expect(refusals).toBe(5);
    expect(emulator.submissionCount()).toBe(1);
  } finally {
    await uri.close();
  }
});

test("temporary credentials that cannot be renewed end the wait with an error that says where they came from, and the task is kept", async () => {
  const only = emulator.issueStsToken({ durationMs: LIFETIME_MS });
  const uri = await startCredentialsUri(() => only, HOUR_MS);
  try {
    const run = await runWith(uri.env, "run", URL, "--timeout", "60s");
    expect(run.exitCode).toBe(4);
    const document = JSON.parse(run.stdout);
    expect(document.error.code).toBe("credentials");
    expect(document.error.message).toMatch(/InvalidSecurityToken\.Expired/);
    expect(document.error.message).toMatch(/the default credential chain/);
    expect(document.taskIds).toEqual([emulator.submissions()[0]?.taskId]);
    expect(run.output).not.toContain(only.accessKeySecret);
    expect(run.output).not.toContain(only.securityToken);
  } finally {
    await uri.close();
  }
});

const WRONG = { accessKeyId: "LTAIwrongAccessKeyId00", accessKeySecret: "wrongSecretThatNobodyMaySee" };

test.each([
  [
    "in the environment",
    {
      ALIBABA_CLOUD_ACCESS_KEY_ID: WRONG.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: WRONG.accessKeySecret,
    },
    /InvalidAccessKeyId\.NotFound.*ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment/,
  ],
  [
    "in the environment, with the right id",
    {
      ALIBABA_CLOUD_ACCESS_KEY_ID: "emulatorAccessKeyId",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: WRONG.accessKeySecret,
    },
    /SignatureDoesNotMatch.*ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment/,
  ],
])(
  "a wrong access key %s is an error that says where it came from, never its value",
  async (_case, env, message) => {
    const run = await runWith(env, "run", URL);
    expect(run.exitCode).toBe(4);
    expect(JSON.parse(run.stdout).error.message).toMatch(message);
    expect(run.output).not.toContain(WRONG.accessKeySecret);
    expect(emulator.submissionCount()).toBe(0);
  },
);
