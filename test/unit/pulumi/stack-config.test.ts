import { stackConfig } from "../../../provider/pulumi/stack-config";
import { sessionOptionsOf } from "../../../provider/resources/session-settings";
import { throwsInWords } from "../../support/words";

function optionsOf(config: Readonly<Record<string, string>>) {
  return throwsInWords(() => sessionOptionsOf(stackConfig((key) => config[key])))();
}

test("what the config does not say is left to the session", () => {
  expect(Object.values(optionsOf({})).filter((value) => value !== undefined)).toEqual([]);
});

test("the config's numbers are numbers", () => {
  const options = optionsOf({ "alicdn:callsPerSecond": "5", "alicdn:pollIntervalFactor": "2.5" });
  expect(options).toMatchObject({ callsPerSecond: 5, pollIntervalFactor: 2.5 });
});

test.each([
  ["alicdn:callsPerSecond", "a number above 0"],
  ["alicdn:pollIntervalFactor", "a number from 0.5 to 12"],
])("%s that is no such number is named", (key, expected) => {
  for (const text of ["", "0", "-1", "many", "Infinity"]) {
    const problem = new Error(`The stack's config ${key} must be ${expected}.`);
    expect(() => optionsOf({ [key]: text })).toThrow(problem);
  }
});

test.each([
  [{ "alicloud:accessKey": "id" }, "alicloud:secretKey is missing"],
  [{ "alicloud:secretKey": "secret" }, "alicloud:accessKey is missing"],
])("half of the credentials names the other half: %j", (config, problem) => {
  expect(() => optionsOf(config)).toThrow(problem);
});

test("what the Alibaba Cloud provider's config says of the identity is handed on", () => {
  const assumeRole = { roleArn: "acs:ram::1:role/release", sessionName: "ci", sessionExpiration: "3600" };
  const options = optionsOf({
    "alicloud:ecsRoleName": "builder",
    "alicloud:credentialsUri": "http://127.0.0.1:9/",
    "alicloud:sharedCredentialsFile": "/etc/aliyun.json",
    "alicloud:assumeRole": JSON.stringify(assumeRole),
    "alicloud:assumeRoleWithOidc": JSON.stringify({ roleArn: "r", oidcProviderArn: "p", oidcTokenFile: "f" }),
  });
  expect(options).toMatchObject({
    ecsRoleName: "builder",
    credentialsUri: "http://127.0.0.1:9/",
    sharedCredentialsFile: "/etc/aliyun.json",
    assumeRole: { ...assumeRole, sessionExpiration: 3600 },
    assumeRoleWithOidc: { roleArn: "r", oidcProviderArn: "p", oidcTokenFile: "f" },
  });
});

test.each([
  ["alicloud:assumeRole", "{", "alicloud:assumeRole "],
  ["alicloud:assumeRole", '{"sessionName":"ci"}', "alicloud:assumeRole.roleArn"],
  ["alicloud:assumeRole", '{"roleArn":"r","sourceIdentity":"hush"}', "alicloud:assumeRole.sourceIdentity"],
  [
    "alicloud:assumeRoleWithOidc",
    '{"roleArn":"r","oidcProviderArn":"p","oidcToken":"hush"}',
    "alicloud:assumeRoleWithOidc.oidcToken",
  ],
])("%s that cannot be followed is refused by name, without its values: %s", (key, json, name) => {
  let message = "";
  try {
    optionsOf({ [key]: json });
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain(
    `The stack's config ${key} cannot be used. Missing, not supported, or of another form: ${name.trim()}`,
  );
  expect(message).not.toContain("hush");
});
