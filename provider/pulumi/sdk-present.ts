import { pulumiWording } from "../resources/pulumi-wording";
import { PULUMI_NAMES } from "../wording/front-names";
import { faultOfPulumiSdk } from "./sdk-version";

/**
 * Loaded before all that needs the Pulumi SDK, an optional dependency: Node alone could only say which file does not
 * find it.
 */
const fault = faultOfPulumiSdk(installedVersion());
if (fault !== undefined) throw new Error(pulumiWording(PULUMI_NAMES).pulumiFault(fault));

function installedVersion(): string | undefined {
  try {
    const { version }: { version: string } = require("@pulumi/pulumi/package.json");
    return version;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
