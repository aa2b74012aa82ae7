// The messages of a channel, kept in step with what happens.

import { announce, byId, el, fill, icon, redraw } from "./dom.js";
import { components } from "./components.js";
import { attachments, embed } from "./embed.js";
import { face } from "./faces.js";
import { plain, rich } from "./markdown-view.js";
import { messageMenu } from "./message-menu.js";
import { poll, reactions } from "./reactions.js";
import { ask, colorOf, emit, memberOf, nameOf, on, state } from "./store.js";
import { clock, day, now, stamp } from "./time.js";

const TOGETHER = 7 * 60_000;
const log = byId("log");
const nodes = new Map();
const failures = new Map();
let list = el("ol", { class: "messages" });
let editing = null;
let draft = null; // what is in the editor, so that drawing it again loses nothing

on("channel", load);
on("world", () => state.channel && redraw(log, draw));
on("dismiss", (id) => {
  state.dismissed.add(id);
  state.messages.delete(id);
  draw();
});
on("failed", ({ message, text }) => {
  if (text) failures.set(message, text);
  else failures.delete(message);
  refresh(message);
  if (text) announce(text);
});
on("edit", (id) => {
  editing = id;
  draft = null;
  refresh(id);
  nodes.get(id)?.querySelector("textarea")?.focus();
});

export async function load() {
  const channel = state.channel;
  state.messages = new Map();
  failures.clear();
  editing = null;
  try {
    const loaded = await ask("history", { channel });
    if (state.channel !== channel) return;
    for (const message of loaded) put(message);
    log.removeAttribute("aria-live");
    draw({ toEnd: true });
  } catch (error) {
    fill(log, el("p", { class: "empty", text: error.message }));
  }
}

function put(message) {
  if (!state.dismissed.has(message.id)) state.messages.set(message.id, message);
}

/** Takes a new or changed message. */
export function take(message) {
  if (message.channel_id !== state.channel) {
    if (message.author.id !== state.world.me.id && !state.messages.has(message.id)) emit("elsewhere", message);
    return;
  }
  const known = state.messages.has(message.id);
  put(message);
  if (known) refresh(message.id);
  else if (!state.dismissed.has(message.id)) append(message);
}

export function remove(id) {
  if (state.messages.delete(id)) draw();
}

const ordered = () => [...state.messages.values()].sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));

function draw({ toEnd = false } = {}) {
  const stay = !toEnd && !atEnd() ? log.scrollTop : null;
  nodes.clear();
  list = el("ol", { class: "messages" });
  let before = null;
  for (const message of ordered()) {
    addTo(list, message, before);
    before = message;
  }
  fill(log, list.children.length ? null : beginning(), list);
  log.scrollTop = stay ?? log.scrollHeight;
}

function beginning() {
  const name = byId("channel-name").textContent;
  return el("div", { class: "empty" }, el("p", { class: "empty-title", text: `This is the beginning of ${name}.` }), el("p", { text: "Write something, or type / to see what the bot can do." }));
}

function append(message) {
  const end = atEnd();
  log.querySelector(".empty")?.remove();
  const before = ordered().at(-2) ?? null;
  addTo(list, message, before);
  if (end || message.author.id === state.world.me.id || message.private) log.scrollTop = log.scrollHeight;
}

function addTo(target, message, before) {
  if (!before || day(before.timestamp) !== day(message.timestamp)) {
    target.append(el("li", { class: "day" }, el("span", { text: day(message.timestamp) })));
  }
  const node = show(message, before);
  nodes.set(message.id, node);
  target.append(node);
}

function refresh(id) {
  const old = nodes.get(id);
  const message = state.messages.get(id);
  if (!old || !message) return;
  const end = atEnd();
  const inLog = ordered();
  const node = show(message, inLog[inLog.findIndex((one) => one.id === id) - 1] ?? null);
  nodes.set(id, node);
  redraw(list, () => old.replaceWith(node));
  if (end) log.scrollTop = log.scrollHeight;
}

const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;

// Whoever reads the newest message goes on reading it when the place for it gets larger or smaller.
let wasAtEnd = true;
log.addEventListener("scroll", () => (wasAtEnd = atEnd()), { passive: true });
new ResizeObserver(() => wasAtEnd && (log.scrollTop = log.scrollHeight)).observe(log);

function continues(message, before) {
  return (
    before && !message.used && !message.referenced_message && !message.private === !before.private && !before.local && before.author.id === message.author.id &&
    day(before.timestamp) === day(message.timestamp) && new Date(message.timestamp) - new Date(before.timestamp) < TOGETHER
  );
}

