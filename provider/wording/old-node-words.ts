/** What is said where Node is too old. A file of these words loads nothing, and is written for any Node there may be. */
export interface OldNodeWords {
  readonly sentence: (needed: string, found: string) => string;
  /** Before the sentence, at a command line. */
  readonly error: string;
  /** Its title as an annotation. */
  readonly title: string;
}
