/** Where a URL was written, for messages about it. Places count from 1. */
export type UrlPlace =
  | { readonly kind: "argument"; readonly place: number }
  /** `undefined` is standard input. */
  | { readonly kind: "line"; readonly file: string | undefined; readonly line: number }
  | { readonly kind: "sitemap"; readonly file: string; readonly place: number }
  /** A file of a folder. */
  | { readonly kind: "file"; readonly file: string };
