// Every REST call and gateway frame, as it happens.

import { el, fill } from "./dom.js";
import { ask } from "./store.js";
import { preciseClock } from "./time.js";

const MOST = 600;
const KINDS = [["all", "All"], ["rest", "REST"], ["gateway", "Gateway"], ["refused", "Refused"]];

export function trafficPanel(body) {
  let kind = "all";
  let lines = [];
  let paused = false;
  const filter = el("input", { class: "field", type: "search", placeholder: "Filter: path, event, code", "aria-label": "Filter the traffic" });
  const radios = el("div", { class: "switches", role: "group", "aria-label": "Kinds of traffic" }, KINDS.map(([name, label]) => el("button", { class: "switch", type: "button", "aria-pressed": String(name === kind), data: { name }, text: label })));
  const quiet = el("button", { class: "switch", type: "button", "aria-pressed": "true", text: "Hide heartbeats" });
  const clear = el("button", { class: "switch", type: "button", text: "Clear" });
  const pause = el("button", { class: "switch", type: "button", "aria-pressed": "false", text: "Pause" });
  const list = el("ol", { class: "traffic", "aria-label": "Traffic, newest last" });
  fill(body, el("div", { class: "desk-tools" }, filter, radios, el("div", { class: "switches" }, quiet, pause, clear)), list);

  const fits = (line) => {
    if (quiet.getAttribute("aria-pressed") === "true" && line.kind === "gateway" && (line.op === 1 || line.op === 11)) return false;
    if (kind === "refused" ? !(line.status >= 400) : kind !== "all" && line.kind !== kind) return false;
    const wanted = filter.value.trim().toLowerCase();
    return !wanted || describe(line).toLowerCase().includes(wanted);
  };
  const draw = () => {
    fill(list, lines.filter(fits).map(row));
    list.scrollTop = list.scrollHeight;
  };
  radios.addEventListener("click", (event) => {
    if (!event.target.dataset.name) return;
    kind = event.target.dataset.name;
    for (const node of radios.children) node.setAttribute("aria-pressed", String(node.dataset.name === kind));
    draw();
  });
  const flip = (node) => node.setAttribute("aria-pressed", String(node.getAttribute("aria-pressed") !== "true"));
  quiet.addEventListener("click", () => (flip(quiet), draw()));
  pause.addEventListener("click", () => (flip(pause), (paused = !paused), paused || draw()));
  clear.addEventListener("click", () => ((lines = []), draw()));
  filter.addEventListener("input", draw);
  ask("traffic").then((latest) => ((lines = latest), draw()), (error) => fill(list, el("li", { text: error.message })));
  return {
    take(line) {
      lines.push(line);
      if (lines.length > MOST) lines = lines.slice(-MOST / 2);
      if (paused || !fits(line)) return;
      const end = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
      list.append(row(line));
      if (list.children.length > MOST) list.firstChild.remove();
      if (end) list.scrollTop = list.scrollHeight;
    },
    close: () => ask("traffic.stop").catch(() => {}),
  };
}

const OPS = { 0: "Dispatch", 1: "Heartbeat", 2: "Identify", 3: "Presence", 4: "Voice state", 6: "Resume", 7: "Reconnect", 8: "Request members", 9: "Invalid session", 10: "Hello", 11: "Heartbeat ACK" };

/** Long ids by their end, which is where they differ; the whole path is in the title. */
const short = (path) => path.replace(/\d{17,20}/g, (id) => `…${id.slice(-5)}`);

function describe(line) {
  if (line.kind === "rest") return `${line.method} ${line.path} ${line.status} ${line.code ?? ""} ${line.message ?? ""} ${line.problems.map((one) => `${one.path} ${one.code}`).join(" ")}`;
  return `${line.name ?? OPS[line.op] ?? ""} op ${line.op}`;
}

function row(line) {
  const refused = line.status >= 400;
  const mark = line.kind === "rest" ? el("span", { class: `mark ${refused ? "bad" : "good"}`, text: line.status }) : el("span", { class: "mark", title: line.sent ? "from the sandbox to the bot" : "from the bot to the sandbox", text: line.sent ? "→ bot" : "bot →" });
  const words = line.kind === "rest" ? [el("b", { text: line.method }), ` ${short(line.path)}`] : [el("b", { text: line.name ?? OPS[line.op] ?? `op ${line.op}` })];
  const held = el("div", { class: "traffic-details" });
  const node = el(
    "details",
    {},
    el("summary", {}, el("time", { class: "quiet", datetime: line.at, text: preciseClock(line.at) }), mark, el("span", { class: "traffic-words", title: line.path }, words)),
    refused ? el("p", { class: "verdict bad" }, `${line.code ?? ""} ${line.message ?? "refused"}`) : null,
    (line.problems ?? []).map((one) => el("p", { class: "verdict bad" }, el("code", { text: one.path || "body" }), ` ${one.code}: ${one.message}`)),
    held,
  );
  node.addEventListener("toggle", async () => {
    if (!node.open || held.children.length) return;
    try {
      fill(held, bodies(line, await ask("traffic.details", { n: line.n })));
    } catch (error) {
      fill(held, el("p", { class: "quiet", text: error.message }));
    }
  });
  return el("li", { class: refused ? "refused" : "" }, node);
}

function bodies(line, details) {
  const parts = line.kind === "gateway" ? [["Data", details.data]] : [["Query", Object.keys(details.query).length ? details.query : null], ["Request", details.request], ["Files", details.files.length ? details.files : null], ["Answer", details.response]];
  if (line.kind === "rest" && !(line.status >= 400)) parts.unshift(["Validation", "accepted"]);
  return parts.filter(([, held]) => held !== null && held !== undefined).map(([name, held]) => el("div", {}, el("p", { class: "quiet", text: name }), typeof held === "string" ? el("p", { class: "verdict good", text: held }) : el("pre", { tabindex: 0, role: "group", "aria-label": name, text: JSON.stringify(held, null, 2) })));
}
