import { taskIdsField, urlsField } from "../core/input-fields";
import { fieldsIn } from "../core/options/fields";
import { gateField } from "../core/policy-schema";
import { problem } from "../core/problems";
import * as z from "../core/zod";

const common = {
  gate: gateField,
  ...fieldsIn("wait"),
  urlsAreSecret: z.boolean(problem("notAFlag")).default(false),
};

/** Checks the options of a run that submits. */
export const submittingOptions = z.object({
  ...common,
  ...fieldsIn("request", "submission"),
  urls: urlsField,
});
/** Checks the options of a run that submits nothing. */
export const listingOptions = z.object({ ...common, taskIds: taskIdsField, urls: urlsField.optional() });
