// The bot: whether it runs, what it logs, or how to connect one.

import { el, fill } from "./dom.js";
import { ask, state } from "./store.js";

const EVERY = 2000;
const STATES = { running: "The bot is running.", starting: "The bot is starting…", stopped: "The bot is stopped.", absent: "The bot is not connected." };

export function botPanel(body) {
  const about = el("p", {});
  const tools = el("div", { class: "row" });
  const log = el("ol", { class: "bot-log", tabindex: 0, "aria-label": "What the bot logged, newest last" });
  fill(body, el("div", { class: "desk-tools" }, about, tools), log);
  let last = "";
  const load = async () => {
    try {
      const view = await ask("bot");
      about.textContent = state.status.problem ?? STATES[state.status.bot];
      if (!view.own) {
        fill(tools, el("pre", { tabindex: 0, role: "group", "aria-label": "How to connect a bot", text: `export BOTCORE_DISCORD__API_URL="${view.api_url}"\nexport BOTCORE_DISCORD__TOKEN="${view.token}"\nexport SANDBOX_CLOCK_URL="${view.clock_url}"\nbotcore run` }));
        return;
      }
      if (!tools.children.length) fill(tools, el("button", { class: "button secondary small-button", type: "button", text: "Start it again", on: { click: () => ask("bot.restart") } }));
      const text = view.log.join("\n");
      if (text === last) return;
      last = text;
      const end = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
      fill(log, view.log.map(line));
      if (end) log.scrollTop = log.scrollHeight;
    } catch (error) {
      about.textContent = error.message;
    }
  };
  load();
  const timer = setInterval(load, EVERY);
  return { changed: load, close: () => clearInterval(timer) };
}

/** A line of JSON as a person reads it; anything else as it is. */
function line(text) {
  let entry = null;
  try {
    entry = JSON.parse(text);
  } catch {
    return el("li", { text });
  }
  if (entry === null || typeof entry !== "object") return el("li", { text });
  const { message, event, level, timestamp, ...rest } = entry;
  const known = Object.entries(rest).filter(([, held]) => held !== null && held !== "").map(([name, held]) => `${name}=${typeof held === "string" ? held : JSON.stringify(held)}`);
  return el("li", { class: `level-${level ?? "info"}` }, el("span", { class: "mark", text: level ?? "" }), " ", el("b", { text: message ?? event ?? "" }), " ", el("span", { class: "quiet", text: known.join("  ") }));
}
