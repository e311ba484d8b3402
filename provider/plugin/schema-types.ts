/** The words in which Pulumi's schemas are written, as far as this plugin's needs them. */

/** One property, or one value of it. */
export interface TypeSpec {
  readonly type?: "string" | "boolean" | "integer" | "number" | "array" | "object";
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly $ref?: string;
  readonly oneOf?: readonly TypeSpec[];
}

export interface PropertySpec extends TypeSpec {
  readonly description: string;
  readonly default?: string | number | boolean;
  readonly secret?: true;
  readonly willReplaceOnChanges?: true;
}

export type Properties = Readonly<Record<string, PropertySpec>>;

/** Any value, of any form. */
export const ANY: TypeSpec = { $ref: "pulumi.json#/Any" };
export const STRINGS: TypeSpec = { type: "array", items: { type: "string" } };

export function typeRef(name: string): TypeSpec {
  return { $ref: `#/types/alicdn:index:${name}` };
}

export function listOf(items: TypeSpec): TypeSpec {
  return { type: "array", items };
}
