import { openSession, type SessionOptions } from "../../provider/gate/session";
import { answerSts } from "../transport/answer-sts";

afterEach(() => jest.restoreAllMocks());

const KEY = { accessKeyId: "LTAI-one", accessKeySecret: "secret", from: "the test" };
const TEMPORARY = { ...KEY, accessKeyId: "STS.one", securityToken: "token" };
const roleOf = (account: number) => ({ roleArn: `acs:ram::${account}:role/release` });

/** What the runs of a session note as who submits. */
async function accountOf(options: SessionOptions): Promise<string | undefined> {
  const session = openSession(options);
  const { signal } = new AbortController();
  const account = await session.context({ signal, emit: () => {} }).account?.();
  await session.close();
  return account;
}

test.each<[string, SessionOptions, SessionOptions]>([
  ["the same key", { accessKey: KEY }, { accessKey: KEY }],
  ["the same temporary key", { accessKey: TEMPORARY }, { accessKey: TEMPORARY }],
  [
    "roles of one account, by any user",
    { accessKey: KEY, assumeRole: roleOf(1) },
    { accessKey: TEMPORARY, assumeRole: { roleArn: "acs:ram::1:role/other" } },
  ],
])("%s: one account", async (_what, one, other) => {
  answerSts();
  expect(await accountOf(one)).toBe(await accountOf(other));
});

test.each<[string, SessionOptions, SessionOptions]>([
  ["two keys", { accessKey: KEY }, { accessKey: { ...KEY, accessKeyId: "LTAI-two" } }],
  ["two temporary keys", { accessKey: TEMPORARY }, { accessKey: { ...TEMPORARY, accessKeyId: "STS.two" } }],
  [
    "roles of two accounts",
    { accessKey: KEY, assumeRole: roleOf(1) },
    { accessKey: KEY, assumeRole: roleOf(2) },
  ],
  ["another endpoint", { accessKey: KEY }, { accessKey: KEY, region: "ap-southeast-1" }],
])("%s: not known to be one account", async (_what, one, other) => {
  answerSts();
  const accounts = [await accountOf(one), await accountOf(other)];
  expect(accounts[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(accounts[1]).toMatch(/^[0-9a-f]{16}$/);
  expect(accounts[0]).not.toBe(accounts[1]);
});
