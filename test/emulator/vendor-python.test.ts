import { spawn, spawnSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator";

// The first run fetches the package.
jest.setTimeout(60_000);

const PACKAGE = "aliyun-python-sdk-cdn==3.8.8";
const FOLDER = join(__dirname, "../../.cache/python", PACKAGE);
const INSTALL_TIMEOUT_MS = 90_000;

/** Fetches the vendor's client once. @returns why it cannot be had, or `undefined`. */
function missing(): string | undefined {
  if (spawnSync("python3", ["--version"]).status !== 0) return "there is no python3";
  if (existsSync(FOLDER)) return undefined;
  const partial = `${FOLDER}.${process.pid}`;
  const options = ["--quiet", "--disable-pip-version-check", "--retries", "0", "--timeout", "10"];
  const install = spawnSync("python3", ["-m", "pip", "install", ...options, "--target", partial, PACKAGE], {
    timeout: INSTALL_TIMEOUT_MS,
  });
  if (install.status === 0 && !existsSync(FOLDER)) renameSync(partial, FOLDER);
  rmSync(partial, { recursive: true, force: true });
  return existsSync(FOLDER) ? undefined : `pip cannot install ${PACKAGE}`;
}

const why = missing();
if (why !== undefined) process.stdout.write(`The emulator is not tried with the Python client: ${why}.\n`);
const testWithPython = why === undefined ? test : test.skip;

interface PythonCall {
  readonly operation: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly method?: "GET" | "POST";
}

/** What a test sees of an answer: the body, or the refusal. */
interface PythonAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body?: any;
  readonly code?: string;
  readonly status?: number;
}

interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ visibilityDelayMs: 0 });
});
afterAll(() => emulator.close());

/** Makes the calls in a process of its own, which must not stop this one: the emulator runs here. */
async function callByPython(calls: readonly PythonCall[], keys: Keys = emulator): Promise<PythonAnswer[]> {
  // -S: what else the machine has installed may not fit what the vendor's client brings.
  const child = spawn("python3", ["-S", join(__dirname, "vendor-python.py")], {
    env: { ...process.env, PYTHONPATH: FOLDER, PYTHONDONTWRITEBYTECODE: "1" },
  });
  const { accessKeyId, accessKeySecret, securityToken } = keys;
  const endpoint = emulator.endpoint.replace("http://", "");
  child.stdin.end(JSON.stringify({ endpoint, keys: { accessKeyId, accessKeySecret, securityToken }, calls }));
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  await new Promise((resolve) => child.once("close", resolve));
  if (child.exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

testWithPython.each(["GET", "POST"] as const)(
  "the Python client submits by %s, uses both query operations, searches, purges and reads the quota",
  async (method) => {
    emulator.reset();
    const urls = [
      "https://a.example.com/emulate-completes-at-once/a b.js?x=1&y=(2)!*'~",
      "https://a.example.com/emulate-completes-at-once/中文/é.png",
    ];
    const [pushed, purged, quota] = await callByPython([
      { operation: "PushObjectCache", method, parameters: { ObjectPath: urls.join("\n"), Area: "overseas" } },
      {
        operation: "RefreshObjectCaches",
        method,
        parameters: { ObjectPath: "https://a.example.com/d/", ObjectType: "Directory" },
      },
      { operation: "DescribeRefreshQuota", method },
    ]);
    expect(emulator.submissions().map(({ url }) => url)).toEqual(urls);
    expect(pushed?.body.PushTaskId).toBe(emulator.submissions()[0]?.taskId);
    expect(purged?.body.RefreshTaskId).toBe(emulator.purges()[0]?.taskId);
    expect(quota?.body).toMatchObject({ PreloadEdgeRemain: "998", DirRemain: "99" });

    const TaskId = pushed?.body.PushTaskId;
    const [detail, statusOnly, found] = await callByPython([
      { operation: "DescribePreloadDetailById", method, parameters: { TaskId } },
      { operation: "DescribeRefreshTaskById", method, parameters: { TaskId } },
      {
        operation: "DescribeRefreshTasks",
        method,
        parameters: { DomainName: "a.example.com", ObjectType: "preload", PageSize: 1 },
      },
    ]);
    expect(detail?.body.UrlDetails[0]).toMatchObject({ TaskId, RetCode: "0", Status: "Complete" });
    expect(detail?.body.UrlDetails[0].Urls).toHaveLength(2);
    expect(statusOnly?.body.Tasks).toMatchObject([{ Status: "Complete" }, { Status: "Complete" }]);
    expect(found?.body).toMatchObject({ TotalCount: 2, Tasks: { CDNTask: [{ TaskId }] } });
  },
);

testWithPython(
  "the Python client sees refusals by code and status, and a temporary credential serves",
  async () => {
    emulator.reset();
    const quota = { operation: "DescribeRefreshQuota" };
    const { accessKeyId, accessKeySecret } = emulator;
    expect(await callByPython([quota], { accessKeyId, accessKeySecret: "guess" })).toEqual([
      { code: "SignatureDoesNotMatch", status: 403 },
    ]);
    expect(await callByPython([quota], { accessKeyId: "nobody", accessKeySecret })).toEqual([
      { code: "InvalidAccessKeyId.NotFound", status: 404 },
    ]);
    const sts = emulator.issueStsToken();
    const [served] = await callByPython([quota], sts);
    expect(served?.body.UrlQuota).toBe("10000");
  },
);
