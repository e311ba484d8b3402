import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A server that answers every call immediately with the same response. It runs in its own process, so its CPU time
 * does not count for a client. It checks nothing, so that only the clients are measured.
 */
const detail = {
  RequestId: "C0C0BEEF-0000-4000-8000-0123456789AB",
  UrlDetails: [
    {
      TaskId: "1001",
      Domain: "cdn.example.com",
      CreationTime: "2026-01-15T08:00:00Z",
      EndTime: "2026-01-15T08:00:04Z",
      RetCode: "0",
      Process: "100%",
      Status: "Complete",
      Urls: Array.from({ length: 10 }, (_item, index) => ({
        Url: `/assets/file-${index}.js\n`,
        Success: "99.37%",
        Description: "Successfully preloaded",
      })),
    },
  ],
};
const answers = {
  push: JSON.stringify({ RequestId: detail.RequestId, PushTaskId: "1001" }),
  detail: JSON.stringify(detail),
};

const server = createServer((request, response) => {
  const isPush = `${request.headers["x-acs-action"]} ${request.url}`.includes("PushObjectCache");
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json;charset=utf-8" });
    response.end(isPush ? answers.push : answers.detail);
  });
});
server.keepAliveTimeout = 75_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
