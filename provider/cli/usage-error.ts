import { ERROR_FAMILIES } from "../core/error-families";
import type { UsageFault } from "../wording/usage-faults";

/** The command cannot run as it was asked to: the fault says what is wrong with which option. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
  readonly exitCode = ERROR_FAMILIES.usage.exitCode;
  readonly fault: UsageFault;

  constructor(fault: UsageFault, options?: ErrorOptions) {
    // For logs; the wording makes a sentence of the fault.
    super(fault.kind, options);
    this.fault = fault;
  }
}
