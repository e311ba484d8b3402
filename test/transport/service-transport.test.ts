import { getEventListeners } from "node:events";
import { createServer } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";
import { inspect } from "node:util";
import { MockAgent } from "undici";
import type { GateError } from "../../provider/core/errors";
import { createCallBudget } from "../../provider/transport/call-budget";
import { type CredentialSource, staticCredentials } from "../../provider/transport/credentials";
import { resolveEndpoint } from "../../provider/transport/endpoint";
import { proxySettings } from "../../provider/transport/proxy";
import {
  type CallTrace,
  createTransport,
  type Transport,
  type TransportOptions,
} from "../../provider/transport/service-transport";
import { type Credentials, signRequestV3 } from "../../provider/wire/signature-v3";
import { VirtualClock } from "../support/virtual-clock";
import { inWords, throwsInWords } from "../support/words";
import {
  type Act,
  cutShort,
  hangUp,
  json,
  neverEnds,
  page,
  refuse,
  ScriptedServer,
  type SeenRequest,
  saysNothing,
} from "./scripted-server";

const KEYS: Credentials = {
  accessKeyId: "LTAI-test-id",
  accessKeySecret: "test+secret/value=",
  securityToken: "CAIS+token/value=",
};

const OK = { RequestId: "R-ok", UrlDetails: [] };
const PUSHED = { RequestId: "R-pushed", PushTaskId: "1" };

const QUERY = { kind: "query" } as const;
const SUBMISSION = { kind: "submission" } as const;

/** What each test opened, to close after it. */
const opened: { stop(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.stop()));
});

async function serve(...acts: Act[]): Promise<ScriptedServer> {
  const server = await ScriptedServer.start(...acts);
  opened.push(server);
  return server;
}

function connect(
  url: string,
  options: Partial<TransportOptions> = {},
): { transport: Transport; clock: VirtualClock; traces: CallTrace[] } {
  const clock = new VirtualClock({ autoAdvance: true });
  const traces: CallTrace[] = [];
  const transport = createTransport({
    endpoint: resolveEndpoint({ endpoint: url }),
    credentials: staticCredentials(KEYS, "the test"),
    clock,
    budget: createCallBudget({ clock }),
    random: () => 0.5,
    userAgent: "cdn-preload-gate/test",
    onCall: (trace) => traces.push(trace),
    env: {},
    ...options,
  });
  opened.push({ stop: () => transport.close() });
  return { transport, clock, traces };
}

const detail = (transport: Transport, options: Parameters<Transport["call"]>[2] = QUERY) =>
  transport.call("DescribePreloadDetailById", { TaskId: "1" }, options);

const push = (transport: Transport, options: Parameters<Transport["call"]>[2] = SUBMISSION) =>
  transport.call("PushObjectCache", { ObjectPath: "https://example.com/a b" }, options);

/** The error of a call that must fail. Also checks that it contains nothing secret. */
async function failureOf(call: Promise<unknown>): Promise<GateError> {
  const error = await call.then(
    () => {
      throw new Error("the call did not fail");
    },
    (reason: GateError) => inWords(reason),
  );
  expect(error.name).toBe("GateError");
  expectNothingSecret(error);
  return error;
}

function expectNothingSecret(error: Error): void {
  const shown = [
    inspect(error, { depth: 20, showHidden: true }),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    error.stack,
    String(error.cause),
  ].join("\n");
  for (const secret of [KEYS.accessKeySecret, KEYS.securityToken ?? ""]) {
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(encodeURIComponent(secret));
  }
  expect(shown).not.toMatch(/Signature=(?!\[redacted\])/);
}

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

test("a request is a signed form POST that names operation, version and agent", async () => {
  const server = await serve(json(OK));
  const { transport, clock } = connect(server.url);
  await expect(detail(transport)).resolves.toEqual({ body: OK, requestId: "R-ok", httpStatus: 200 });
  const [seen] = server.seen;
  expect(seen).toMatchObject({ method: "POST", url: "/", body: "TaskId=1" });
  expect(seen?.headers).toMatchObject({
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    "user-agent": "cdn-preload-gate/test",
    "x-acs-action": "DescribePreloadDetailById",
    "x-acs-version": "2018-05-10",
    "x-acs-date": new Date(clock.nowMs()).toISOString().replace(".000", ""),
    "x-acs-security-token": KEYS.securityToken,
  });
});

