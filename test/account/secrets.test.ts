/** @jest-environment ./test/engine/rejection-environment.ts */
import { execFile } from "node:child_process";
import diagnosticsChannel from "node:diagnostics_channel";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Emulator } from "../../emulator";
import { Preload, PreloadGate } from "../../provider";
import { startCliIn } from "../cli/run-cli";
import { EngineStack } from "../engine/engine-stack";

jest.setTimeout(300_000);

/** Recognisable, and with characters that look different once encoded. */
const SECRET = "S3cretOf+This/Account=ThatNobodyMaySee";
const WRONG_SECRET = "Wr0ngSecret+That/Nobody=MaySeeEither";

const GOOD = "https://good.example.com/app.css";
const BAD = "https://bad.example.com/emulate-retcode-500/app.js";
const LATE = "https://late.example.com/emulate-never-ends/app.js";

/** How often the machine's processes are looked at, in milliseconds. */
const PROCESSES_INTERVAL_MS = 200;

/** Everything that anybody gets to see, by where it was seen. */
const seen: { readonly where: string; readonly text: string }[] = [];
const signatures = new Set<string>();

/** Notes the signature of each request that reaches the emulator, which runs in this process. */
function noteSignature(message: unknown): void {
  const { request } = message as { request: IncomingMessage };
  const signature = /Signature=(\w+)/.exec(request.headers.authorization ?? "")?.[1];
  if (signature) signatures.add(signature);
}

let stack: EngineStack;
let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  diagnosticsChannel.subscribe("http.server.request.start", noteSignature);
  stack = await EngineStack.create({
    emulator: { accessKeySecret: SECRET, speed: 10, visibilityDelayMs: 0 },
  });
  emulator = stack.emulator;
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
});
afterAll(async () => {
  diagnosticsChannel.unsubscribe("http.server.request.start", noteSignature);
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs something and watches the command lines of all processes meanwhile. */
async function watched<T>(where: string, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "args="], { maxBuffer: 1e8 });
      seen.push({ where: `command lines during ${where}`, text: stdout });
      await new Promise((resolve) => setTimeout(resolve, PROCESSES_INTERVAL_MS));
    }
  })();
  try {
    return await work();
  } finally {
    over.abort();
    await watching;
  }
}

async function engine(where: string, operation: "up" | "preview" | "refresh" | "destroy"): Promise<boolean> {
  const { failed, output } = await watched(where, () => stack[operation]());
  seen.push(
    { where, text: output },
    { where: `what the engine saved after ${where}`, text: stack.savedTexts() },
  );
  return failed;
}

async function cli(
  where: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number | null> {
  const surroundings = { cwd: folder, env: { ALICDN_ENDPOINT: emulator.endpoint, HOME: folder, ...env } };
  const { exitCode, stdout, stderr } = await watched(where, () => startCliIn(surroundings, args).ended);
  seen.push(
    { where: `${where}, standard output`, text: stdout },
    { where: `${where}, standard error`, text: stderr },
  );
  return exitCode;
}

/** All spellings in which a secret could stand somewhere. */
function spellingsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString("base64").replace(/=+$/, "");
  return [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64])];
}

function filesOf(root: string): { where: string; text: string }[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ where: `the file ${file}`, text: readFileSync(file, "latin1") }));
}

