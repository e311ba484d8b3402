import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes of which schema the SDKs in sdk/ are made. The schema's formatting does not count.
 *
 * @param {string} root
 */
export async function writeSchemaSum(root) {
  const schema = await readFile(join(root, "schema", "pulumi-schema.json"), "utf8");
  const sum = createHash("sha256")
    .update(JSON.stringify(JSON.parse(schema)))
    .digest("hex");
  await writeFile(join(root, "sdk", "SCHEMA_SHA256"), `${sum}\n`);
}
