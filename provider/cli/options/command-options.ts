import type { ConnectionOptions } from "./connection-options";
import type { PolicyOptions, PreloadOptions, TimeoutOption } from "./gate-options";
import type { OutputOptions } from "./output-options";
import type { SourceOptions } from "./source-options";

/** All options of `run`; `submit` has those of them that make sense without a wait. */
export type RunOptions = SourceOptions &
  PreloadOptions &
  PolicyOptions &
  TimeoutOption &
  OutputOptions &
  ConnectionOptions & { readonly dryRun?: boolean };

/** The options of `wait`, and of `status`, which knows no timeout. */
export type TasksOptions = PolicyOptions & Partial<TimeoutOption> & OutputOptions & ConnectionOptions;

/** The options of `quota`. */
export type QuotaOptions = ConnectionOptions & { readonly json?: boolean };

/** The options of `doctor`. */
export type DoctorOptions = ConnectionOptions & {
  readonly json?: boolean;
  readonly requireDetail?: boolean;
  readonly purgeFirst?: boolean;
};
