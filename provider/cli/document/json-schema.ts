import * as z from "../../core/zod";
import { cliDocument } from "./schema";

/** What `--json` prints, as JSON Schema: `schema/cli-output-v1.json` is this, and a test compares the two. */
export function cliOutputSchema(): Record<string, unknown> {
  return {
    $id: "cdn-preload-gate/cli-output-v1.json",
    title: "What cdn-preload-gate --json prints, version 1",
    // As input, so that a later release may add fields without a new version.
    ...z.toJSONSchema(cliDocument, { target: "draft-7", io: "input" }),
  };
}
