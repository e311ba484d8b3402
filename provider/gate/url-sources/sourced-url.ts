/** A URL and where it was written, for messages about it. */
export interface SourcedUrl {
  readonly url: string;
  /** `urls.txt line 3`, `dist/app.js`. */
  readonly from: string;
}
