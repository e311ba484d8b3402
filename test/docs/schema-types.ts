import { z } from "zod";
import { interfaceText, type Member } from "./interface-text";

/** What a schema takes or gives, as JSON Schema says it; only the parts that schemas of this project use. */
interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly description?: string;
  readonly default?: unknown;
}

/** A schema that has a type with a name. */
export interface NamedSchema {
  readonly name: string;
  readonly doc: string;
  readonly schema: z.ZodType;
  readonly io: "input" | "output";
  /** Its type, where JSON Schema says more than that. */
  readonly as?: string;
}

/**
 * The plain types of what these schemas take or give: an interface for an object, else a union. They name each other.
 *
 * @param unions names of types, and the values of each
 */
export function typesOf(
  named: readonly NamedSchema[],
  unions: Readonly<Record<string, readonly string[]>>,
): string {
  const inFull = named.map((one) => typeText(one, named)).join("\n");
  return Object.entries(unions).reduce(
    (text, [name, values]) => text.replaceAll(values.map((value) => JSON.stringify(value)).join(" | "), name),
    inFull,
  );
}

function typeText({ name, doc, schema, io, as }: NamedSchema, named: readonly NamedSchema[]): string {
  if (as !== undefined) return `/** ${doc} */\nexport type ${name} = ${as};\n`;
  const metadata = z.registry<{ id: string }>();
  for (const other of named)
    if (other.io === io && other.name !== name) metadata.add(other.schema, { id: other.name });
  const json = z.toJSONSchema(schema, {
    io,
    metadata,
    // Descriptions stand in the registry that the names above take the place of.
    override: ({ zodSchema, jsonSchema }) => {
      jsonSchema.description ??= z.globalRegistry.get(zodSchema)?.description;
    },
  }) as JsonSchema;
  const own = io === "input" ? { ...json, description: doc } : json;
  if (own.properties) return interfaceText(name, doc, membersOf(own, io));
  const variants = own.oneOf ?? own.anyOf ?? [];
  const isUnion = variants.every(({ properties }) => properties);
  if (!isUnion) return `/** ${doc} */\nexport type ${name} = ${typeOf(own, io)};\n`;
  const names = variants.map(variantName);
  const variant = (part: JsonSchema, at: number) =>
    interfaceText(`${names[at]}${name}`, part.description ?? doc, membersOf(part, io));
  const union = `/** ${doc} */\nexport type ${name} = ${names.map((each) => `${each}${name}`).join(" | ")};\n`;
  return [...variants.map(variant), union].join("\n");
}

/** Of a variant that its `kind` names. */
function variantName({ properties }: JsonSchema): string {
  const kind = String(properties?.kind?.const);
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

function membersOf({ properties = {}, required = [] }: JsonSchema, io: NamedSchema["io"]): Member[] {
  return Object.entries(properties).map(([name, property]) => {
    const isOptional = !required.includes(name);
    const type = typeOf(property, io);
    return {
      name,
      type: isOptional ? `${type} | undefined` : type,
      isOptional,
      doc: docOf(property, isOptional),
    };
  });
}

function docOf({ description, default: byDefault }: JsonSchema, isOptional: boolean): string | undefined {
  if (description === undefined || byDefault === undefined || !isOptional) return description;
  return `${description} Default: \`${JSON.stringify(byDefault)}\`.`;
}

function typeOf(schema: JsonSchema, io: NamedSchema["io"]): string {
  if (schema.$ref !== undefined) return schema.$ref.replace("#/$defs/", "");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return variants.map((part) => typeOf(part, io)).join(" | ");
  if (schema.items) return `readonly ${parenthesized(typeOf(schema.items, io))}[]`;
  if (schema.properties) return objectType(schema, io);
  if (typeof schema.additionalProperties === "object")
    return recordType(schema, schema.additionalProperties, io);
  return [schema.type].flat().map(plainType).join(" | ");
}

function plainType(type: string | undefined): string {
  if (type === "integer") return "number";
  if (["string", "number", "boolean", "null"].includes(type ?? "")) return type!;
  throw new Error(`No type is known for ${type}.`);
}

function objectType(schema: JsonSchema, io: NamedSchema["io"]): string {
  const members = membersOf(schema, io).map(
    ({ name, type, isOptional }) => `readonly ${name}${isOptional ? "?" : ""}: ${type}`,
  );
  return `{ ${members.join("; ")} }`;
}

function recordType(
  { propertyNames, required }: JsonSchema,
  values: JsonSchema,
  io: NamedSchema["io"],
): string {
  const keys = propertyNames?.enum ? typeOf(propertyNames, io) : "string";
  const record = `Record<${keys}, ${typeOf(values, io)}>`;
  return keys === "string" || required ? `Readonly<${record}>` : `Readonly<Partial<${record}>>`;
}

function parenthesized(type: string): string {
  return type.includes(" | ") ? `(${type})` : type;
}
