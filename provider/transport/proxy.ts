import type { Agent } from "undici";
import { GateError } from "../core/errors";

/** How to reach others through a proxy, as undici's own agent for it takes it. */
export interface ProxySettings {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

/**
 * The proxy that the environment names, read as curl reads it: a lower-case variable wins unless it is empty, and a
 * proxy without a scheme is an http one.
 */
export function proxySettings(env: NodeJS.ProcessEnv): ProxySettings {
  const proxy = (env.https_proxy?.trim() || env.HTTPS_PROXY?.trim()) ?? "";
  return {
    // Only https leaves this machine, and HTTP_PROXY is not meant for it.
    httpProxy: "",
    httpsProxy: proxy === "" || proxy.includes("://") ? proxy : `http://${proxy}`,
    noProxy: (env.no_proxy?.trim() || env.NO_PROXY?.trim()) ?? "",
  };
}

/**
 * Connections that use the proxy of the environment, or none where `isDirect`.
 *
 * @throws GateError `usage` when HTTPS_PROXY is not a URL; its value, which may hold a password, is not shown.
 */
export function createDispatcher(options: {
  readonly isDirect: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly settings: Agent.Options;
}) {
  // Loaded here and not at the top: it takes as long as all the rest, and a preview often makes no call.
  const undici = require("undici") as typeof import("undici");
  if (options.isDirect) return new undici.Agent(options.settings);
  try {
    return new undici.EnvHttpProxyAgent({ ...options.settings, ...proxySettings(options.env) });
  } catch {
    throw new GateError({ kind: "proxyNotAUrl" });
  }
}
