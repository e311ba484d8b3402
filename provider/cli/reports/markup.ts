/** Characters that XML 1.0 and HTML do not take even when escaped, and the bidirectional controls that reorder what is read. */
const UNFIT = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu;

/** Text that stays text in an element's content and in a quoted attribute, of HTML and of XML. */
export function escapeMarkup(text: string): string {
  return text
    .replace(UNFIT, "\ufffd")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}
