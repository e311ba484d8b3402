/** Search, filters, order and pages of the table of URLs; on paper it has all rows. */
export const TABLE_SCRIPT = `
  const PAGE = 100;
  const table = document.getElementById("urls");
  const body = table.tBodies[0];
  const search = document.getElementById("search");
  const state = document.getElementById("filter");
  const domain = document.getElementById("domain");
  const clear = document.getElementById("clear");
  const status = document.getElementById("status");
  const previous = document.getElementById("previous");
  const next = document.getElementById("next");
  /** What the address keeps; the names are those that links use. */
  const filters = { state, domain, search };
  const entries = Array.from(body.rows, (row) => ({
    row,
    state: row.dataset.state,
    domain: row.dataset.domain,
    text: row.textContent.toLowerCase(),
    keys: Array.from(row.cells, (cell) => {
      const number = Number.parseFloat(cell.textContent);
      return { text: cell.textContent.toLowerCase(), number: Number.isNaN(number) ? -1 : number };
    }),
  }));
  let order = entries;
  let page = 0;

  const hasState = (entry, wanted) =>
    wanted === "" || entry.state === wanted || (wanted === "problem" && entry.state !== "preloaded");
  const hasDomain = (entry, wanted) => wanted === "" || entry.domain === wanted;

  function show() {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const found = order.filter((entry) => words.every((word) => entry.text.includes(word)));
    const shown = found.filter((entry) => hasState(entry, state.value) && hasDomain(entry, domain.value));
    count(state, found.filter((entry) => hasDomain(entry, domain.value)), hasState);
    count(domain, found.filter((entry) => hasState(entry, state.value)), hasDomain);
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    page = Math.min(Math.max(page, 0), pages - 1);
    const slice = shown.slice(page * PAGE, (page + 1) * PAGE);
    body.replaceChildren(...slice.map((entry) => entry.row));
    addCopyButtons(body);
    const isAll = shown.length === entries.length;
    const text = isAll ? status.dataset.all : shown.length > 0 ? status.dataset.matches : status.dataset.none;
    const first = page * PAGE + 1;
    status.textContent = fill(text, { first, last: first + slice.length - 1, shown: shown.length, all: entries.length });
    previous.hidden = next.hidden = pages === 1;
    previous.disabled = page === 0;
    next.disabled = page >= pages - 1;
    clear.hidden = Object.values(filters).every((filter) => filter.value === "");
  }

  /** Each choice of a filter says how many URLs it leaves, beside the other filters. */
  function count(select, left, has) {
    for (const option of select.options) {
      option.dataset.text ??= option.textContent;
      const number = left.filter((entry) => has(entry, option.value)).length;
      option.textContent = option.dataset.text + " (" + number + ")";
    }
  }

  function readAddress() {
    // An address such as #urls-heading leads to a place of the page and says nothing of filters.
    if (location.hash !== "" && !location.hash.includes("=")) return keepInAddress();
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const [name, filter] of Object.entries(filters)) {
      filter.value = kept.get(name) ?? "";
      // What no choice has leaves a filter without one.
      if (filter.selectedIndex === -1) filter.value = "";
    }
    page = 0;
  }

  function keepInAddress() {
    const kept = new URLSearchParams();
    for (const [name, filter] of Object.entries(filters)) if (filter.value !== "") kept.set(name, filter.value);
    const hash = kept.size > 0 ? "#" + kept : "";
    try {
      history.replaceState(null, "", location.href.replace(/#.*$/s, "") + hash);
    } catch {
      // A page that a CI system shows in a frame of its own may have no address to keep them in.
    }
  }

  function filterAnew() {
    keepInAddress();
    page = 0;
    show();
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
    timer = setTimeout(filterAnew, 120);
  });
  state.addEventListener("change", filterAnew);
  domain.addEventListener("change", filterAnew);
  clear.addEventListener("click", () => {
    for (const filter of Object.values(filters)) filter.value = "";
    filterAnew();
    search.focus();
  });
  previous.addEventListener("click", () => { page -= 1; show(); });
  next.addEventListener("click", () => { page += 1; show(); });
  addEventListener("hashchange", () => { readAddress(); show(); });

  /** Nothing is lost on paper: every row, and what is folded away on the screen. */
  function layOut(isPaper) {
    for (const details of document.querySelectorAll("details")) {
      if (isPaper && !details.open) details.dataset.opened = "";
      if (isPaper || details.dataset.opened === "") details.open = isPaper;
      if (!isPaper) delete details.dataset.opened;
    }
    if (isPaper) body.replaceChildren(...order.map((entry) => entry.row));
    else show();
  }
  const paper = matchMedia("print");
  paper.addEventListener("change", () => layOut(paper.matches));
  addEventListener("beforeprint", () => layOut(true));
  addEventListener("afterprint", () => layOut(false));

  tools.hidden = false;
  readAddress();
  show();
  addCopyButtons(document);
`;
