import type * as pulumi from "@pulumi/pulumi";
import type { Option } from "../core/options/option";
import type { OPTIONS } from "../core/options/table";
import type { InputsOf, OptionsIn, Resource, WrittenValue } from "../core/options/values";

/**
 * The types of the resources' inputs, made from the table of options. They go through its own keys, so that an editor
 * shows the comment of a row.
 */
type Rows = typeof OPTIONS;

/** When a gate passes. */
export type GateArgs = {
  -readonly [Name in keyof Rows as Name extends keyof OptionsIn<"gate"> ? Name : never]?: WrittenValue<
    Rows[Name]
  >;
};

/** The inputs of a resource, but for its `gate`. */
export type ArgsOf<Of extends Resource> = {
  -readonly [Name in keyof Rows as Name extends RequiredIn<Of> ? Name : never]: InputOf<Rows[Name]>;
} & {
  -readonly [Name in keyof Rows as Name extends Exclude<keyof InputsOf<Of>, RequiredIn<Of>>
    ? Name
    : never]?: InputOf<Rows[Name]>;
};

type RequiredIn<Of extends Resource> = {
  [Name in keyof InputsOf<Of>]: InputsOf<Of>[Name] extends {
    readonly setBy: { readonly resource: { readonly [Key in Of]: "required" } };
  }
    ? Name
    : never;
}[keyof InputsOf<Of>];

/** A value that may be an output, and so may its parts. */
type InputOf<Row extends Option> = WithOutputs<Row["type"]["kind"], WrittenValue<Row>>;

type WithOutputs<Kind, Value> = Kind extends "urls"
  ? Strings
  : Kind extends "taskIds"
    ? pulumi.Input<string> | Strings
    : Kind extends "headers"
      ? pulumi.Input<Record<string, Strings>>
      : Kind extends "values"
        ? pulumi.Input<unknown[]>
        : pulumi.Input<Value>;

type Strings = pulumi.Input<pulumi.Input<string>[]>;
