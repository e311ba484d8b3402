import { problemsOf } from "../../core/problems";
import type * as z from "../../core/zod";
import type { Session } from "../../gate";
import { pulumiWording } from "../../resources/pulumi-wording";
import type { Raw } from "../../resources/resource-call";
import { PLUGIN_NAMES } from "../../wording/front-names";

/** What a function needs of the process. */
export interface FunctionContext {
  openSession(): Session;
  /** Ends with a Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A function that programs call by the plugin. @throws Error in words for the program's author. */
export type PluginFunction = (args: Raw, context: FunctionContext) => Promise<Raw>;

/** A function over arguments that a schema has checked. */
export function functionOf<Args extends z.ZodType>(
  schema: Args,
  give: (args: z.output<Args>, context: FunctionContext) => Promise<Raw> | Raw,
): PluginFunction {
  return async (args, context) => {
    const parsed = schema.safeParse(args);
    if (parsed.success) return give(parsed.data, context);
    // Paths only: a value may be secret.
    const problems = problemsOf(parsed.error).map(pulumiWording(PLUGIN_NAMES).input);
    throw new Error(problems.join("; "));
  };
}
