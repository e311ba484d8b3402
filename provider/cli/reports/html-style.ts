/** The style sheet of the HTML report. Light and dark follow the reader's system. */
export const HTML_STYLE = `
:root { color-scheme: light dark; --bg: #fff; --surface: #f6f8fa; --text: #1f2328; --muted: #59636e;
  --border: #d1d9e0; --ok: #1a7f37; --bad: #cf222e; --warn: #8a5a00; --accent: #0969da; --row: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --surface: #151b23; --text: #f0f6fc; --muted: #9da7b1;
  --border: #3d444d; --ok: #3fb950; --bad: #ff7b72; --warn: #e3b341; --accent: #58a6ff; --row: #12181f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); line-height: 1.5;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main, header, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; }
h2 { margin: 2rem 0 .75rem; font-size: 1.2rem; }
a { color: var(--accent); }
.verdict { border: 1px solid var(--border); border-left: .6rem solid var(--tone); border-radius: .5rem;
  background: var(--surface); padding: 1rem 1.25rem; }
.verdict p { margin: .25rem 0 0; color: var(--muted); }
.verdict strong { color: var(--tone); }
.passed { --tone: var(--ok); } .failed { --tone: var(--bad); } .inconclusive, .pending { --tone: var(--warn); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1rem 0 0; }
.facts div { border: 1px solid var(--border); border-radius: .5rem; padding: .6rem .8rem; }
.facts dt { color: var(--muted); font-size: .85rem; }
.facts dd { margin: 0; font-size: 1.3rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.share { display: block; width: 100%; height: .8rem; margin-top: 1rem; border-radius: .4rem; }
.fill-ok { fill: var(--ok); } .fill-bad { fill: var(--bad); } .fill-warn { fill: var(--warn); } .fill-none { fill: var(--border); }
.wrong { border: 1px solid var(--bad); border-radius: .5rem; padding: .75rem 1rem; }
.wrong p { margin: .25rem 0; overflow-wrap: anywhere; }
figure { margin: 0; border: 1px solid var(--border); border-radius: .5rem; padding: .75rem; }
figure svg { display: block; width: 100%; height: auto; }
.axis { stroke: var(--border); } .tick { fill: var(--muted); font-size: 12px; }
.line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
.line-pops { stroke: var(--accent); } .line-ok { stroke: var(--ok); stroke-dasharray: 7 4; }
.line-bad { stroke: var(--bad); stroke-dasharray: 2 4; } .area { fill: var(--accent); opacity: .12; }
figcaption { color: var(--muted); font-size: .9rem; }
.key { display: inline-block; width: 2rem; height: .8rem; vertical-align: middle; margin-right: .3rem; }
.legend { display: flex; flex-wrap: wrap; gap: 1.25rem; margin: .25rem 0 0; padding: 0; list-style: none; }
details { margin-top: .5rem; } summary { cursor: pointer; }
.tools { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; margin-bottom: .75rem; }
.tools label { display: block; font-size: .85rem; color: var(--muted); }
.tools p { margin: 0; color: var(--muted); }
input, select, button { font: inherit; color: inherit; background: var(--bg); border: 1px solid #7d8590; border-radius: .4rem; padding: .35rem .6rem; }
input { width: min(26rem, 75vw); }
button { cursor: pointer; } button:disabled { opacity: .5; cursor: default; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
.scroll { overflow-x: auto; border: 1px solid var(--border); border-radius: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem; border-bottom: 1px solid var(--border); }
caption { text-align: left; color: var(--muted); padding: .45rem .7rem; }
#urls { table-layout: fixed; min-width: 64rem; }
#urls th:nth-child(1) { width: 4rem; min-width: 0; } #urls th:nth-child(3) { width: 8rem; }
#urls th:nth-child(4) { width: 5.5rem; } #urls th:nth-child(5) { width: 8.5rem; } #urls th:nth-child(6) { width: 42%; }
#tasks th, #tasks td { white-space: nowrap; overflow-wrap: normal; min-width: 0; }
thead th { background: var(--surface); white-space: nowrap; }
thead th button { border: 0; background: none; padding: 0; font-weight: 600; }
thead th[aria-sort="ascending"] button::after { content: " ▲"; content: " ▲" / ""; }
thead th[aria-sort="descending"] button::after { content: " ▼"; content: " ▼" / ""; }
tbody tr:nth-child(even) { background: var(--row); }
tbody th { font-weight: 400; overflow-wrap: anywhere; min-width: 16rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.state { white-space: nowrap; font-weight: 600; }
.state-preloaded { color: var(--ok); } .state-failed { color: var(--bad); }
.state-unknown, .state-pending, .state-notSubmitted { color: var(--warn); }
.why { overflow-wrap: anywhere; min-width: 18rem; } .why p { margin: 0; } .why .advice { color: var(--muted); }
code, .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .92em; overflow-wrap: anywhere; }
footer { color: var(--muted); font-size: .88rem; padding-top: 1.5rem; padding-bottom: 2rem; }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--bg); padding: .5rem; }
[hidden] { display: none !important; }
@media print { .tools, .skip { display: none; } }
`;
