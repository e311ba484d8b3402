import { NAMED_SCRIPTS, startEmulator } from "../../emulator";
import { scenarioJsonSchema } from "../../emulator/scenario-json-schema";
import { expectTable } from "./document-table";

test("docs/emulator.md has each script that a URL can name", () => {
  expectTable("docs/emulator.md", "scripts", [
    ["script", "what it shows"],
    ...[...NAMED_SCRIPTS].map(([name, { summary }]) => [`\`${name}\``, summary]),
  ]);
});

test("docs/emulator.md has each route of the admin interface", async () => {
  const emulator = await startEmulator();
  try {
    const answer = await fetch(`${emulator.endpoint}/_emulator`);
    const routes = (await answer.json()) as { method: string; path: string; does: string }[];
    expectTable("docs/emulator.md", "admin", [
      ["request", "does"],
      ...routes.map(({ method, path, does }) => [`\`${method} ${path}\``, does]),
    ]);
  } finally {
    await emulator.close();
  }
});

/** As much of a JSON Schema as the tables below show. */
interface Field {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Field[];
  readonly oneOf?: readonly Field[];
  readonly items?: Field;
  readonly properties?: Readonly<Record<string, Field>>;
}

/** The names of the scripts are more: they have a table of their own. */
const MAX_LISTED_VALUES = 10;

function scenarioField(name: string): Field {
  return (scenarioJsonSchema() as Field).properties?.[name] ?? {};
}

function typeOf(field: Field): string {
  if ((field.enum?.length ?? 0) > MAX_LISTED_VALUES) return "name";
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(", ");
  if (field.anyOf) return [...new Set(field.anyOf.map(typeOf))].join(" or ");
  return [field.type ?? "object"].flat().join(" or ");
}

function rowsOf(fields: Readonly<Record<string, Field>> = {}): string[][] {
  return Object.entries(fields)
    .filter(([, field]) => field.const === undefined)
    .map(([name, field]) => [
      `\`${name}\``,
      typeOf(field),
      field.default === undefined ? "" : `\`${JSON.stringify(field.default)}\``,
      field.description ?? "",
    ]);
}

const HEAD = ["field", "type", "default", "meaning"];

test("docs/emulator.md has each field of a rule and of a script", () => {
  const rule = scenarioField("rules").items;
  expectTable("docs/emulator.md", "rules", [HEAD, ...rowsOf(rule?.properties)]);
  const script = rule?.properties?.script?.anyOf?.find((form) => form.properties);
  expectTable("docs/emulator.md", "script-fields", [HEAD, ...rowsOf(script?.properties)]);
});

test("docs/emulator.md has each setting", () => {
  const settings = scenarioField("settings").properties;
  expectTable("docs/emulator.md", "settings", [
    ["field", "type", "meaning"],
    ...rowsOf(settings).map(([name = "", type = "", , meaning = ""]) => [name, type, meaning]),
    ...rowsOf(settings?.quotas?.properties).map(([name = "", type = "", , meaning = ""]) => [
      name.replace("`", "`quotas."),
      type,
      meaning,
    ]),
  ]);
});

test("docs/emulator.md has each fault and its own fields", () => {
  const faults = scenarioField("faults").items?.oneOf ?? [];
  const shared = ["operation", "fromCall", "toCall"];
  const first = faults[0]?.properties ?? {};
  expectTable("docs/emulator.md", "fault-fields", [
    HEAD,
    ...rowsOf(Object.fromEntries(shared.map((name) => [name, first[name] ?? {}]))),
  ]);
  expectTable("docs/emulator.md", "faults", [
    ["kind", "field", "type", "default", "meaning"],
    ...faults.flatMap(({ description = "", properties = {} }) => {
      const own = Object.entries(properties).filter(([name]) => !shared.includes(name));
      return [
        [`\`${properties.kind?.const}\``, "", "", "", description],
        ...rowsOf(Object.fromEntries(own)).map((cells) => ["", ...cells]),
      ];
    }),
  ]);
});
