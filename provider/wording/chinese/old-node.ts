import type { OldNodeWords } from "../old-node-words";

export const oldNode: OldNodeWords = {
  sentence: (needed, found) => `cdn-preload-gate 需要 Node ${needed} 或更高版本，当前为 Node ${found}。`,
  error: "错误:",
  title: "CDN 预热",
};
