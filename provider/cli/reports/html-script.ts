/**
 * The script of the HTML report. The page holds every row and is whole without it; it adds search, order and
 * pages, so that ten thousand URLs can be read.
 */
export const HTML_SCRIPT = `
"use strict";
(() => {
  const PAGE = 100;
  const table = document.getElementById("urls");
  if (!table) return;
  const body = table.tBodies[0];
  const search = document.getElementById("search");
  const filter = document.getElementById("filter");
  const status = document.getElementById("status");
  const previous = document.getElementById("previous");
  const next = document.getElementById("next");
  const entries = Array.from(body.rows, (row) => ({
    row,
    state: row.dataset.state,
    text: row.textContent.toLowerCase(),
    keys: Array.from(row.cells, (cell) => {
      const number = Number.parseFloat(cell.textContent);
      return { text: cell.textContent.toLowerCase(), number: Number.isNaN(number) ? -1 : number };
    }),
  }));
  let order = entries;
  let shown = entries;
  let page = 0;

  function show() {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    shown = order.filter((entry) =>
      (filter.value === "" || entry.state === filter.value || (filter.value === "problem" && entry.state !== "preloaded")) &&
      words.every((word) => entry.text.includes(word)));
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    page = Math.min(Math.max(page, 0), pages - 1);
    const slice = shown.slice(page * PAGE, (page + 1) * PAGE);
    body.replaceChildren(...slice.map((entry) => entry.row));
    const first = shown.length === 0 ? 0 : page * PAGE + 1;
    const counts = { first, last: page * PAGE + slice.length, shown: shown.length, all: entries.length };
    const text = shown.length < entries.length ? status.dataset.matches : status.dataset.all;
    status.textContent = text.replace(/\\{(\\w+)\\}/g, (_, name) => counts[name]);
    previous.disabled = page === 0;
    next.disabled = page >= pages - 1;
  }

  function sortBy(column, descending, isNumber) {
    const sign = descending ? -1 : 1;
    order = entries.slice().sort((a, b) => {
      const x = a.keys[column];
      const y = b.keys[column];
      return sign * (isNumber ? x.number - y.number : x.text < y.text ? -1 : x.text > y.text ? 1 : 0);
    });
  }

  for (const header of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    header.replaceChildren(button);
    button.addEventListener("click", () => {
      const descending = header.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sortBy(header.cellIndex, descending, header.classList.contains("number"));
      page = 0;
      show();
    });
  }
  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { page = 0; show(); }, 120);
  });
  filter.addEventListener("change", () => { page = 0; show(); });
  previous.addEventListener("click", () => { page -= 1; show(); });
  next.addEventListener("click", () => { page += 1; show(); });
  document.getElementById("tools").hidden = false;
  show();
})();
`;
