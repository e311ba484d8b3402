import { resolveEndpoint } from "../../provider/transport/endpoint";
import { throwsInWords } from "../support/words";

test.each([
  [undefined, "cdn.aliyuncs.com"],
  ["cn-hangzhou", "cdn.aliyuncs.com"],
  ["no-such-region", "cdn.aliyuncs.com"],
  ["ap-southeast-1", "cdn.ap-southeast-1.aliyuncs.com"],
  ["eu-central-1", "cdn.ap-southeast-1.aliyuncs.com"],
  ["us-west-1", "cdn.ap-southeast-1.aliyuncs.com"],
])("region %p is served by %s", (region, host) => {
  expect(resolveEndpoint({ region })).toEqual({ origin: `https://${host}`, host, isLoopback: false });
});

test.each([
  ["https://cdn.example.com", "https://cdn.example.com", "cdn.example.com", false],
  ["https://cdn.example.com/", "https://cdn.example.com", "cdn.example.com", false],
  ["cdn.example.com:8443", "https://cdn.example.com:8443", "cdn.example.com:8443", false],
  ["HTTPS://CDN.Example.com:443", "https://cdn.example.com", "cdn.example.com", false],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1:8080", true],
  ["http://127.1.2.3:80", "http://127.1.2.3", "127.1.2.3", true],
  ["http://[::1]:8080", "http://[::1]:8080", "[::1]:8080", true],
  ["http://localhost:8080", "http://localhost:8080", "localhost:8080", true],
  ["https://localhost:8080", "https://localhost:8080", "localhost:8080", true],
])("an endpoint of %s is used for any region", (endpoint, origin, host, isLoopback) => {
  expect(resolveEndpoint({ endpoint, region: "eu-west-1" })).toEqual({ origin, host, isLoopback });
});

test.each([
  "http://cdn.aliyuncs.com",
  "http://127.0.0.1.example.com",
  "http://localhost.example.com",
  "http://128.0.0.1",
  "http://[::2]",
  "http://0.0.0.0:80",
])("%s is refused: plain http never leaves this machine", (endpoint) => {
  expect(throwsInWords(() => resolveEndpoint({ endpoint }))).toThrow(
    /^The endpoint http:.* must be https\. Plain http is allowed on this machine only \(127\.0\.0\.1, \[::1\], localhost\)\.$/,
  );
});

test.each([
  ["", "The endpoint is not a URL such as https://cdn.aliyuncs.com."],
  ["https://", "The endpoint is not a URL such as https://cdn.aliyuncs.com."],
  ["https://a b", "The endpoint is not a URL such as https://cdn.aliyuncs.com."],
  [
    "ftp://127.0.0.1",
    "The endpoint ftp://127.0.0.1 must be https. Plain http is allowed on this machine only (127.0.0.1, [::1], localhost).",
  ],
  [
    "https://cdn.example.com/api",
    "The endpoint https://cdn.example.com must not have a path or a query after the host.",
  ],
  [
    "https://cdn.example.com?x=1",
    "The endpoint https://cdn.example.com must not have a path or a query after the host.",
  ],
])("%p is refused with the reason", (endpoint, message) => {
  expect(throwsInWords(() => resolveEndpoint({ endpoint }))).toThrow(
    expect.objectContaining({ code: "usage", message }),
  );
});

test("a password in an endpoint is refused and not shown", () => {
  expect(throwsInWords(() => resolveEndpoint({ endpoint: "https://me:hunter2@cdn.example.com" }))).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
  );
});
