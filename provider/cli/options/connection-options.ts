import { pickOptions } from "../../core/options/values";
import type { SessionOptions } from "../../gate";
import type { ConnectionOptions } from "./command-options";

export function sessionOptionsOf(options: ConnectionOptions): SessionOptions {
  const given = Object.entries(pickOptions(options, "identity", "connection"));
  // A variable that is set and empty is one that a pipeline has not filled.
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}
