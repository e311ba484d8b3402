/**
 * What is used of zod, so that the build can leave out the rest: loaded whole it takes longer than all of this
 * package, half of it for translations that are not used. In dist/ this file holds zod's code, as
 * it was when this package was built.
 */
export {
  array,
  boolean,
  discriminatedUnion,
  enum,
  type infer,
  type input,
  literal,
  looseObject,
  NEVER,
  number,
  object,
  optional,
  type output,
  prefault,
  preprocess,
  record,
  strictObject,
  string,
  toJSONSchema,
  union,
  unknown,
  ZodError,
  type ZodOptional,
  type ZodPrefault,
  type ZodType,
} from "zod";
