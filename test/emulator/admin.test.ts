import { startEmulator } from "../../emulator";
import { callService, emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

function adminOf(endpoint: string) {
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${endpoint}/_emulator${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
    return { status: response.status, json: (await response.json()) as any };
  };
}

async function startWithAdmin(...options: Parameters<typeof start>) {
  const started = await start(...options);
  return { ...started, admin: adminOf(started.emulator.endpoint) };
}

test("the routes are listed, and an unknown route is reported", async () => {
  const { emulator, admin } = await startWithAdmin();
  const { json } = await admin("GET", "");
  expect(json).toContainEqual({ method: "GET", path: "/_emulator/calls", does: "every call to the service" });
  const missing = await admin("GET", "/nothing");
  expect([missing.status, missing.json.error]).toEqual([
    404,
    "There is no GET /_emulator/nothing; GET /_emulator lists the routes.",
  ]);
  expect((await admin("DELETE", "/calls")).status).toBe(404);
  expect(emulator.calls).toEqual([]);
});

test("a path also works with a slash at its end, and the health route answers", async () => {
  const { admin } = await startWithAdmin();
  expect((await admin("GET", "/")).json).toEqual((await admin("GET", "")).json);
  expect((await admin("GET", "/calls/")).json).toEqual([]);
  expect(await admin("GET", "/health")).toEqual({ status: 200, json: { status: "ok" } });
});

test("a new scenario replaces the old one completely, but not the emulator's start options", async () => {
  const { admin, emulator } = await startWithAdmin({
    speed: 7,
    scenario: { rules: [{ host: "a", script: "slow" }], settings: { allowListed: false, speed: 2 } },
  });
  emulator.configure({ unseenTask: "malformed" });
  await admin("PUT", "/scenario", { settings: { serviceOpened: false } });
  expect(emulator.settings).toMatchObject({
    speed: 7,
    serviceOpened: false,
    allowListed: true,
    unseenTask: "empty",
  });
  expect((await admin("GET", "/scenario")).json).toMatchObject({
    rules: [],
    defaultScript: "passes",
    faults: [],
  });
});

test("an added rule comes before the others, for later submissions", async () => {
  const { admin, emulator, push } = await startWithAdmin({
    scenario: { rules: [{ host: "a.example.com", script: "slow" }] },
  });
  await push("https://a.example.com/1");
  expect(
    (await admin("POST", "/rules", { url: "https://a.example.com/1", script: "zero-pops" })).status,
  ).toBe(200);
  await push("https://a.example.com/1");
  await push("https://a.example.com/2");
  expect(emulator.submissions().map(({ script }) => script)).toEqual(["slow", "zero-pops", "slow"]);
  expect((await admin("POST", "/rules", { script: "slow" })).json.error).toContain(
    "needs at least one of url, host and path",
  );
});

test("the admin routes show the emulator's calls, submissions, purges and tasks", async () => {
  const { emulator, clock, admin, call, push } = await startWithAdmin();
  await push("https://a.example.com/emulate-never-ends/1", "https://b.example.com/1");
  await call("RefreshObjectCaches", { ObjectPath: "https://a.example.com/1" });
  clock.advance(5_000);
  expect((await admin("GET", "/calls")).json).toEqual(emulator.calls);
  expect((await admin("GET", "/submissions")).json).toEqual(emulator.submissions());
  expect((await admin("GET", "/purges")).json).toEqual(emulator.purges());
  expect((await admin("GET", "/tasks")).json).toEqual(emulator.tasks());
  expect(emulator.tasks()).toMatchObject([
    {
      taskId: expect.any(String),
      kind: "preload",
      creationTime: "2026-01-15T08:00:00Z",
      urls: [
        {
          url: "https://a.example.com/emulate-never-ends/1",
          script: "never-ends",
          status: "Refreshing",
          processPercent: 62.5,
          ended: false,
          visible: true,
        },
      ],
    },
    { kind: "preload", urls: [{ script: "passes", ended: true }] },
    { kind: "refresh" },
  ]);
});

test("a scenario, faults and settings can be set and read", async () => {
  const { admin, call, push, emulator } = await startWithAdmin();
  const scenario = { defaultScript: "slow", faults: [{ kind: "error", operation: "DescribeRefreshTasks" }] };
  expect((await admin("PUT", "/scenario", scenario)).status).toBe(200);
  expect((await admin("GET", "/scenario")).json.defaultScript).toBe("slow");
  await push("https://a.example.com/1");
  expect(emulator.submissions()[0]?.script).toBe("slow");
  expect((await call("DescribeRefreshTasks")).status).toBe(503);
  await admin("PUT", "/faults", [{ kind: "throttlingBurst", code: "Throttling" }]);
  expect((await admin("GET", "/faults")).json).toMatchObject([{ kind: "throttlingBurst", operation: "any" }]);
  expect((await call("DescribeRefreshTasks")).json.Code).toBe("Throttling");
  expect((await admin("PATCH", "/settings", { allowListed: false })).json.allowListed).toBe(false);
  expect((await admin("GET", "/settings")).json).toMatchObject({ allowListed: false, speed: 1 });
});

test("the admin routes list scripts with what they show", async () => {
  const { admin } = await startWithAdmin();
  const { json } = await admin("GET", "/scripts");
  expect(json["never-ends"]).toBe("Reaches 62.5 % and stays there");
});

test("an invalid body is reported, and changes nothing", async () => {
  const { emulator, admin } = await startWithAdmin();
  const bad = await admin("PUT", "/scenario", { rules: [{ host: "a", script: "nonsense" }] });
  expect([bad.status, bad.json.error]).toEqual([400, expect.stringContaining("rules[0].script: must be")]);
  expect((await admin("PUT", "/faults", [{ kind: "x" }])).json.error).toContain("[0].kind: ");
  expect((await admin("PATCH", "/settings", { speed: "fast" })).json.error).toContain("speed: ");
  expect((await admin("PUT", "/scenario")).status).toBe(400);
  const response = await fetch(`${emulator.endpoint}/_emulator/faults`, { method: "PUT", body: "{" });
  expect(response.status).toBe(400);
  expect(emulator.settings.speed).toBe(1);
});

test("a test can move the clock, including the machine's own", async () => {
  const { clock, admin } = await startWithAdmin();
  const before = clock.nowMs();
  expect((await admin("POST", "/clock", { advanceMs: 5_000 })).json).toEqual({
    nowMs: before + 5_000,
    now: "2026-01-15T08:00:05.000Z",
  });
  expect(clock.nowMs()).toBe(before + 5_000);
  const onSystemClock = await startEmulator();
  try {
    const hourMs = 3_600_000;
    const { json } = await adminOf(onSystemClock.endpoint)("POST", "/clock", { advanceMs: hourMs });
    expect(json.nowMs).toBeGreaterThan(Date.now() + hourMs - 60_000);
    const skewed = await callService(
      onSystemClock,
      { operation: "DescribeRefreshQuota", parameters: {} },
      {},
    );
    expect(skewed.json.Code).toBe("InvalidTimeStamp.Expired");
  } finally {
    await onSystemClock.close();
  }
});

test("an emulator whose clock cannot be moved says so", async () => {
  const { emulator, admin } = await startWithAdmin({ clock: { nowMs: () => 0 } });
  const answer = await admin("POST", "/clock", { advanceMs: 1 });
  expect([answer.status, answer.json.error]).toEqual([
    400,
    "The clock that this emulator was given cannot be advanced.",
  ]);
  expect(() => emulator.advanceClock(1)).toThrow("cannot be advanced");
});

test("literal answers, task ids, scripts and temporary credentials can be set over HTTP", async () => {
  const { clock, admin, call, push } = await startWithAdmin();
  await admin("POST", "/task-ids", { taskId: "77" });
  expect(await push("https://a.example.com/emulate-never-ends/1")).toEqual(["77"]);
  const url = "https://a.example.com/emulate-never-ends/1";
  expect((await admin("POST", "/scripts", { url, script: "passes" })).json).toEqual({ changed: 1 });
  clock.advance(4_000);
  expect((await call("DescribeRefreshTaskById", { TaskId: "77" })).json.Tasks[0].Status).toBe("Complete");
  await admin("POST", "/answers", { operation: "DescribeRefreshQuota", body: "once" });
  await admin("POST", "/answers", { operation: "DescribeRefreshQuota", times: "always", body: "always" });
  expect((await call("DescribeRefreshQuota")).text).toBe("once");
  expect((await call("DescribeRefreshQuota")).text).toBe("always");
  const { json } = await admin("POST", "/sts-tokens");
  expect((await call("DescribeRefreshTasks", {}, json)).status).toBe(200);
});

test("a reset clears everything, but the numbering of task ids continues", async () => {
  const { emulator, admin, call, push } = await startWithAdmin({
    scenario: { faults: [{ kind: "error", operation: "DescribeRefreshQuota" }] },
    quotas: { preloadL1: 1 },
  });
  const [before] = await push("https://a.example.com/1");
  expect((await call("DescribeRefreshQuota")).status).toBe(503);
  emulator.configure({ allowListed: false });
  expect((await admin("POST", "/reset")).json).toEqual({ done: true });
  expect([emulator.calls, emulator.submissions(), emulator.tasks()]).toEqual([[], [], []]);
  expect(emulator.settings.allowListed).toBe(true);
  expect((await call("DescribeRefreshQuota")).status).toBe(503);
  expect(await push("https://a.example.com/1")).not.toEqual([before]);
  expect(emulator.submissionCount("https://a.example.com/1")).toBe(1);
});
