import { fieldsIn } from "./options/fields";
import * as z from "./zod";

/** Checks when a gate passes. Each option's meaning and default is part of the resources' public contract. */
export const gatePolicy = z.object(fieldsIn("gate"));

/** The policy as an input, every option of which may be left out. */
export const gateField = z.prefault(gatePolicy, {});
