import type { Answer } from "../call";
import { PAGE_SCRIPT } from "./page-script";
import { PAGE_STYLE } from "./page-style";

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CDN preload emulator</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>CDN preload emulator</h1>
<p><span id="state" role="status">loading</span> · its time is <code id="now"></code> ·
<a href="/_emulator">all admin routes</a></p>
</header>
<main>
<form id="fate">
<div><label for="url">URL</label><input id="url" type="text" required placeholder="https://cdn.example.com/app.js"></div>
<div><label for="script">goes as</label><select id="script"></select></div>
<button>Set its script</button>
<output id="said"></output>
</form>
<div class="tools">
<button data-advance-ms="10000">Clock + 10 s</button>
<button data-advance-ms="600000">Clock + 10 min</button>
<button data-advance-ms="86400000">Clock + 1 day</button>
<button id="reset">Reset</button>
</div>
<h2>Tasks <small id="tasks-count"></small></h2>
<div class="wide"><table>
<thead><tr><th>task<th>kind<th>URL<th>script<th>status<th>POPs that ended<th>visible<th></thead>
<tbody id="tasks"></tbody>
</table></div>
<h2>Calls <small id="calls-count"></small></h2>
<div class="wide"><table>
<thead><tr><th>at<th>operation<th>status<th>error<th>about<th>request id</thead>
<tbody id="calls"></tbody>
</table></div>
<h2>Submissions <small id="submissions-count"></small></h2>
<div class="wide"><table>
<thead><tr><th>at<th>URL<th>task<th>script<th>times in all</thead>
<tbody id="submissions"></tbody>
</table></div>
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;

/** The emulator's page: tasks, calls, submissions, and a form that sets the script of a URL. */
export function emulatorPage(): Answer {
  return {
    httpStatus: 200,
    body: HTML,
    headers: {
      "content-type": "text/html;charset=utf-8",
      "content-security-policy":
        "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'",
    },
    literal: true,
  };
}
