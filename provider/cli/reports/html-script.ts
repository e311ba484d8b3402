import { COPY_SCRIPT } from "./html-script-copy";
import { TABLE_SCRIPT } from "./html-script-table";

/**
 * The script of the HTML report. The page holds every row and is whole without it; it adds search, filters, order and
 * pages, so that ten thousand URLs can be read, keeps the filters in the address, copies request ids, and puts all
 * rows on paper.
 */
export const HTML_SCRIPT = `
"use strict";
(() => {
  const tools = document.getElementById("tools");
  const fill = (text, values) => text.replace(/\\{(\\w+)\\}/g, (_, name) => values[name]);
${COPY_SCRIPT}
${TABLE_SCRIPT}
})();
`;