test("a request carries a signature over the host it goes to, its type and its body", async () => {
  const server = await serve(json(PUSHED));
  const { transport } = connect(server.url);
  await push(transport);
  const { headers, body } = server.seen[0] as SeenRequest;
  const names = /SignedHeaders=([^,]*)/.exec(headers.authorization ?? "")?.[1]?.split(";") ?? [];
  expect(names).toEqual(expect.arrayContaining(["content-type", "host", "x-acs-security-token"]));
  const resigned = signRequestV3({
    method: "POST",
    path: "/",
    headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
    body,
    credentials: KEYS,
    dateMs: Date.parse(String(headers["x-acs-date"])),
    nonce: String(headers["x-acs-signature-nonce"]),
  });
  expect(headers.authorization).toBe(resigned.authorization);
  expect(body).toBe("ObjectPath=https%3A%2F%2Fexample.com%2Fa%20b");
});

test("a request keeps the digits of a task id past 2^53", async () => {
  const server = await serve(page('{"PushTaskId":12345678901234567891}', 200, "application/json"));
  await expect(push(connect(server.url).transport)).resolves.toMatchObject({
    body: { PushTaskId: "12345678901234567891" },
  });
});

test("queries share one connection, and so do consecutive submissions", async () => {
  const server = await serve(json(OK), json(OK), json(OK), json(PUSHED), json(PUSHED), json(PUSHED));
  const { transport } = connect(server.url, { timeouts: { submissionIdleMs: 60_000 } });
  for (const call of [detail, detail, detail, push, push, push]) await call(transport);
  const ports = server.seen.map((request) => request.clientPort);
  expect([new Set(ports.slice(0, 3)).size, new Set(ports.slice(3)).size, new Set(ports).size]).toEqual([
    1, 1, 2,
  ]);
});

test("a submission does not use an idle connection", async () => {
  const server = await serve(json(PUSHED), json(PUSHED));
  const { transport } = connect(server.url, { timeouts: { submissionIdleMs: 1 } });
  await push(transport);
  await setTimeout(20);
  await push(transport);
  const [first, second] = server.seen.map((request) => request.clientPort);
  expect(second).not.toBe(first);
});

test("a request is traced without parameters, attempt by attempt, and counted", async () => {
  const server = await serve(refuse("ServiceUnavailable", 503), json(OK));
  const { transport, traces } = connect(server.url);
  await detail(transport);
  expect(traces).toEqual([
    expect.objectContaining({
      operation: "DescribePreloadDetailById",
      attempt: 1,
      outcome: "transient",
      requestId: "R-ServiceUnavailable",
      httpStatus: 503,
    }),
    expect.objectContaining({ attempt: 2, outcome: "ok", requestId: "R-ok", httpStatus: 200 }),
  ]);
  expect(transport.callCount()).toBe(2);
});

test("a request survives a tracer that throws", async () => {
  const server = await serve(json(PUSHED));
  const { transport } = connect(server.url, {
    onCall: () => {
      throw new Error("tracer broke");
    },
  });
  await expect(push(transport)).resolves.toMatchObject({ requestId: "R-pushed" });
});

test("a request through a mock that fails on anything unexpected is exactly one POST to the endpoint", async () => {
  const mock = new MockAgent();
  mock.disableNetConnect();
  mock
    .get("https://cdn.aliyuncs.com")
    .intercept({ path: "/", method: "POST", headers: { host: "cdn.aliyuncs.com" } })
    .reply(200, OK);
  const { transport } = connect("https://cdn.aliyuncs.com", { dispatcher: mock });
  await expect(detail(transport)).resolves.toMatchObject({ body: OK });
  mock.assertNoPendingInterceptors();
});

test.each<[string, Act]>([
  ["Throttling.User", refuse("Throttling.User", 400)],
  ["TooManyRequests", refuse("TooManyRequests", 429)],
  ["ServiceUnavailable", refuse("ServiceUnavailable", 503)],
  ["InternalError", refuse("InternalError", 500)],
  ["ServiceBusy", refuse("ServiceBusy", 403)],
  ["SignatureNonceUsed", refuse("SignatureNonceUsed", 400)],
  ["a reset", hangUp],
  ["a body that is cut short", cutShort],
  ["a gateway's page", page("<html>502 Bad Gateway</html>", 502)],
  ["a captive portal's page with status 200", page("<html>Please log in</html>", 200)],
  ["an empty answer", page("", 200)],
  ["a redirect", page("", 302)],
  ["JSON that is not the service's", json({ error: "nope" }, 404)],
  ["a JSON list", json([], 200)],
])("a query is repeated after %s, with a new nonce and signature", async (_title, act) => {
  const server = await serve(act, json(OK));
  const { transport, clock } = connect(server.url);
  await expect(detail(transport)).resolves.toMatchObject({ requestId: "R-ok" });
  const nonces = server.seen.map(({ headers }) => headers["x-acs-signature-nonce"]);
  expect(new Set(nonces).size).toBe(2);
  expect(new Set(server.seen.map(({ headers }) => headers.authorization)).size).toBe(2);
  expect(clock.sleptMs).toContain(100);
});

