/** The script of the emulator's page. It requests the admin routes each second and shows the result. */
export const PAGE_SCRIPT = `
const REFRESH_MS = 1000;
const MAX_ROWS = 200;
const element = (id) => document.getElementById(id);

async function admin(path, method = "GET", body) {
  const response = await fetch("/_emulator/" + path, {
    method, body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function cell(content, className = "") {
  const td = document.createElement("td");
  td.className = className;
  td.append(content);
  return td;
}

function rowOf(cells) {
  const row = document.createElement("tr");
  row.append(...cells);
  return row;
}

function fill(id, rows, emptyText) {
  const shown = rows.slice(0, MAX_ROWS);
  const empty = cell(emptyText);
  empty.colSpan = 9;
  element(id).replaceChildren(...(shown.length > 0 ? shown : [rowOf([empty])]));
  element(id + "-count").textContent = rows.length > MAX_ROWS ? MAX_ROWS + " of " + rows.length : rows.length;
}

function progress(percent) {
  const meter = document.createElement("meter");
  meter.max = 100;
  meter.value = percent;
  const holder = document.createElement("span");
  holder.append(meter, " " + Math.round(percent * 100) / 100 + " %");
  return holder;
}

function chooser(url) {
  const button = document.createElement("button");
  button.textContent = "script";
  button.title = "Change the script of this URL";
  button.addEventListener("click", () => {
    element("url").value = url;
    element("script").focus();
  });
  return button;
}

function taskRows(tasks) {
  return tasks.toReversed().flatMap((task) => task.urls.map((url) => rowOf([
    cell(task.taskId, "code"),
    cell(task.kind),
    cell(url.url, "code"),
    cell(url.script),
    cell(url.status, url.status === "Failed" ? "bad" : url.ended ? "ok" : ""),
    cell(progress(url.processPercent)),
    cell(url.visible ? "yes" : "not yet"),
    cell(chooser(url.url)),
  ])));
}

function callRows(calls) {
  return calls.toReversed().map((call) => rowOf([
    cell(call.at.slice(11, 23), "code"),
    cell(call.operation || "(none)"),
    cell(call.httpStatus === 0 ? "no answer" : String(call.httpStatus), call.httpStatus === 200 ? "ok" : "bad"),
    cell([call.errorCode, call.fault && "fault: " + call.fault].filter(Boolean).join(", ")),
    cell([call.parameters.ObjectPath?.split("\\n").join(", "), call.parameters.DomainName,
      call.parameters.TaskId && "task " + call.parameters.TaskId,
      call.taskIds && "→ task " + call.taskIds.join(", ")].filter(Boolean).join(" "), "code"),
    cell(call.requestId, "code"),
  ]));
}

function submissionRows(submissions) {
  const counts = new Map();
  for (const { url } of submissions) counts.set(url, (counts.get(url) ?? 0) + 1);
  return submissions.toReversed().map((one) => rowOf([
    cell(one.at.slice(11, 23), "code"),
    cell(one.url, "code"),
    cell(one.taskId, "code"),
    cell(one.script),
    cell(String(counts.get(one.url))),
  ]));
}

async function refresh() {
  try {
    const [tasks, calls, submissions, clock] = await Promise.all(
      ["tasks", "calls", "submissions", "clock"].map((path) => admin(path)));
    fill("tasks", taskRows(tasks), "No task yet.");
    fill("calls", callRows(calls), "No call yet.");
    fill("submissions", submissionRows(submissions), "Nothing was submitted yet.");
    element("now").textContent = clock.now;
    element("state").textContent = "live";
    element("state").className = "";
  } catch (error) {
    element("state").textContent = "the emulator is not responding";
    element("state").className = "gone";
  }
}

function say(text, isBad = false) {
  element("said").textContent = text;
  element("said").className = isBad ? "bad" : "";
}

async function act(work) {
  try {
    say(await work());
  } catch (error) {
    say(error.message, true);
  }
  await refresh();
}

element("fate").addEventListener("submit", (event) => {
  event.preventDefault();
  const url = element("url").value.trim();
  const script = element("script").value;
  act(async () => {
    await admin("rules", "POST", { url, script });
    const { changed } = await admin("scripts", "POST", { url, script });
    return "From now on " + url + " goes as " + script + " says"
      + (changed > 0 ? ", and so do its " + changed + " submissions." : ".");
  });
});
for (const button of document.querySelectorAll("[data-advance-ms]")) {
  button.addEventListener("click", () => act(async () => {
    const { now } = await admin("clock", "POST", { advanceMs: Number(button.dataset.advanceMs) });
    return "It is " + now + " now.";
  }));
}
element("reset").addEventListener("click", () => act(async () => {
  await admin("reset", "POST");
  return "Back to how it started.";
}));

admin("scripts").then((scripts) => {
  element("script").append(...Object.entries(scripts).map(([name, summary]) => {
    const option = document.createElement("option");
    option.value = name;
    option.textContent = name + ": " + summary;
    return option;
  }));
});
async function follow() {
  await refresh();
  setTimeout(follow, REFRESH_MS);
}
follow();
`;
