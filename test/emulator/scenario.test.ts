import { z } from "zod";
import type { ScenarioInput } from "../../emulator";
import { describeIssues } from "../../emulator/issues";
import { scenarioSchema } from "../../emulator/scenario";
import { emulatorPerTest } from "./call-service";

const start = emulatorPerTest();

async function scriptsFor(scenario: ScenarioInput, ...urls: readonly string[]) {
  const { emulator, push } = await start({ scenario });
  await push(...urls);
  return emulator.submissions().map(({ script }) => script);
}

test("the first rule that matches a URL decides, then the script in the URL, then the default", async () => {
  const scenario: ScenarioInput = {
    defaultScript: "slow",
    rules: [
      { url: "http://a.example.com/exact?x=1", script: "zero-pops" },
      { host: "*.example.com", path: "/**/*.css", script: { endsAfterMs: 10 } },
      { host: "b.example.com", script: "never-ends" },
    ],
  };
  expect(
    await scriptsFor(
      scenario,
      "https://A.example.com/exact?x=1",
      "https://a.example.com/exact?x=12",
      "https://a.example.com/dir/deep/a.css",
      "https://b.example.com/dir/a.css",
      "https://b.example.com/emulate-retcode-500/x",
      "https://a.example.com/emulate-retcode-500/x",
    ),
  ).toEqual(["zero-pops", "slow", "inline", "inline", "never-ends", "retcode-500"]);
});

test("one star stays within a path segment, two cross it, and a question mark matches itself", async () => {
  const scenario: ScenarioInput = {
    rules: [
      { path: "/one/*", script: "slow" },
      { path: "/two/**", script: "zero-pops" },
      { path: "/q?x=*", script: "never-ends" },
    ],
  };
  const paths = ["/one/a", "/one/a/b", "/two/a/b", "/q?x=1", "/qqx=1"];
  expect(await scriptsFor(scenario, ...paths.map((path) => `https://a.example.com${path}`))).toEqual([
    "slow",
    "passes",
    "zero-pops",
    "never-ends",
    "passes",
  ]);
});

test("a rule for the first submissions leaves later ones to the following rules", async () => {
  const url = "https://a.example.com/x";
  const scenario: ScenarioInput = {
    rules: [
      { url, script: "retcode-500", firstSubmissions: 2 },
      { url, script: "slow", firstSubmissions: 3 },
    ],
  };
  expect(await scriptsFor(scenario, url, url, "https://a.example.com/y", url, url)).toEqual([
    "retcode-500",
    "retcode-500",
    "passes",
    "slow",
    "passes",
  ]);
});

test("a script given by its fields defaults to one that passes", async () => {
  const script = { endStatus: "Failed", retCode: "404", description: "a|b" };
  const { clock, call, push } = await start({ scenario: { defaultScript: script } });
  const [taskId = ""] = await push("https://a.example.com/x");
  clock.advance(3_500);
  const { json } = await call("DescribePreloadDetailById", { TaskId: taskId });
  expect(json.UrlDetails).toMatchObject([
    { Status: "Failed", RetCode: "404", Urls: [{ Description: "a|b" }] },
  ]);
});

test("a scenario holds settings, which the options override", async () => {
  const { emulator } = await start({
    scenario: { settings: { speed: 10, allowListed: false, quotas: { preloadL1: 7 } } },
    allowListed: true,
    visibilityDelayMs: undefined,
  });
  expect(emulator.settings).toMatchObject({ speed: 10, allowListed: true, visibilityDelayMs: 2_000 });
  expect(emulator.settings.quotas).toMatchObject({ preloadL1: 7, preloadL2: 1_000 });
});

test("a new scenario applies to later submissions", async () => {
  const { emulator, push } = await start();
  await push("https://a.example.com/1");
  emulator.setScenario({ defaultScript: "slow" });
  await push("https://a.example.com/1");
  expect(emulator.submissions().map(({ script }) => script)).toEqual(["passes", "slow"]);
});

test.each([
  [
    { rules: [{ host: "a", script: "nonsense" }] },
    "rules[0].script: must be a script or the name of one: passes",
  ],
  [{ rules: [{ host: "a", script: { retcode: "1" } }] }, "rules[0].script.retcode: is not a known property"],
  [{ rules: [{ script: "slow" }] }, "rules[0]: needs at least one of url, host and path"],
  [{ rules: [{ url: "/x", script: "slow" }] }, "rules[0].url: must be domain/path"],
  [{ rule: [] }, "rule: is not a known property"],
  [{ faults: [{ kind: "hang", nthCall: 1 }] }, "faults[0].nthCall: is not a known property"],
  [{ settings: { speed: 0 } }, "settings.speed: "],
  [[], "(the whole): "],
])("an invalid scenario is reported with the property's path: %j", (scenario, message) => {
  const parsed = scenarioSchema.safeParse(scenario);
  expect(parsed.error).toBeInstanceOf(z.ZodError);
  expect(describeIssues(parsed.error)).toContain(message);
});

test("invalid options are refused at the start", async () => {
  await expect(start({ speed: -1 })).rejects.toThrow(z.ZodError);
  await expect(start({ faults: [{ kind: "hang", fromCall: 0 }] })).rejects.toThrow(z.ZodError);
});
