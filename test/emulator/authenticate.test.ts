import { SIGNATURE_VALIDITY_MS } from "../../provider/wire/limits";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

const QUOTA = "DescribeRefreshQuota";

test("the options set the access keys", async () => {
  const { emulator, call } = await start({ accessKeyId: "id", accessKeySecret: "secret" });
  expect([emulator.accessKeyId, emulator.accessKeySecret]).toEqual(["id", "secret"]);
  expect((await call(QUOTA, {}, { accessKeyId: "id", accessKeySecret: "secret" })).status).toBe(200);
});

test("a wrong key id, a wrong secret and an unsigned request are refused", async () => {
  const { emulator, call } = await start();
  const wrongKey = await call(QUOTA, {}, { accessKeyId: "nobody" });
  expect([wrongKey.status, wrongKey.json.Code]).toEqual([404, "InvalidAccessKeyId.NotFound"]);
  const wrongSecret = await call(QUOTA, {}, { accessKeySecret: "guess" });
  expect([wrongSecret.status, wrongSecret.json.Code]).toEqual([403, "SignatureDoesNotMatch"]);
  const garbled = await call(QUOTA, {}, { unsignedHeaders: { authorization: "Bearer x" } });
  expect(garbled.json.Code).toBe("SignatureDoesNotMatch");
  const unsigned = await fetch(emulator.endpoint, {
    method: "POST",
    headers: { "x-acs-action": QUOTA, "x-acs-version": "2018-05-10" },
  });
  expect(await unsigned.json()).toMatchObject({ Code: "MissingParameter" });
});

test("a service header added after signing is noticed", async () => {
  const { call } = await start();
  const answer = await call(QUOTA, {}, { unsignedHeaders: { "x-acs-trick": "1" } });
  expect(answer.json.Code).toBe("SignatureDoesNotMatch");
});

test("a nonce is accepted only once while its date can be valid", async () => {
  const { clock, call } = await start();
  expect((await call(QUOTA, {}, { nonce: "n1" })).status).toBe(200);
  const again = await call(QUOTA, {}, { nonce: "n1" });
  expect([again.status, again.json.Code]).toEqual([400, "SignatureNonceUsed"]);
  clock.advance(2 * SIGNATURE_VALIDITY_MS);
  expect((await call(QUOTA, {}, { nonce: "n1" })).status).toBe(200);
});

test("a refused signature does not use its nonce", async () => {
  const { call } = await start();
  await call(QUOTA, {}, { nonce: "n1", accessKeySecret: "guess" });
  expect((await call(QUOTA, {}, { nonce: "n1" })).status).toBe(200);
});

test.each([-1, 1])(
  "a date up to 15 minutes off is accepted, a second more is not (%i)",
  async (direction) => {
    const { clock, call } = await start();
    const at = (skewMs: number) => ({ nowMs: clock.nowMs() + direction * skewMs });
    expect((await call(QUOTA, {}, at(SIGNATURE_VALIDITY_MS))).status).toBe(200);
    const late = await call(QUOTA, {}, at(SIGNATURE_VALIDITY_MS + 1_000));
    expect([late.status, late.json.Code]).toEqual([400, "InvalidTimeStamp.Expired"]);
  },
);

test("an unknown action, version, path or method is InvalidAction.NotFound", async () => {
  const { emulator, call } = await start();
  expect((await call("DescribeEverything")).json.Code).toBe("InvalidAction.NotFound");
  expect((await call(QUOTA, {}, { version: "2014-11-11" })).json.Code).toBe("InvalidAction.NotFound");
  expect((await call(QUOTA, {}, { method: "PUT" })).json.Code).toBe("InvalidAction.NotFound");
  const other = await fetch(`${emulator.endpoint}/other`);
  expect(other.status).toBe(404);
  expect(await other.json()).toMatchObject({ Code: "InvalidAction.NotFound" });
});

test("a temporary credential works with its token until it expires", async () => {
  const { clock, emulator, call } = await start();
  const { accessKeyId, accessKeySecret, securityToken, expiresAtMs } = emulator.issueStsToken({
    durationMs: 60_000,
  });
  expect(expiresAtMs).toBe(clock.nowMs() + 60_000);
  const keys = { accessKeyId, accessKeySecret };
  const outcome = async (options: object) => {
    const { status, json } = await call(QUOTA, {}, options);
    return [status, json.Code];
  };
  expect(await outcome({ ...keys, securityToken })).toEqual([200, undefined]);
  expect(await outcome({ ...keys, securityToken: "other" })).toEqual([403, "InvalidSecurityToken.Malformed"]);
  expect(await outcome(keys)).toEqual([403, "InvalidSecurityToken.Malformed"]);
  expect(await outcome({ securityToken })).toEqual([403, "InvalidSecurityToken.Malformed"]);
  clock.advance(60_000);
  expect(await outcome({ ...keys, securityToken })).toEqual([403, "InvalidSecurityToken.Expired"]);
});
