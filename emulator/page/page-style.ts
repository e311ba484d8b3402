/** The style sheet of the emulator's page. It follows the system's light or dark theme. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --bg: #fff; --surface: #f6f8fa; --text: #1f2328; --muted: #59636e;
  --border: #d1d9e0; --ok: #1a7f37; --bad: #cf222e; --accent: #0969da; }
@media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --surface: #151b23; --text: #f0f6fc; --muted: #9da7b1;
  --border: #3d444d; --ok: #3fb950; --bad: #ff7b72; --accent: #58a6ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, main { max-width: 80rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.25rem; }
main { padding-bottom: 3rem; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1.15rem; }
h2 small { color: var(--muted); font-weight: 400; }
p { margin: .25rem 0; color: var(--muted); }
code, .code { font: .87em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
form, .tools { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; padding: .75rem; border-radius: .5rem;
  border: 1px solid var(--border); background: var(--surface); margin-top: .75rem; }
label { display: block; font-size: .85rem; color: var(--muted); }
input, select, button { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--border);
  border-radius: .35rem; padding: .3rem .5rem; max-width: 100%; }
input[type=text] { width: 26rem; } select { width: 30rem; }
button { cursor: pointer; } button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
output { flex-basis: 100%; color: var(--muted); } output.bad { color: var(--bad); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--border); }
th { color: var(--muted); font-weight: 600; font-size: .85rem; white-space: nowrap; }
td.ok { color: var(--ok); } td.bad { color: var(--bad); }
meter { width: 6rem; }
.gone { color: var(--bad); }
`;
