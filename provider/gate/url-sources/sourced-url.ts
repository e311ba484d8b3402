import type { UrlPlace } from "../../core/url-place";

/** A URL and where it was written, for messages about it. */
export interface SourcedUrl {
  readonly url: string;
  readonly from: UrlPlace;
}