test("the secret, the token and the signatures stand in no output, log, error, state, report, file or command line of a run of everything", async () => {
  // The engine: a gate that passes, one that fails, one that is late; each verb.
  stack.program = () => {
    const push = new Preload("passes", { urls: [GOOD], wait: false });
    new PreloadGate("gate", { taskIds: push.taskIds, timeout: "60s" });
    new Preload("fails", { urls: [BAD, "https://cdn.example.com/a.js?token=1"] });
    new Preload("late", { urls: [LATE], timeout: "3s" });
  };
  expect(await engine("the preview", "preview")).toBe(false);
  expect(await engine("up", "up")).toBe(true);
  expect(await engine("the refresh", "refresh")).toBe(false);
  emulator.setFaults([
    { kind: "resetAfter", operation: "PushObjectCache" },
    { kind: "htmlProxyPage", operation: "DescribePreloadDetailById" },
    { kind: "wrongJson", operation: "DescribeRefreshTaskById" },
  ]);
  emulator.setScenario({ rules: [{ path: "/**", script: "completes-at-once" }] });
  emulator.changeScript(LATE, "completes-at-once");
  expect(await engine("the repair with faults", "up")).toBe(false);
  expect(await engine("destroy", "destroy")).toBe(false);
  await stack.setConfig({ "alicloud:secretKey": { value: WRONG_SECRET, secret: true } });
  expect(await engine("up with a wrong secret", "up")).toBe(true);
  const sts = emulator.issueStsToken();
  await stack.setConfig({
    "alicloud:accessKey": { value: sts.accessKeyId },
    "alicloud:secretKey": { value: sts.accessKeySecret, secret: true },
    "alicloud:securityToken": { value: sts.securityToken, secret: true },
  });
  expect(await engine("up with a token", "up")).toBe(false);
  emulator.answerAlways("DescribeRefreshQuota", quotingRefusal(sts.securityToken));
  emulator.answerAlways("PushObjectCache", quotingRefusal(sts.securityToken));
  stack.program = () => new Preload("quoted", { urls: [GOOD] });
  expect(await engine("up that is refused with a quotation", "up")).toBe(true);
  emulator.reset();
  const token = emulator.issueStsToken();

  // The command line: each command, each way to end, each report.
  const key = { ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: SECRET };
  const temporary = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: token.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: token.accessKeySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: token.securityToken,
  };
  const reports = [
    "html=r.html",
    "junit=r.xml",
    "markdown=r.md",
    "dotenv=r.env",
    "gitlab-annotations=r.json",
  ];
  const all = [...reports.flatMap((report) => ["--report", report]), "--state", "state.json"];
  expect(await cli("run", ["run", GOOD, BAD, ...all], key)).toBe(1);
  expect(await cli("run --json", ["run", GOOD, "--json", "--state", "token.json"], temporary)).toBe(0);
  expect(await cli("submit", ["submit", GOOD], temporary)).toBe(0);
  const taskId = emulator.submissions()[0]?.taskId ?? "";
  expect(await cli("wait", ["wait", taskId], key)).toBe(0);
  expect(await cli("status", ["status", taskId, "--json"], temporary)).not.toBeNull();
  expect(await cli("quota", ["quota"], key)).toBe(0);
  expect(await cli("doctor", ["doctor"], temporary)).not.toBeNull();
  const wrong = { ...key, ALIBABA_CLOUD_ACCESS_KEY_SECRET: WRONG_SECRET };
  expect(await cli("run with a wrong secret", ["run", GOOD, "--json"], wrong)).toBe(4);
  expect(await cli("doctor with a wrong secret", ["doctor"], wrong)).not.toBe(0);
  emulator.answerAlways("DescribeRefreshQuota", quotingRefusal(token.securityToken));
  emulator.answerAlways("PushObjectCache", quotingRefusal(token.securityToken));
  expect(await cli("run that is refused with a quotation", ["run", GOOD, "--json"], temporary)).toBe(4);
  expect(await cli("doctor that is refused with a quotation", ["doctor"], temporary)).not.toBe(0);

  const texts = [...seen, ...filesOf(stack.folder), ...filesOf(folder)];
  // What is searched is there: outputs, command lines, states and reports.
  expect(signatures.size).toBeGreaterThan(30);
  expect(seen.find(({ where }) => where === "up")?.text).toContain("RetCode 500");
  expect(seen.some(({ text }) => text.includes("dynamic-provider"))).toBe(true);
  for (const file of ["r.html", "r.xml", "r.md", "state.json", "token.json"])
    expect(texts.find(({ where }) => where.endsWith(file))?.text).not.toBe("");

  const secrets = [
    SECRET,
    WRONG_SECRET,
    ...[sts, token].flatMap(({ accessKeySecret, securityToken }) => [accessKeySecret, securityToken]),
    ...signatures,
  ];
  const found = secrets.flatMap((secret) =>
    spellingsOf(secret).flatMap((spelling) =>
      texts.flatMap(({ where, text }) =>
        text.includes(spelling) ? [`${spelling.slice(0, 12)}… in ${where}`] : [],
      ),
    ),
  );
  expect(found).toEqual([]);
  for (const { where, text } of texts) {
    // Names of what is secret are fine, a signed header is not.
    if (/Signature=\w{16,}|ACS3-HMAC-SHA256 Credential/.test(text))
      throw new Error(`A signature in ${where}.`);
  }
});

/** The service, where a signature does not match, quotes what it has signed itself. */
function quotingRefusal(securityToken: string) {
  const quoted = `x-acs-security-token:${securityToken}\\n`;
  return {
    status: 403,
    body: {
      RequestId: "0A1B2C3D-0000-4000-8000-000000000000",
      Code: "SignatureDoesNotMatch",
      Message: `Specified signature is not matched with our calculation. server string to sign is:ACS3-HMAC-SHA256\\n${quoted}&SecurityToken=${encodeURIComponent(securityToken)}`,
    },
  };
}