test.each<[string, Act]>([
  ["silence", saysNothing],
  ["a body that never ends", neverEnds],
])("a query is repeated after %s within the time allowed for an answer", async (_title, act) => {
  const server = await serve(act, json(OK));
  const { transport } = connect(server.url, { timeouts: { answerMs: 30 } });
  await expect(detail(transport)).resolves.toMatchObject({ requestId: "R-ok" });
});

test("a query is sent at most four times, and the maximum delay doubles each time", async () => {
  const server = await serve(...Array<Act>(5).fill(refuse("ServiceUnavailable", 503)));
  const { transport, clock } = connect(server.url);
  const error = await failureOf(detail(transport));
  expect(server.seen).toHaveLength(4);
  expect(clock.sleptMs).toEqual([100, 200, 400]);
  expect(error).toMatchObject({ code: "transient", serviceCode: "ServiceUnavailable", httpStatus: 503 });
  expect(error.message).toBe(
    "DescribePreloadDetailById: ServiceUnavailable: Because ServiceUnavailable (HTTP 503, request id R-ServiceUnavailable). Gave up after 4 attempts.",
  );
});

test("a query is repeated as often as maxAttempts says, and no wait is longer than five seconds", async () => {
  const server = await serve(...Array<Act>(9).fill(refuse("ServiceUnavailable", 503)));
  const { transport, clock } = connect(server.url, { maxAttempts: 9, random: () => 0.999 });
  await failureOf(detail(transport));
  expect(server.seen).toHaveLength(9);
  expect(Math.max(...clock.sleptMs)).toBeLessThan(5_000);
  expect(clock.sleptMs.at(-1)).toBeGreaterThan(4_900);
});

test("a query is repeated no sooner than Retry-After says, in seconds or as a date", async () => {
  const date = "Mon, 23 Nov 2026 10:00:00 GMT";
  const server = await serve(
    refuse("Throttling", 400, { headers: { "retry-after": "7" } }),
    refuse("Throttling", 503, { headers: { date, "retry-after": "Mon, 23 Nov 2026 10:00:09 GMT" } }),
    json(OK),
  );
  const { transport, clock } = connect(server.url);
  await detail(transport);
  expect(clock.sleptMs.slice(0, 2)).toEqual([7_000, 9_000]);
});

test.each([
  ["a number beyond all days", "99999999999999999999", 60_000],
  ["a date beyond all days", "Fri, 31 Dec 9999 23:59:59 GMT", 60_000],
  ["a date without a date to count from", "Mon, 23 Nov 2026 10:00:09 GMT", 9_000],
  ["a date that is past", "Mon, 23 Nov 2026 09:00:00 GMT", 100],
  ["a negative number", "-5", 100],
  ["a fraction", "1.5", 100],
  ["a word", "soon", 100],
  ["nothing", "", 100],
])("a Retry-After that is %s (%s) delays a call by at most a minute", async (_what, retryAfter, waitMs) => {
  const server = await serve(
    refuse("Throttling", 429, { headers: { date: "", "retry-after": retryAfter } }),
    json(OK),
  );
  const { transport, clock } = connect(server.url);
  await detail(transport);
  expect(clock.sleptMs[0]).toBe(waitMs);
});

test("a Retry-After beyond the caller's deadline ends the call immediately, and the next call is not sent", async () => {
  const server = await serve(refuse("Throttling", 429, { headers: { "retry-after": "30" } }), json(OK));
  const { transport, clock } = connect(server.url);
  const options = { ...QUERY, waitUntilMs: clock.nowMs() + 20_000 };
  const ask = () => failureOf(transport.call("DescribePreloadDetailById", { TaskId: "1" }, options));
  expect(await ask()).toMatchObject({ code: "throttled", retryAfterMs: 30_000 });
  expect((await ask()).message).toBe(
    "DescribePreloadDetailById was not sent: the service asks to make no such call for another 30s, which is longer than the time left.",
  );
  expect(clock.sleptMs).toEqual([]);
  expect(server.seen).toHaveLength(1);
  await detail(transport);
  expect(clock.sleptMs).toEqual([30_000]);
});

