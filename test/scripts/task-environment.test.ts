import { delimiter, join } from "node:path";
import { runModule } from "./run-module";
import { temporaryFolder, writeProgram } from "./temporary-folder";

function environment(pulumiFolder: string, env: Record<string, string>): Record<string, string> {
  const pulumi = { command: join(pulumiFolder, "pulumi"), version: "3.259.0", source: "cache" };
  const options = { root: "/project", env, node: "/project/node_modules/node/bin/node", pulumi };
  return runModule("task-environment.mjs", "return it.taskEnvironment(args[0]);", options) as Record<
    string,
    string
  >;
}

test("tests and the demo find the project's Node first, then the Pulumi CLI", () => {
  const folder = temporaryFolder();
  writeProgram(folder, "pulumi-resource-pulumi-nodejs", []);
  expect(environment(folder, { PATH: "/usr/bin" }).PATH).toBe(
    ["/project/node_modules/node/bin", folder, "/usr/bin"].join(delimiter),
  );
});

test("a Pulumi CLI without the dynamic host beside it finds the SDK's copy on PATH", () => {
  expect(environment("/opt/pulumi", { PATH: "/usr/bin" }).PATH).toBe(
    [
      "/project/node_modules/node/bin",
      "/opt/pulumi",
      "/usr/bin",
      "/project/node_modules/@pulumi/pulumi",
    ].join(delimiter),
  );
});

test("the user's account, login and stack do not reach the tests or the demo", () => {
  const env = environment("/opt/pulumi", {
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret",
    PULUMI_ACCESS_TOKEN: "secret",
    PULUMI_BACKEND_URL: "s3://production",
    PULUMI_CONFIG_PASSPHRASE_FILE: "/secret",
    PULUMI_HOME: "/home/somebody/.pulumi",
    XDG_CACHE_HOME: "/cache",
    LANG: "C",
  });
  const { PATH: _path, ...rest } = env;
  expect(rest).toEqual({
    LANG: "C",
    XDG_CACHE_HOME: "/cache",
    PULUMI_HOME: "/cache/cdn-preload-gate/pulumi-home",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  });
});
