import { z } from "zod";
import { scenarioSchema } from "./scenario";

/** The JSON Schema of a scenario file. A test compares it with `schema/emulator-scenario-v1.json`. */
export function scenarioJsonSchema(): Record<string, unknown> {
  return {
    $id: "cdn-preload-gate/emulator-scenario-v1.json",
    title: "A scenario of the cdn-preload-gate emulator, version 1",
    ...z.toJSONSchema(scenarioSchema, { target: "draft-7", io: "input" }),
  };
}
