import { z } from "zod";
import { scenarioSchema } from "./scenario";

/** A scenario file as JSON Schema: `schema/emulator-scenario-v1.json` is this, and a test compares the two. */
export function scenarioJsonSchema(): Record<string, unknown> {
  return {
    $id: "cdn-preload-gate/emulator-scenario-v1.json",
    title: "A scenario of the cdn-preload-gate emulator, version 1",
    ...z.toJSONSchema(scenarioSchema, { target: "draft-7", io: "input" }),
  };
}