test.each([
  ["InvalidTaskId.Malformed", 400, "taskUnknown"],
  ["InvalidTime", 400, "taskTooOld"],
  ["QuotaExceeded.Preload", 400, "quota"],
  ["Forbidden.RAM", 403, "permission"],
  ["SignatureDoesNotMatch", 403, "credentials"],
  ["NeverHeardOf", 400, "unknownServiceCode"],
  ["NeverHeardOf", 500, "unknownServiceCode"],
])("a query refused with %s (HTTP %d) fails immediately as %s", async (code, status, family) => {
  const server = await serve(refuse(code, status));
  const error = await failureOf(detail(connect(server.url).transport));
  expect(error).toMatchObject({ code: family, serviceCode: code, requestId: `R-${code}` });
  expect(server.seen).toHaveLength(1);
});

test("a throttled answer halves the rate of the process's budget", async () => {
  const server = await serve(refuse("Throttling.User", 400), json(OK));
  const clock = new VirtualClock({ autoAdvance: true });
  const budget = createCallBudget({ clock });
  const { transport } = connect(server.url, { clock, budget });
  await detail(transport);
  expect(budget.currentCallsPerSecond("DescribePreloadDetailById")).toBeLessThan(11);
});

test.each(["Throttling", "Throttling.User", "Throttling.Api", "TooManyRequests", "ServiceBusy"])(
  "a submission is repeated after %s, which is certainly a refusal",
  async (code) => {
    const server = await serve(refuse(code, 400), json(PUSHED));
    await expect(push(connect(server.url).transport)).resolves.toMatchObject({ requestId: "R-pushed" });
    expect(server.seen).toHaveLength(2);
  },
);

test("a submission is repeated after a refused connection, because nothing was sent, and the error says that the host cannot be reached", async () => {
  const url = await closedPort();
  const { transport, traces } = connect(url);
  const error = await failureOf(push(transport));
  expect(traces).toHaveLength(4);
  expect(error).toMatchObject({ code: "unreachable", mayHaveBeenAccepted: false });
  const host = url.replace("http://", "");
  expect(error.message).toBe(
    `PushObjectCache could not be sent: ${host} cannot be reached (connect ECONNREFUSED ${host}). Gave up after 4 attempts.`,
  );
});

test("a submission is repeated after a name that cannot be resolved", async () => {
  const { transport, traces } = connect("https://nowhere.invalid");
  const error = await failureOf(push(transport));
  expect(traces).toHaveLength(4);
  expect(error).toMatchObject({ code: "unreachable", mayHaveBeenAccepted: false });
  expect(error.message).toMatch(/nowhere\.invalid cannot be reached \(getaddrinfo E\w+ nowhere\.invalid\)/);
});

test.each<[string, Act, string]>([
  ["a reset", hangUp, "transient"],
  ["silence", saysNothing, "transient"],
  ["a body that never ends", neverEnds, "transient"],
  ["a body that is cut short", cutShort, "transient"],
  ["InternalError", refuse("InternalError", 500), "transient"],
  ["ServiceUnavailable", refuse("ServiceUnavailable", 503), "transient"],
  ["SignatureNonceUsed", refuse("SignatureNonceUsed", 400), "transient"],
  ["a code that is not known", refuse("NeverHeardOf", 400), "unknownServiceCode"],
  ["a gateway's page", page("<html>502</html>", 502), "transient"],
  ["a page with status 429", page("slow down", 429, "text/plain"), "transient"],
  ["a page with status 403", page("<html>denied</html>", 403), "malformedAnswer"],
  ["JSON without a Code", json({ message: "no" }, 400), "malformedAnswer"],
  ["a refusal's shape with status 302", refuse("Throttling", 302), "malformedAnswer"],
  ["an empty answer", page("", 200), "malformedAnswer"],
])("a submission is sent once and may have been accepted after %s", async (_title, act, code) => {
  const server = await serve(act, json(PUSHED));
  const { transport } = connect(server.url, { timeouts: { answerMs: 40 } });
  const error = await failureOf(push(transport));
  expect(error).toMatchObject({ code, mayHaveBeenAccepted: true, operation: "PushObjectCache" });
  expect(error.message).toMatch(/ The service may have accepted it\.$/);
  expect(server.seen).toHaveLength(1);
});

