import { cliLanguage, languageOption, withoutLanguage } from "../../provider/cli/cli-language";
import { languageOfTag } from "../../provider/core/language";
import { pulumiWording } from "../../provider/resources/pulumi-wording";
import { PULUMI_NAMES } from "../../provider/wording/front-names";

test.each([
  ["zh", "zh"],
  ["zh-CN", "zh"],
  ["zh_CN.UTF-8", "zh"],
  ["ZH-Hans-CN", "zh"],
  [" zh ", "zh"],
  ["en", "en"],
  ["en_US.UTF-8", "en"],
  ["en-GB", "en"],
  ["C.UTF-8", undefined],
  ["POSIX", undefined],
  ["fr_FR", undefined],
  ["zhuang", undefined],
  ["", undefined],
])("%j names the language %s", (tag, language) => {
  expect(languageOfTag(tag)).toBe(language);
});

const COMMAND = ["node", "cdn-preload-gate", "run", "a.example.com/x"];

test.each<[string, readonly string[], NodeJS.ProcessEnv, "en" | "zh"]>([
  ["English without any setting", [], {}, "en"],
  ["the option before all variables", ["--lang", "zh"], { ALICDN_LANG: "en", LANG: "en_US.UTF-8" }, "zh"],
  ["the option with an equals sign", ["--lang=zh-CN"], {}, "zh"],
  ["the option that asks for English", ["--lang", "en"], { ALICDN_LANG: "zh", LC_ALL: "zh_CN.UTF-8" }, "en"],
  ["our variable before the locale", [], { ALICDN_LANG: "zh", LC_ALL: "en_US.UTF-8" }, "zh"],
  ["LC_ALL before LC_MESSAGES", [], { LC_ALL: "zh_CN.UTF-8", LC_MESSAGES: "en_US.UTF-8" }, "zh"],
  ["LC_MESSAGES before LANG", [], { LC_MESSAGES: "zh_CN.UTF-8", LANG: "en_US.UTF-8" }, "zh"],
  ["LANG", [], { LANG: "zh_CN.UTF-8" }, "zh"],
  ["the next one where one is empty", [], { ALICDN_LANG: "", LC_ALL: "", LANG: "zh_CN.UTF-8" }, "zh"],
  ["English for a locale without a catalogue", [], { LANG: "fr_FR.UTF-8" }, "en"],
  [
    "English, and no later variable, for such a one of our own",
    [],
    { ALICDN_LANG: "fr", LANG: "zh_CN" },
    "en",
  ],
  ["the environment where the option names no language", ["--lang", "fr"], { LANG: "zh_CN.UTF-8" }, "zh"],
])("the command line speaks by %s", (_name, options, env, language) => {
  expect(cliLanguage([...COMMAND, ...options], env)).toBe(language);
});

test("what follows a double dash is no option", () => {
  expect(languageOption([...COMMAND, "--", "--lang", "zh"])).toBeUndefined();
  expect(withoutLanguage(["run", "--lang", "zh", "--", "--lang"])).toEqual(["run", "--", "--lang"]);
  expect(withoutLanguage(["--lang=zh", "run", "a"])).toEqual(["run", "a"]);
});

describe("in a deployment", () => {
  const before = process.env.ALICDN_LANG;
  afterEach(() => {
    if (before === undefined) delete process.env.ALICDN_LANG;
    else process.env.ALICDN_LANG = before;
  });

  test("diagnostics are English, as the engine's own are, unless ALICDN_LANG asks for another language", () => {
    delete process.env.ALICDN_LANG;
    expect(pulumiWording(PULUMI_NAMES).nextStep({ kind: "goOn" })).toMatch(/^Next: /);
    process.env.ALICDN_LANG = "zh";
    expect(pulumiWording(PULUMI_NAMES).nextStep({ kind: "goOn" })).toMatch(/^下一步：/);
  });
});
