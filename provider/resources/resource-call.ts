/** Which resource an input or a state belongs to: one provider serves both. */
export type ResourceKind = "Preload" | "PreloadGate";

/** What a host knows of a call beside the inputs. */
export interface ResourceCall {
  readonly kind: ResourceKind;
  readonly urn: string | undefined;
  /** What is derived from the URLs is secret too, and the reasons do not name them. */
  readonly urlsAreSecret: boolean;
  /** The resource option `customTimeouts`, in milliseconds, which wins over the input `timeout`. */
  readonly timeoutMs: number | undefined;
}

/** Inputs or outputs, as the engine sends them. */
export type Raw = Record<string, unknown>;
