import { judgeConfigNames } from "../../../provider/pulumi/judge-config-names";
import { stackConfig } from "../../../provider/pulumi/stack-config";
import { wordingFor } from "../../support/words";

/** What is said of a stack's config: what is refused, and what is only doubted. */
function judged(config: Readonly<Record<string, string>>) {
  const names = Object.keys(config).flatMap((key) => (key.startsWith("alicdn:") ? [key.slice(7)] : []));
  const { refused, doubted } = judgeConfigNames(
    names,
    stackConfig((key) => config[key]),
  );
  const { pulumiFault } = wordingFor();
  return { refused: refused.map(pulumiFault), doubted: doubted.map(pulumiFault) };
}

const NO_SETTING = (name: string) =>
  `alicdn:${name} is no setting; there are endpoint, callsPerSecond, pollIntervalFactor.`;

test("settings of this package are right", () => {
  const config = { "alicdn:endpoint": "", "alicdn:callsPerSecond": "5", "alicloud:profile": "p" };
  expect(judged(config)).toEqual({ refused: [], doubted: [] });
});

test("a misspelt setting is refused with the one that was meant", () => {
  expect(judged({ "alicdn:pollIntervalFacter": "4" })).toEqual({
    refused: [`${NO_SETTING("pollIntervalFacter")} Did you mean alicdn:pollIntervalFactor?`],
    doubted: [],
  });
  expect(judged({ "alicdn:acessKey": "id" }).refused).toEqual([
    `${NO_SETTING("acessKey")} Did you mean alicloud:accessKey?`,
  ]);
});

test("a name that resembles a setting which is set is only doubted: nothing takes the place of that one", () => {
  const config = { "alicdn:endpoints": "[]", "alicdn:endpoint": "http://127.0.0.1:1" };
  expect(judged(config)).toEqual({
    refused: [],
    doubted: [`${NO_SETTING("endpoints")} Did you mean alicdn:endpoint?`],
  });
});

test("a value that a program may keep of its own is only doubted", () => {
  expect(judged({ "alicdn:bucket": "b" })).toEqual({ refused: [], doubted: [NO_SETTING("bucket")] });
});

test("a setting of the plugin alone is refused, unless the one that this package reads is set as well", () => {
  expect(judged({ "alicdn:region": "cn-beijing" })).toEqual({
    refused: ["alicdn:region is a setting of the plugin; this package reads alicloud:region. Set that one."],
    doubted: [],
  });
  expect(judged({ "alicdn:region": "cn-beijing", "alicloud:region": "cn-hangzhou" })).toEqual({
    refused: [],
    doubted: [],
  });
});
