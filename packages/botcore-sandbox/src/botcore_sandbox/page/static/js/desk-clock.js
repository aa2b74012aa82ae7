// The sandbox's time, and moving it forward.

import { el, fill } from "./dom.js";
import { ask, state } from "./store.js";
import { format, fromNow, longDay, now, zone } from "./time.js";

const EVERY = 2000;
const STEPS = [["10 minutes", 600], ["1 hour", 3600], ["1 day", 86_400]];
const UNITS = [["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];

export function clockPanel(body) {
  let timers = null;
  let moving = false;
  let queue = Promise.resolve();
  const date = el("p", { class: "clock-date" });
  const time = el("p", { class: "clock-time", role: "timer" });
  const moved = el("p", { class: "quiet" });
  const due = el("p", {});
  const note = el("p", { class: "quiet", role: "status" });
  const problem = el("p", { class: "problem", role: "alert" });
  const button = (text, action, name = null) => el("button", { class: "button secondary small-button", type: "button", "aria-label": name, text, on: { click: action } });
  const next = button("To the next timer", () => move("clock.next", {}, () => "Moved to the next timer."));
  const amount = el("input", { class: "field", type: "number", min: 1, max: 9999, step: 1, value: 30, "aria-label": "How many" });
  const unit = el("select", { class: "field", "aria-label": "Of what" }, UNITS.slice(0, 4).reverse().map(([name, value]) => el("option", { value, text: `${name}s` })));
  const form = el("form", { class: "clock-amount", on: { submit: (event) => (event.preventDefault(), forward(amount.valueAsNumber * Number(unit.value))) } }, amount, unit, el("button", { class: "button secondary small-button", type: "submit", text: "Move" }));
  const steps = el("div", { class: "row", role: "group", "aria-label": "Move the clock forward" }, STEPS.map(([text, seconds]) => button(`+ ${text}`, () => forward(seconds), `Forward ${text}`)));

  const forward = (seconds) => move("clock.forward", { seconds }, () => `Moved forward by ${words(seconds)}.`);
  // One after the other: who presses "+ 1 hour" three times means three hours, also while the first is under way.
  const move = (what, fields, said) => (queue = queue.then(() => moveNow(what, fields, said)));
  const moveNow = async (what, fields, said) => {
    moving = true;
    body.setAttribute("aria-busy", "true");
    note.textContent = "Moving…";
    problem.textContent = "";
    try {
      await ask(what, fields);
      note.textContent = `${said()}${timers?.followers ? " What became due is done." : ""}`;
    } catch (error) {
      note.textContent = "";
      problem.textContent = error.message;
    } finally {
      moving = false;
      body.removeAttribute("aria-busy");
    }
    await load();
  };
  const load = async () => {
    try {
      timers = await ask("clock");
    } catch (error) {
      timers = null;
      due.textContent = error.message;
    }
    draw();
  };
  const draw = () => {
    const seconds = Math.floor(now() / 1000);
    date.textContent = longDay(now());
    time.textContent = format(seconds, "T");
    moved.textContent = `${zone()}. ${standing()}`;
    next.disabled = !timers?.next_timer;
    if (timers) due.textContent = dueText(timers);
  };

  fill(
    body,
    el("div", { class: "desk-tools" },
      el("div", { class: "clock-face" }, time, date),
      moved),
    el("div", { class: "desk-tools" },
      el("p", { class: "labelled", text: "Move forward" }),
      steps, form),
    el("div", { class: "desk-tools" },
      el("p", { class: "labelled", text: "Timers of the bot" }),
      due, el("div", { class: "row" }, next)),
    el("div", { class: "clock-said" }, problem, note),
  );
  load();
  draw();
  const ticking = setInterval(draw, 250);
  const asking = setInterval(() => moving || load(), EVERY);
  const close = () => {
    clearInterval(ticking);
    clearInterval(asking);
  };
  return { changed: () => moving || load(), close };
}

/** How the clock differs from this machine's. */
function standing() {
  const { moved, runs } = state.clock;
  const by = moved >= 1 ? `moved forward by ${words(moved)}` : null;
  if (!runs) return `The clock stands still${by ? `; ${by}` : ""}.`;
  return by ? `The clock is ${by}.` : "The clock has not been moved.";
}

function dueText({ followers, next_timer: at }) {
  if (!followers) return state.status.bot === "running" ? "The bot does not keep step with this clock: start it with SANDBOX_CLOCK_URL, as the panel Bot says." : "No bot is there.";
  if (!at) return "No timer is pending.";
  const date = new Date(at);
  return `The next one is due ${fromNow(date)}: ${format(date.getTime() / 1000, "F")}.`;
}

/** A span in words: "1 day, 2 hours and 5 minutes". */
function words(seconds) {
  let left = Math.round(seconds);
  const parts = [];
  for (const [name, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count) parts.push(`${count} ${name}${count === 1 ? "" : "s"}`);
  }
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "nothing");
}
