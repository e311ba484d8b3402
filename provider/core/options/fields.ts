import { durationField, headersField, taskIdsField, urlsField } from "../input-fields";
import { LANGUAGES, languageOfTag } from "../language";
import { problem } from "../problems";
import * as z from "../zod";
import type { Option, OptionField, OptionType } from "./option";
import {
  allOptions,
  type CheckedValue,
  ENGLISH,
  type InputsOf,
  type NamedOption,
  type OptionsIn,
  optionsIn,
  type Part,
  type Resource,
  type WrittenValue,
} from "./values";

/** What checks a value; what it says of a wrong one goes on after the property's name. */
type ValueSchema<Row extends Option> = z.ZodType<CheckedValue<Row>, WrittenValue<Row>>;
type Field<Row extends Option, IsRequired> = IsRequired extends true
  ? ValueSchema<Row>
  : Row extends { readonly default: unknown }
    ? z.ZodPrefault<ValueSchema<Row>>
    : z.ZodOptional<ValueSchema<Row>>;

export type FieldsIn<Of extends Part> = { [Name in keyof OptionsIn<Of>]: Field<OptionsIn<Of>[Name], false> };
export type InputFields<Of extends Resource> = {
  [Name in keyof InputsOf<Of>]: InputsOf<Of>[Name] extends infer Row extends Option
    ? Field<Row, Row["setBy"] extends { resource: { [Key in Of]: "required" } } ? true : false>
    : never;
};

/** The fields of a schema for the options of these parts, none of them required. */
export function fieldsIn<Of extends Part>(...parts: readonly Of[]): FieldsIn<Of> {
  const options = optionsIn(...parts);
  return Object.fromEntries(options.map((option) => [option.name, fieldOf(option)])) as never;
}

/** The fields of a schema for a resource's own inputs; those of the part `gate` stand in an object of that name. */
export function inputFields<Of extends Resource>(resource: Of): InputFields<Of> {
  const own = allOptions().filter(({ part, setBy }) => part !== "gate" && setBy.resource?.[resource]);
  return Object.fromEntries(
    own.map((option) => {
      const isRequired = option.setBy.resource?.[resource] === "required";
      return [option.name, isRequired ? valueSchema(option.type) : fieldOf(option)];
    }),
  ) as never;
}

function fieldOf(option: NamedOption): z.ZodType {
  const schema = valueSchema(option.type).describe(ENGLISH[option.name].sentence);
  return option.default === undefined ? z.optional(schema) : z.prefault(schema, option.default);
}

/** Checks one value of a type. */
export function valueSchema(type: OptionType): z.ZodType {
  switch (type.kind) {
    case "flag":
      return z.boolean(problem("notAFlag"));
    case "choice":
      return z.enum(type.of, problem({ kind: "notOneOf", choices: type.of }));
    case "number": {
      const outOfRange = problem({ kind: "outOfRange", least: type.from, most: type.to });
      return z.number(outOfRange).min(type.from, outOfRange).max(type.to, outOfRange);
    }
    case "count": {
      const notACount = problem({ kind: "notACount", unit: type.unit });
      return z.number(notACount).int(notACount).nonnegative(problem("negative"));
    }
    case "rate":
      return z.number(problem("notAboveZero")).positive(problem("notAboveZero"));
    case "text":
    case "secret":
      return z.string(problem("notAString"));
    case "language": {
      const notOneOf = problem({ kind: "notOneOf", choices: LANGUAGES });
      return z.string(notOneOf).refine((tag) => languageOfTag(tag) !== undefined, notOneOf);
    }
    case "texts":
    case "filesByKind":
      return z.array(z.string(problem("notAString")), problem("notAList"));
    case "reason":
      return z.string(problem("notAReason")).trim().min(1, problem("notAReason"));
    case "values":
      return z.array(z.unknown(), problem("notAList"));
    case "duration":
      return durationField;
    case "headers":
      return headersField;
    case "urls":
      return urlsField;
    case "taskIds":
      return taskIdsField;
    case "fields":
      return z.strictObject(
        Object.fromEntries(Object.entries(type.of).map(([name, field]) => [name, fieldSchema(field)])),
        problem("notAnObject"),
      );
  }
}

function fieldSchema({ type, isRequired }: OptionField): z.ZodType {
  const schema =
    type.kind === "count"
      ? // As the service allows. The config's command line writes numbers as text too.
        z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
      : z.string().min(1);
  return isRequired ? schema : schema.optional();
}
