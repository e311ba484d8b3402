import type { OldNodeWords } from "../old-node-words";

export const oldNode: OldNodeWords = {
  sentence: (needed, found) => `cdn-preload-gate needs Node ${needed} or later; this is Node ${found}.`,
  error: "error:",
  title: "CDN preload",
};
