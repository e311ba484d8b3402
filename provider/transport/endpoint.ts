import { isIPv4 } from "node:net";
import { GateError } from "../core/errors";

/** Where the service is asked. */
export interface Endpoint {
  /** Scheme, host and port: `https://cdn.aliyuncs.com`. */
  readonly origin: string;
  /** The `Host` header: the port only where it is not the scheme's own. */
  readonly host: string;
  /** Whether it is on this machine (an emulator): then no proxy is used. */
  readonly isLoopback: boolean;
}

const CENTRAL_HOST = "cdn.aliyuncs.com";
const SINGAPORE_HOST = "cdn.ap-southeast-1.aliyuncs.com";

/** The regions that the endpoint in Singapore serves. Source: the vendor's endpoint list of its CDN SDK. */
const SINGAPORE_REGIONS: readonly string[] = [
  "ap-northeast-1",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "eu-central-1",
  "eu-west-1",
  "me-east-1",
  "us-east-1",
  "us-west-1",
];

/**
 * The endpoint that was configured, else the region's own, else the central one.
 *
 * @throws GateError `usage` when it is neither https nor http on this machine: a signed request names the
 * account and carries its token, so it never crosses a network in clear.
 */
export function resolveEndpoint(options: {
  /** `https://host[:port]`, `http://127.0.0.1:port`, or a host alone (then https). */
  readonly endpoint?: string | undefined;
  /** An Alibaba Cloud region id. */
  readonly region?: string | undefined;
}): Endpoint {
  const text =
    options.endpoint ?? (SINGAPORE_REGIONS.includes(options.region ?? "") ? SINGAPORE_HOST : CENTRAL_HOST);
  const url = parseEndpoint(text);
  const isLoopback = isLoopbackHost(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) {
    throw new GateError({ kind: "endpointNotSecure", origin: `${url.protocol}//${url.host}` });
  }
  return { origin: url.origin, host: url.host, isLoopback };
}

function parseEndpoint(text: string): URL {
  const url = URL.parse(text.includes("://") ? text : `https://${text}`);
  if (url === null) {
    throw new GateError({ kind: "endpointNotAUrl" });
  }
  if (url.username !== "" || url.password !== "") {
    throw new GateError({ kind: "endpointWithUser", host: url.host });
  }
  if (url.pathname.replace(/^\/$/, "") !== "" || url.search !== "" || url.hash !== "") {
    throw new GateError({ kind: "endpointWithPath", origin: url.origin });
  }
  return url;
}

/** Whether a URL's host is this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."))
  );
}
