// What goes wrong between the bot and the sandbox, on demand; the same orders that programs send to /sandbox/faults.

import { el, fill } from "./dom.js";
import { ask } from "./store.js";

const REST = [
  ["Refuse with 500", { kind: "refuse", status: 500 }],
  ["Refuse with 503", { kind: "refuse", status: 503 }],
  ["Rate limit (429)", { kind: "rate_limit", seconds: 2 }],
  ["Answer after 5 s", { kind: "slow", seconds: 5 }],
  ["Lose the answer", { kind: "drop_rest" }],
];
const GATEWAY = [
  ["Drop the connection", { kind: "drop_gateway" }],
  ["Ask to reconnect", { kind: "reconnect" }],
  ["Invalid session", { kind: "invalid_session" }],
  ["Half-open: nothing flows", { kind: "half_open" }],
];
const PATHS = [
  ["any request", "**"],
  ["answers to interactions", "/interactions/**"],
  ["edits of answers", "/webhooks/**"],
  ["messages", "/channels/*/messages"],
];

async function call(method, path = "", body = null) {
  const response = await fetch(`/sandbox/faults${path}`, { method, body: body && JSON.stringify(body) });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(answer?.message ?? `The sandbox answered ${response.status}.`);
  return answer;
}

export function faultsPanel(body) {
  const where = el("select", { class: "field" }, PATHS.map(([text, value]) => el("option", { value, text })));
  const times = el("input", { class: "field", type: "number", min: 1, max: 100, value: 1 });
  const list = el("ul", { class: "waiting" });
  const problem = el("p", { class: "problem", role: "alert" });
  const note = el("p", { class: "quiet", role: "status" });

  const met = el("ul", { class: "waiting met", "aria-label": "Requests that met a fault, newest first" });

  const load = async () => {
    const [{ faults }, spoiled] = await Promise.all([call("GET"), ask("spoiled")]);
    fill(met, spoiled.map((one) => el("li", {}, el("span", {}, el("b", { text: `met ${one.kind}` }), ` ${one.method} ${one.path}`))));
    const rows = faults.map((fault) => el("li", {}, el("span", {}, el("b", { text: fault.kind }), ` ${fault.method} ${fault.path}, ${fault.times} more`), el("button", { class: "button secondary small-button", type: "button", text: "Take back", "aria-label": `Take ${fault.kind} back`, on: { click: () => attempt(() => call("DELETE", `/${fault.id}`)) } })));
    fill(list, rows.length ? rows : el("li", { class: "quiet", text: "No fault is waiting." }));
  };
  const attempt = async (action, done = "") => {
    try {
      await action();
      problem.textContent = "";
      note.textContent = done;
      await load();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const rest = ([text, fault]) => el("button", { class: "button secondary small-button", type: "button", text, on: { click: () => attempt(() => call("POST", "", { ...fault, path: where.value, times: Math.max(1, Number(times.value) || 1) }), `${text}: waits for its request.`) } });
  const gateway = ([text, fault]) => el("button", { class: "button secondary small-button", type: "button", text, on: { click: () => attempt(() => call("POST", "", fault), `${text}: done.`) } });
  fill(
    body,
    el("div", { class: "desk-tools" },
      el("p", { class: "quiet", text: "Order what goes wrong next, then use the bot and see what it does about it." }),
      el("label", { class: "labelled" }, "The bot's requests that it meets", where),
      el("label", { class: "labelled" }, "How many of them", times),
      el("div", { class: "row", role: "group", "aria-label": "Faults of requests" }, REST.map(rest)),
      el("p", { class: "labelled", text: "At once, on the gateway" }),
      el("div", { class: "row", role: "group", "aria-label": "Faults of the gateway" }, GATEWAY.map(gateway)),
      problem, note),
    el("div", { class: "desk-scroll" }, list, met),
  );
  attempt(load);
  const timer = setInterval(() => load().catch(() => {}), 2000); // a fault that was met is gone from the list
  return { close: () => clearInterval(timer) };
}
