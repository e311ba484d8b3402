/** Colours of a page of light; on paper always these. */
const LIGHT = `--bg: #fff; --surface: #f6f8fa; --text: #1f2328; --muted: #59636e;
  --border: #d1d9e0; --ok: #1a7f37; --bad: #cf222e; --warn: #8a5a00; --accent: #0969da; --row: #f6f8fa;`;
const DARK = `--bg: #0d1117; --surface: #151b23; --text: #f0f6fc; --muted: #9da7b1;
  --border: #3d444d; --ok: #3fb950; --bad: #ff7b72; --warn: #e3b341; --accent: #58a6ff; --row: #12181f;`;

const PAGE_STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main, header, footer { max-width: 90rem; margin: 0 auto; padding: 0 1.25rem; overflow-wrap: anywhere; }
header { padding-top: 1rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 1.75rem 0 .6rem; font-size: 1.2rem; }
h3 { margin: 0; font-size: 1rem; }
a { color: var(--accent); }
.verdict { border: 1px solid var(--border); border-left: .6rem solid var(--tone); border-radius: .5rem;
  background: var(--surface); padding: .7rem 1.1rem; }
.verdict p { margin: .15rem 0 0; }
.verdict strong { color: var(--tone); }
.passed { --tone: var(--ok); } .failed { --tone: var(--bad); } .inconclusive, .pending { --tone: var(--warn); }
.rule { margin: .6rem 0 0; }
.build { margin: .2rem 0 0; }
.facts { display: flex; flex-wrap: wrap; gap: .15rem 1.5rem; margin: .6rem 0 0; }
.facts div { display: flex; gap: .4rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.share { display: block; width: 100%; height: .5rem; margin-top: .6rem; border-radius: .25rem; }
.fill-ok { fill: var(--ok); } .fill-bad { fill: var(--bad); } .fill-warn { fill: var(--warn); } .fill-none { fill: var(--border); }
.cause, .wrong { border: 1px solid var(--border); border-radius: .5rem; padding: .7rem 1rem; }
.cause { border-left: .3rem solid; border-left-color: currentColor; }
.cause + .cause { margin-top: .6rem; }
.cause > :not(h3) { color: var(--text); }
.cause p, .wrong p { margin: .15rem 0; }
.cause > .advice, .advice, .cause .tasks-of { color: var(--muted); }
.cause ul { margin: .3rem 0 0; padding-left: 1.2rem; }
.cause .tasks-of { padding-left: 0; list-style: none; }
.share-of { color: var(--muted); font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 0; border: 1px solid var(--border); border-radius: .5rem; padding: .75rem; max-width: 60rem; }
figure svg { display: block; width: 100%; height: auto; }
.axis { stroke: var(--border); } .tick { fill: var(--muted); font-size: 12px; }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.line-pops { stroke: var(--accent); } .line-ok { stroke: var(--ok); stroke-dasharray: 7 4; }
.line-bad { stroke: var(--bad); stroke-dasharray: 2 4; } .area { fill: var(--accent); opacity: .12; }
figcaption { color: var(--muted); font-size: .9rem; }
figure .key { display: inline-block; width: 2rem; height: .8rem; vertical-align: middle; margin-right: .3rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .25rem 0 0; padding: 0; list-style: none; }
details { margin-top: .4rem; } summary { cursor: pointer; color: var(--accent); }
.tools { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; margin-bottom: .75rem; }
.tools > div { min-width: 0; max-width: 100%; }
.tools label { display: block; font-size: .85rem; color: var(--muted); }
.tools p { margin: 0; color: var(--muted); }
.tools select { max-width: 100%; }
.search { flex: 0 1 26rem; } .search input { width: 100%; }
input, select, button { font: inherit; color: inherit; background: var(--bg); border: 1px solid #7d8590; border-radius: .4rem; padding: .35rem .6rem; }
button { cursor: pointer; } button:disabled { opacity: .5; cursor: default; }
.copy { padding: 0 .4rem; font: .8rem/1.5 system-ui, sans-serif; white-space: nowrap; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
code, .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .92em; }
.code code { font-size: 1em; } .whole { white-space: nowrap; }
footer { color: var(--muted); font-size: .88rem; padding-top: 1.5rem; padding-bottom: 2rem; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--bg); padding: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
`;

/** Each state has a sign beside its colour; what reads a page aloud has the word and skips the sign. */
const STATE_STYLE = `
.state { white-space: nowrap; font-weight: 600; }
.state-preloaded { color: var(--ok); } .state-failed { color: var(--bad); }
.state-unknown, .state-pending, .state-notSubmitted { color: var(--warn); }
td.state::before { content: var(--sign); content: var(--sign) / ""; }
td.state-preloaded { --sign: "✓ "; } td.state-failed { --sign: "✗ "; } td.state-unknown { --sign: "? "; }
td.state-pending { --sign: "… "; } td.state-notSubmitted { --sign: "– "; }
`;

const TABLE_STYLE = `
.frame { border: 1px solid var(--border); border-radius: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--border); }
caption { text-align: left; color: var(--muted); padding: .45rem .6rem; }
#urls { table-layout: fixed; }
#urls th:nth-child(1) { width: 3.6rem; } #urls th:nth-child(3) { width: 8.4rem; } #urls th:nth-child(4) { width: 5.2rem; }
#urls th:nth-child(5) { width: 5.6rem; } #urls th:nth-child(6) { width: 21.5rem; } #urls th:nth-child(7) { width: 26%; } #urls th:nth-child(8) { width: 6.5rem; }
#urls:has(th:nth-child(8)) th:nth-child(7) { width: 20%; }
#shards :is(th, td) { overflow-wrap: break-word; } #shards tbody th { min-width: 7rem; }
#urls .request-id { font-size: .9em; }
thead th { background: var(--surface); overflow-wrap: normal; }
thead th button { border: 0; background: none; padding: 0; font-weight: 600; text-align: inherit; }
thead th[aria-sort="ascending"] button::after { content: " ▲"; content: " ▲" / ""; }
thead th[aria-sort="descending"] button::after { content: " ▼"; content: " ▼" / ""; }
tbody tr:nth-child(even) { background: var(--row); }
tbody th { font-weight: 400; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
#tasks .number { white-space: normal; }
.why p { margin: 0; } #urls .code span { display: block; }
`;

/** A narrow screen scrolls in one direction: a row is a block there. */
const NARROW_STYLE = `
@media screen and (max-width: 68rem) {
  #urls, #tasks, #shards, :is(#urls, #tasks, #shards) :is(caption, tbody) { display: block; }
  :is(#tasks, #shards) thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  #urls thead tr { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; padding: .3rem .6rem; }
  #urls thead th:nth-child(n) { width: auto; border: 0; padding: 0; background: none; }
  :is(#urls, #tasks, #shards) tbody > tr { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; padding: .6rem; border-bottom: 1px solid var(--border); }
  :is(#urls, #tasks, #shards) tbody > tr > * { display: block; border: 0; padding: 0; text-align: left; white-space: normal; min-width: 0; max-width: 100%; }
  :is(#urls, #tasks, #shards) tbody > tr > :not(th, .why, .state)::before { content: var(--label) " "; content: var(--label) " " / ""; color: var(--muted);
    font-family: system-ui, sans-serif; font-weight: 400; }
  #urls tbody > tr > th, #urls tbody > tr > .why { flex: 1 0 100%; }
  #urls tbody > tr > th { order: -1; font-weight: 600; } #urls .code span { display: inline; }
}
/* Narrower than this no line holds a request id. */
@media screen and (max-width: 22.8rem) { .whole { white-space: normal; } details :is(th, td) { padding: .3rem; } }
@media screen and (max-width: 40rem) {
  main, header, footer { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.35rem; } .tick { font-size: 22px; }
  .tools > .search { flex: 1 0 100%; }
}
`;

/** On paper nothing is cut, nothing is left out, and no colour is needed. */
const PAPER_STYLE = `
@page { margin: 12mm; }
@media print {
  :root { color-scheme: light; --text: #000; --muted: #333; }
  body { font-size: 9pt; }
  main, header, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .tools, .skip, .copy { display: none; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  summary { list-style: none; color: inherit; }
  a { color: inherit; text-decoration: none; } .build a::after { content: " (" attr(href) ")"; }
  table { font-size: 7pt; } th, td { padding: .25rem .3rem; }
  #urls { width: 100%; }
  #urls th:nth-child(1) { width: 4%; } #urls th:nth-child(3) { width: 10%; } #urls th:nth-child(4) { width: 7%; }
  #urls th:nth-child(5) { width: 8%; } #urls th:nth-child(6) { width: 27%; } #urls th:nth-child(7) { width: 22%; } #urls th:nth-child(8) { width: 8%; }
  #urls .request-id, #tasks .request-id { font-size: 6pt; }
  tr, .cause > h3, .wrong, figure, .verdict { break-inside: avoid; } h2, h3 { break-after: avoid; }
}
`;

/** The style sheet of the HTML report. Light and dark follow the reader's system. */
export const HTML_STYLE = [PAGE_STYLE, STATE_STYLE, TABLE_STYLE, NARROW_STYLE, PAPER_STYLE].join("");
