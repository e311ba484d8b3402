import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { allOptions } from "../../provider/core/options/values";
import { gatePolicy } from "../../provider/core/policy-schema";
import { resultWithIds } from "../../provider/core/saved-state";
import { taskResult } from "../../provider/core/state-schema";
import { FUNCTIONS } from "../../provider/plugin/functions";
import { schemaOf } from "../../provider/plugin/schema";
import { OUTPUT_NAMES, REPLACING_INPUTS } from "../../provider/resources/outputs";
import { findPulumi } from "../engine/find-pulumi";
import { pluginFolder } from "../engine/plugin-folder";

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly description?: string;
}
interface ObjectType {
  readonly properties: Record<string, Property>;
}
interface Schema {
  readonly types: Record<string, ObjectType>;
  readonly resources: Record<string, ObjectType & { inputProperties: Record<string, Property> }>;
  readonly functions: Record<string, unknown>;
}

const schema = JSON.parse(JSON.stringify(schemaOf())) as Schema;
const keysOf = (object: object) => Object.keys(object).toSorted();
const typeOf = (name: string) => schema.types[`alicdn:index:${name}`]!.properties;
const PUBLISHED = join(__dirname, "../../schema/pulumi-schema.json");

test("the published schema is the plugin's own; UPDATE_DOCS=1 writes it", () => {
  if (process.env.UPDATE_DOCS === "1") writeFileSync(PUBLISHED, `${JSON.stringify(schema, null, 2)}\n`);
  expect(JSON.parse(readFileSync(PUBLISHED, "utf8"))).toEqual(schema);
});

test("the SDKs in sdk/ are made of the published schema; `npm run sdk` makes them", () => {
  const made = readFileSync(join(__dirname, "../../sdk/SCHEMA_SHA256"), "utf8").trim();
  expect(made).toBe(createHash("sha256").update(JSON.stringify(schema)).digest("hex"));
});

test("the engine's own loader takes the schema, from the file and from the plugin", async () => {
  const pulumi = findPulumi();
  const home = mkdtempSync(join(tmpdir(), "cdn-preload-gate-schema-"));
  const env = { ...process.env, PULUMI_HOME: home };
  try {
    const checked = spawnSync(pulumi, ["schema", "check", PUBLISHED], { encoding: "utf8", env });
    expect({ status: checked.status, told: checked.stderr }).toEqual({ status: 0, told: "" });
    const plugin = join(pluginFolder(), "pulumi-resource-alicdn");
    const loaded = execFileSync(pulumi, ["package", "get-schema", plugin], { encoding: "utf8", env });
    expect(keysOf(JSON.parse(loaded).resources)).toEqual(keysOf(schema.resources));

    // What the loader does not take, it says: a check that cannot fail would prove nothing.
    const broken = join(home, "broken.json");
    writeFileSync(broken, readFileSync(PUBLISHED, "utf8").replaceAll('"integer"', '"integers"'));
    const refused = spawnSync(pulumi, ["schema", "check", broken], { encoding: "utf8", env });
    expect(refused.status).not.toBe(0);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test("each output of a resource is in the schema, and nothing else", () => {
  for (const { properties } of Object.values(schema.resources))
    expect(keysOf(properties)).toEqual([...OUTPUT_NAMES, ...REPLACING_INPUTS, "gate"].toSorted());
});

test.each(["Preload", "PreloadGate"] as const)("%s has the inputs of the table of options", (name) => {
  const inputs = schema.resources[`alicdn:index:${name}`]!.inputProperties;
  const options = allOptions().filter(({ part, setBy }) => part !== "gate" && setBy.resource?.[name]);
  expect(keysOf(inputs)).toEqual([...options.map((option) => option.name), "gate"].toSorted());
});

test("a gate has the settings and the defaults of the one that judges", () => {
  const { shape } = gatePolicy;
  expect(keysOf(typeOf("Gate"))).toEqual(keysOf(shape));
  const defaults: Record<string, unknown> = gatePolicy.parse({});
  for (const [name, property] of Object.entries(typeOf("Gate"))) {
    const told = /Default: `(.*)`\.$/.exec(property.description ?? "")?.[1];
    expect({ name, told }).toEqual({ name, told: defaults[name]?.toString() });
  }
});

/** What is kept for later runs and is not for programs. */
const INTERNAL = {
  Task: ["failedWithoutFailedUrl", "namesNoUrl", "unseenCount", "isOlderThanSubmission"],
  Result: ["refuted", "rows", "purgeTaskId", "purged"],
};

test("a task and a URL's result have the fields that are shown", () => {
  expect(keysOf(typeOf("Task"))).toEqual(
    keysOf(taskResult.shape).filter((key) => !INTERNAL.Task.includes(key)),
  );
  expect(keysOf(typeOf("Result"))).toEqual(
    keysOf(resultWithIds.shape).filter((key) => !INTERNAL.Result.includes(key)),
  );
});

test("each function is served, and each that is served is in the schema", () => {
  expect(keysOf(schema.functions)).toEqual(keysOf(FUNCTIONS));
});