test.each([
  ["PreloadQueueFull", "queueFull"],
  ["QuotaExceeded.Preload", "quota"],
  ["InvalidObjectPath.Malformed", "rejected"],
  ["Forbidden.RAM", "permission"],
])("a submission refused with %s fails immediately, and was certainly not accepted", async (code, family) => {
  const server = await serve(refuse(code, 400));
  const error = await failureOf(push(connect(server.url).transport));
  expect(error).toMatchObject({ code: family, mayHaveBeenAccepted: false });
  expect(server.seen).toHaveLength(1);
});

const SERVER_MS = Date.parse("2026-11-23T11:00:00Z");
const serverDate = { date: new Date(SERVER_MS).toUTCString() };

const TEN_MINUTES_LATER = { date: "Mon, 23 Nov 2026 10:10:00 GMT" };

test("the clock of the service is learned from two answers that agree, and the next request is signed with it", async () => {
  const server = await serve(
    json(OK, 200, TEN_MINUTES_LATER),
    json(OK, 200, TEN_MINUTES_LATER),
    json(OK, 200, TEN_MINUTES_LATER),
  );
  const { transport, clock } = connect(server.url);
  await detail(transport);
  expect(transport.knowsServerTime()).toBe(false);
  expect(transport.serverNowMs()).toBe(clock.nowMs());
  await detail(transport);
  expect(transport.knowsServerTime()).toBe(true);
  await detail(transport);
  expect(server.seen[2]?.headers["x-acs-date"]).toBe("2026-11-23T10:10:00Z");
});

test.each([
  ["a wrong year", { date: "Thu, 01 Jan 1970 00:00:00 GMT" }],
  ["another day", { date: "Fri, 27 Nov 2026 10:00:00 GMT" }],
  ["an age", { ...TEN_MINUTES_LATER, age: "600" }],
  ["a negative age", { ...TEN_MINUTES_LATER, age: "-600" }],
  ["a proxy's mark", { ...TEN_MINUTES_LATER, via: "1.1 proxy.example.com" }],
  ["a cache's mark", { ...TEN_MINUTES_LATER, "x-cache": "HIT" }],
])("dates of answers with %s are ignored, however many come", async (_what, headers) => {
  const server = await serve(json(OK, 200, headers), json(OK, 200, headers), json(OK, 200, headers));
  const { transport, clock } = connect(server.url);
  for (let call = 0; call < 3; call += 1) await detail(transport);
  expect(transport.knowsServerTime()).toBe(false);
  expect(transport.serverNowMs()).toBe(clock.nowMs());
  // The local clock alone is no proof either, beyond what the service takes for a signature's time.
  expect(transport.serverNowMs("farthestBack")).toBe(clock.nowMs() - 15 * 60_000);
  expect(transport.serverNowMs("farthestAhead")).toBe(clock.nowMs() + 15 * 60_000);
});

test.each([
  ["query", detail, OK],
  ["submission", push, PUSHED],
] as const)(
  "a clock that is off by an hour is corrected, and the %s is signed again without a delay",
  async (_kind, call, ok) => {
    const server = await serve(
      refuse("InvalidTimeStamp.Expired", 400, { headers: serverDate }),
      json(ok, 200, serverDate),
    );
    const { transport, clock } = connect(server.url);
    await call(transport);
    expect(server.seen.map(({ headers }) => headers["x-acs-date"])).toEqual([
      "2026-11-23T10:00:00Z",
      "2026-11-23T11:00:00Z",
    ]);
    expect(clock.sleptMs).toEqual([]);
  },
);

test("the clock is corrected twice at most", async () => {
  const server = await serve(...Array<Act>(4).fill(refuse("InvalidTimeStamp.Expired", 400)));
  const error = await failureOf(push(connect(server.url).transport));
  expect(server.seen).toHaveLength(3);
  expect(error).toMatchObject({ code: "skew", mayHaveBeenAccepted: false });
});

test("the clock of a proxy's page is not believed", async () => {
  const server = await serve((response) => {
    response.writeHead(502, { "content-type": "text/html", date: new Date(0).toUTCString() });
    response.end("<html>");
  });
  const { transport, clock } = connect(server.url, { maxAttempts: 1 });
  await failureOf(detail(transport));
  expect(transport.serverNowMs()).toBe(clock.nowMs());
});

