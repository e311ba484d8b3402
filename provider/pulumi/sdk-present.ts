import { explainPulumiSdk } from "../wording/pulumi-sdk";

/**
 * Loaded before all that needs the Pulumi SDK, an optional dependency: Node alone could only say which file does not
 * find it.
 */
const complaint = explainPulumiSdk(installedVersion());
if (complaint !== undefined) throw new Error(complaint);

function installedVersion(): string | undefined {
  try {
    const { version }: { version: string } = require("@pulumi/pulumi/package.json");
    return version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