function show(message, before) {
  const compact = continues(message, before);
  const mentioned = message.mention_everyone || message.mentions.some((user) => user.id === state.world.me.id) || message.mention_roles.some((id) => memberOf(state.world.me.id)?.roles.includes(id));
  const name = nameOf(message.author.id);
  const node = el(
    "li",
    { class: ["message", compact ? "compact" : "", message.private ? "private" : "", mentioned ? "mentioned" : ""].join(" "), data: { id: message.id } },
    above(message),
    el("div", { class: "gutter" }, compact ? el("time", { class: "quiet", text: clock(message.timestamp), "aria-hidden": "true" }) : face(message.author)),
    el(
      "div",
      { class: "body" },
      compact ? el("span", { class: "unseen", text: `${name}, ${stamp(message.timestamp)}: ` }) : head(message, name),
      editing === message.id ? editor(message) : content(message),
      message.embeds.map(embed),
      attachments(message.attachments),
      message.poll ? poll(message) : null,
      message.components.length ? el("div", { class: "parts" }, components(message)) : null,
      message.reactions?.length ? reactions(message) : null,
      failures.has(message.id) ? el("p", { class: "failure", text: failures.get(message.id) }) : null,
      message.private ? foot(message) : null,
    ),
    message.local ? null : tools(message, name),
  );
  return node;
}

function above(message) {
  if (message.used) {
    return el("div", { class: "above" }, icon("reply"), el("span", { class: "above-name", text: nameOf(message.used.user) }), " used ", el("span", { class: "mention", text: message.type === 23 ? message.used.name : `/${message.used.name}` }));
  }
  const answered = message.referenced_message;
  if (answered) {
    const words = answered.content || answered.embeds[0]?.title || answered.embeds[0]?.description || "a message";
    return el("div", { class: "above" }, icon("reply"), el("span", { class: "above-name", text: nameOf(answered.author.id) }), el("span", { class: "above-words", text: plain(words) }));
  }
  return null;
}

function head(message, name) {
  const color = colorOf(memberOf(message.author.id)?.color);
  return el(
    "div",
    { class: "head" },
    el("button", { class: "author", type: "button", style: color ? { "--name": color } : {}, on: { click: (event) => emit("profile", { id: message.author.id, anchor: event.currentTarget }) } }, name),
    message.author.bot ? el("span", { class: "tag", text: "APP" }) : null,
    el("time", { class: "quiet", datetime: message.timestamp, text: stamp(message.timestamp) }),
  );
}

const NOTICES = { 6: "pinned a message to this channel.", 18: "started a thread.", 46: "The poll has closed." };

function content(message) {
  if (NOTICES[message.type]) return el("p", { class: "quiet", text: NOTICES[message.type] });
  if (message.loading) return el("p", { class: "thinking", role: "status" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), `${nameOf(message.author.id)} is thinking…`);
  if (!message.content) return null;
  const jumbo = /^(?:\p{Extended_Pictographic}[\u200d\ufe0f\p{Emoji_Modifier}]*\s*){1,20}$/u.test(message.content);
  return el("div", { class: `rich${jumbo ? " jumbo" : ""}` }, rich(message.content), message.edited_timestamp ? el("span", { class: "edited", text: "(edited)", title: stamp(message.edited_timestamp) }) : null);
}

function editor(message) {
  const field = el("textarea", { class: "field", rows: 2, "aria-label": "Edit your message", value: draft ?? message.content, data: { key: `${message.id}/edit` }, on: { input: () => (draft = field.value) } });
  const leave = () => ((editing = null), refresh(message.id), byId("write")?.focus());
  field.addEventListener("keydown", async (event) => {
    if (event.key === "Escape") return event.stopPropagation(), leave();
    if (event.key !== "Enter" || event.shiftKey) return undefined;
    event.preventDefault();
    try {
      await ask("edit", { message: message.id, content: field.value });
      return leave();
    } catch (error) {
      return emit("failed", { message: message.id, text: error.message });
    }
  });
  return el("div", { class: "editor" }, field, el("p", { class: "quiet", text: "Enter saves, Escape leaves it as it was." }));
}

function foot(message) {
  return el("p", { class: "foot" }, icon("eye"), "Only you can see this", " • ", el("button", { class: "text-button", type: "button", text: "Dismiss message", on: { click: () => emit("dismiss", message.id) } }));
}

function tools(message, name) {
  const more = el("button", { class: "icon small-icon", type: "button", "aria-label": `More for the message by ${name}`, "aria-haspopup": "menu", "aria-expanded": "false", data: { key: `${message.id}/more` } }, icon("more"));
  more.addEventListener("click", () => messageMenu(message, more));
  return el("div", { class: "tools" }, more);
}

log.addEventListener("contextmenu", (event) => {
  const node = event.target.closest(".message");
  const message = node && state.messages.get(node.dataset.id);
  if (!message || message.local || getSelection().toString() || event.target.closest("a, textarea")) return;
  event.preventDefault();
  messageMenu(message, node.querySelector(".tools button"), new DOMRect(event.clientX, event.clientY, 0, 0));
});

/** Shows something that only this tab knows of: what the client itself has to say about a command. */
export function tellLocally(text, used = null) {
  const id = String(BigInt(ordered().at(-1)?.id ?? 0) + 1n);
  const message = { id, local: true, private: true, channel_id: state.channel, author: state.world.bot, content: text, timestamp: new Date(now()).toISOString(), edited_timestamp: null, embeds: [], attachments: [], components: [], mentions: [], mention_roles: [], mention_everyone: false, used };
  state.messages.set(id, message);
  append(message);
  announce(text);
}