/** Hands out a new token after each invalidation. */
function renewable(): CredentialSource & { asked: number; invalidated: number } {
  return {
    asked: 0,
    invalidated: 0,
    origin: () => ({ kind: "named", name: "a role" }),
    async get() {
      this.asked += 1;
      return { ...KEYS, securityToken: `token-${this.invalidated}` };
    },
    invalidate() {
      this.invalidated += 1;
    },
  };
}

test("credentials with an expired token are renewed once, for a submission too, and the call continues", async () => {
  const server = await serve(refuse("InvalidSecurityToken.Expired", 403), json(PUSHED));
  const credentials = renewable();
  await push(connect(server.url, { credentials }).transport);
  expect(server.seen.map(({ headers }) => headers["x-acs-security-token"])).toEqual(["token-0", "token-1"]);
  expect(credentials.invalidated).toBe(1);
});

test("credentials with an expired token after the renewal fail the call", async () => {
  const server = await serve(...Array<Act>(3).fill(refuse("InvalidSecurityToken.Expired", 403)));
  const error = await failureOf(push(connect(server.url, { credentials: renewable() }).transport));
  expect(server.seen).toHaveLength(2);
  expect(error).toMatchObject({ code: "credentials", mayHaveBeenAccepted: false });
});

test("credentials that cannot be renewed fail immediately, and the message says where they came from", async () => {
  const server = await serve(refuse("InvalidSecurityToken.Expired", 403));
  const error = await failureOf(detail(connect(server.url).transport));
  expect(error.message).toBe(
    "The security token of access key LTAI…t-id has expired. DescribePreloadDetailById: InvalidSecurityToken.Expired: Because InvalidSecurityToken.Expired (HTTP 403, request id R-InvalidSecurityToken.Expired). The credentials came from the test.",
  );
});

test("credentials that cannot be found fail the call before anything is sent", async () => {
  const server = await serve();
  const credentials: CredentialSource = {
    origin: () => ({ kind: "named", name: "nowhere" }),
    get: async () => {
      throw new Error("none here");
    },
  };
  await expect(push(connect(server.url, { credentials }).transport)).rejects.toThrow("none here");
  expect(server.seen).toEqual([]);
});

test("credentials never show in a message that quotes what the service signed", async () => {
  const message = `Specified signature is not matched with our calculation. server string to sign is:POST\n/\n\nx-acs-security-token:${KEYS.securityToken}\n${encodeURIComponent(KEYS.accessKeySecret)}`;
  const server = await serve(refuse("SignatureDoesNotMatch", 403, { message }));
  const error = await failureOf(detail(connect(server.url).transport));
  expect(error.message).toBe(
    "The secret does not belong to access key LTAI…t-id. DescribePreloadDetailById: SignatureDoesNotMatch: Specified signature is not matched with our calculation. server string to sign is: [redacted] (HTTP 403, request id R-SignatureDoesNotMatch). The credentials came from the test.",
  );
});

test("credentials never show if a proxy's page echoes the request", async () => {
  const server = await serve((response, { headers }) => {
    response.writeHead(502, { "content-type": "text/plain" });
    response.end(`${headers["x-acs-security-token"]} ${headers.authorization} ${KEYS.accessKeySecret}`);
  });
  await failureOf(push(connect(server.url).transport));
});

test("credentials never show in the code, the request id or the content type", async () => {
  const token = KEYS.securityToken ?? "";
  const server = await serve((response) => {
    response.writeHead(400, { "content-type": "application/json" });
    response.end(JSON.stringify({ Code: `Odd.${token}`, Message: token, RequestId: token }));
  });
  await failureOf(push(connect(server.url).transport));
});

test("an abort before the call sends nothing", async () => {
  const server = await serve();
  const error = await failureOf(
    push(connect(server.url).transport, { ...SUBMISSION, signal: AbortSignal.abort() }),
  );
  expect(error).toMatchObject({ code: "interrupted", mayHaveBeenAccepted: false });
  expect(error.message).toBe("PushObjectCache was interrupted before it was sent.");
  expect(server.seen).toEqual([]);
});

test("an abort between the permission to call and the call sends nothing and ends immediately", async () => {
  const server = await serve();
  const controller = new AbortController();
  const { transport } = connect(server.url);
  const error = await failureOf(
    push(transport, { ...SUBMISSION, signal: controller.signal, onAttempt: () => controller.abort() }),
  );
  expect(error).toMatchObject({ code: "interrupted", mayHaveBeenAccepted: false });
  expect(error.message).toBe("PushObjectCache was interrupted before it was sent.");
  expect(server.seen).toEqual([]);
});

test("an abort while the connection is made sends nothing, also later", async () => {
  const server = await serve(json(PUSHED));
  const controller = new AbortController();
  const { transport } = connect(server.url);
  const call = push(transport, {
    ...SUBMISSION,
    signal: controller.signal,
    onAttempt: () => queueMicrotask(() => controller.abort()),
  });
  const error = await failureOf(call);
  expect(error).toMatchObject({ code: "interrupted", mayHaveBeenAccepted: false });
  expect(error.message).toBe("PushObjectCache was interrupted before it was sent.");
  // A query on the same server comes through, so the submission would have had the time to.
  await detail(transport);
  expect(server.seen.map((request) => request.headers["x-acs-action"])).toEqual([
    "DescribePreloadDetailById",
  ]);
});

test("an abort during the wait for a submission's answer leaves its outcome unknown", async () => {
  const controller = new AbortController();
  const server = await serve(() => controller.abort());
  const { transport } = connect(server.url);
  const error = await failureOf(push(transport, { ...SUBMISSION, signal: controller.signal }));
  expect(error).toMatchObject({ code: "interrupted", mayHaveBeenAccepted: true });
  expect(error.message).toBe(
    "PushObjectCache was interrupted while it waited for the answer. The service may have accepted it.",
  );
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test("an abort during the delay before a repetition ends the call", async () => {
  const controller = new AbortController();
  const clock = new VirtualClock();
  const server = await serve(refuse("Throttling", 400));
  const { transport } = connect(server.url, {
    clock,
    budget: createCallBudget({ clock }),
    onCall: () => void setImmediate().then(() => controller.abort()),
  });
  const error = await failureOf(push(transport, { ...SUBMISSION, signal: controller.signal }));
  expect(error).toMatchObject({ code: "interrupted", mayHaveBeenAccepted: false });
  expect(clock.sleeperCount).toBe(0);
});

test("a page that is not from the service is quoted in one short line", async () => {
  const text = `<html>\n<head><title>Access denied</title></head>\u0007${"x".repeat(200)}`;
  const server = await serve(page(text, 403, "text/html; charset=utf-8"));
  const error = await failureOf(push(connect(server.url).transport));
  expect(error.message).toBe(
    `PushObjectCache: the answer is not the service's JSON (HTTP 403, text/html; charset=utf-8): "<html> <head><title>Access denied</title></head> ${"x".repeat(31)}…". The service may have accepted it.`,
  );
});

test("an answer longer than 16 MiB is not read to its end", async () => {
  const server = await serve((response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.on("error", () => {});
    response.end(Buffer.alloc(17 * 1024 * 1024, 0x20));
  });
  const error = await failureOf(push(connect(server.url).transport));
  expect(error).toMatchObject({ code: "malformedAnswer", mayHaveBeenAccepted: true });
  expect(error.message).toContain("the answer is longer than 16777216 bytes");
});

test("a proxy is not used for an endpoint on this machine", async () => {
  const server = await serve(json(OK));
  const { transport } = connect(server.url, {
    env: { HTTPS_PROXY: await closedPort(), HTTP_PROXY: await closedPort() },
  });
  await expect(detail(transport)).resolves.toMatchObject({ requestId: "R-ok" });
});

test("a proxy in HTTPS_PROXY is used for the service, and if it refuses, nothing was sent", async () => {
  const connects: string[] = [];
  const proxy = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (data) => {
      connects.push(data.toString().split("\r\n")[0] ?? "");
      socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  opened.push({ stop: () => new Promise((resolve) => proxy.close(resolve)) });
  const address = proxy.address();
  const url = `http://me:hunter2@127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const { transport } = connect("https://cdn.aliyuncs.com", { env: { HTTPS_PROXY: url }, maxAttempts: 1 });
  const error = await failureOf(push(transport));
  expect(connects).toEqual(["CONNECT cdn.aliyuncs.com:443 HTTP/1.1"]);
  expect(error).toMatchObject({ code: "unreachable", mayHaveBeenAccepted: false });
  expect(error.message).toContain("Proxy response (403) !== 200 when HTTP Tunneling");
  expect(inspect(error, { depth: 20 })).not.toContain("hunter2");
});

test("a proxy that hangs delays the call only for the connection timeout, and nothing was sent", async () => {
  const proxy = createServer((socket) => opened.push({ stop: async () => socket.destroy() }));
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  opened.push({ stop: async () => proxy.close() });
  const address = proxy.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const { transport } = connect("https://cdn.aliyuncs.com", {
    env: { https_proxy: url },
    maxAttempts: 1,
    timeouts: { connectMs: 20 },
  });
  const error = await failureOf(push(transport));
  expect(error).toMatchObject({ code: "unreachable", mayHaveBeenAccepted: false });
  expect(error.message).toBe(
    "PushObjectCache could not be sent: cdn.aliyuncs.com cannot be reached (no connection within 24 ms).",
  );
});

test("a proxy that NO_PROXY excludes for the host is not used", async () => {
  const env = { HTTPS_PROXY: await closedPort(), NO_PROXY: "nowhere.invalid" };
  const { transport } = connect("https://nowhere.invalid", { env, maxAttempts: 1 });
  expect((await failureOf(push(transport))).message).toContain("getaddrinfo");
});

test.each([
  [{ https_proxy: "", HTTPS_PROXY: "127.0.0.1:9" }, "http://127.0.0.1:9"],
  [{ https_proxy: " ", HTTPS_PROXY: "http://p:1" }, "http://p:1"],
  [{ https_proxy: "https://lower:1", HTTPS_PROXY: "upper:1" }, "https://lower:1"],
  [{ HTTP_PROXY: "p:1" }, ""],
])("the environment %j names the proxy %j, as for curl", (env, httpsProxy) => {
  expect(proxySettings(env)).toMatchObject({ httpsProxy, httpProxy: "" });
});

test("an empty no_proxy beside NO_PROXY counts as not set", () => {
  expect(proxySettings({ no_proxy: "", NO_PROXY: "example.com" }).noProxy).toBe("example.com");
});

test("a credential that does not fit into a header is reported as that, not as a network failure", async () => {
  const server = await serve(json(OK));
  const keys = { ...KEYS, securityToken: "bad\ntoken" };
  const credentials = staticCredentials(keys, "the test");
  const error = await failureOf(push(connect(server.url, { credentials }).transport));
  expect(error).toMatchObject({ code: "credentials", mayHaveBeenAccepted: false });
  expect(error.message).toMatch(
    /^PushObjectCache was not sent: its request is not valid .*It came from the test\.$/,
  );
});

test("any other request that the HTTP library refuses is an internal error", async () => {
  const server = await serve(json(OK));
  const error = await failureOf(push(connect(server.url, { userAgent: "bad\nagent" }).transport));
  expect(error).toMatchObject({ code: "internal", retryable: false, mayHaveBeenAccepted: false });
  expect(error.message).toContain("PushObjectCache was not sent: its request is not valid");
});

test("a proxy that is not a URL is a usage error that does not show its value", async () => {
  const create = () => connect("https://cdn.aliyuncs.com", { env: { HTTPS_PROXY: "me:hunter2@:x" } });
  expect(throwsInWords(create)).toThrow("HTTPS_PROXY is not a URL such as http://proxy.example.com:3128.");
});

test.each<[string, object]>([
  ["a code and a message", { Code: "Forbidden.RAM", Message: "No.", RequestId: "R-1" }],
  ["lower-case fields", { code: "Forbidden.RAM", message: "No.", requestId: "R-1" }],
])("an answer with HTTP 200 that is only %s is a refusal", async (_, body) => {
  for (const act of [json(body), json(body, 403)]) {
    const server = await serve(act);
    const { transport } = connect(server.url);
    const failure = await failureOf(push(transport));
    expect(failure).toMatchObject({
      code: "permission",
      serviceCode: "Forbidden.RAM",
      mayHaveBeenAccepted: false,
    });
    expect(server.seen).toHaveLength(1);
  }
});

test("an answer with HTTP 200 and an unknown code leaves a submission's outcome unknown", async () => {
  const server = await serve(json({ Code: 1234, Message: "?" }));
  const { transport } = connect(server.url);
  expect(await failureOf(push(transport))).toMatchObject({
    code: "unknownServiceCode",
    serviceCode: "1234",
    mayHaveBeenAccepted: true,
  });
});

test("a submission with a disabled key was certainly not accepted", async () => {
  const server = await serve(refuse("InvalidAccessKeyId.Inactive", 400));
  const { transport } = connect(server.url);
  expect(await failureOf(push(transport))).toMatchObject({ code: "credentials", mayHaveBeenAccepted: false });
});
