// Where people write: messages, and commands as soon as a slash begins them.

import { byId, el, fill, icon } from "./dom.js";
import { CommandForm } from "./command-form.js";
import { readFile } from "./files.js";
import { Hints } from "./hints.js";
import { tellLocally } from "./messages.js";
import { parseTyped, placeName, search, slashCommands } from "./slash.js";
import { ask, channelById, colorOf, emit, guildOf, isDm, nameOf, on, state } from "./store.js";

const LONGEST = 2000;
const TELL_TYPING_EVERY = 4000;
const TYPING_LASTS = 6000;

const hints = new Hints();
const field = el("textarea", { id: "write", class: "write", rows: 1, "aria-autocomplete": "list", "aria-controls": hints.id });
const chooser = el("input", { type: "file", multiple: true, class: "unseen", tabindex: -1, "aria-hidden": "true" });
const attach = el("button", { class: "icon", type: "button", "aria-label": "Attach files", on: { click: () => chooser.click() } }, icon("plus"));
const send = el("button", { class: "icon send", type: "button", "aria-label": "Send", on: { click: () => (form ? form.submit() : post()) } }, icon("send"));
const box = el("div", { class: "writing" }, field);
const chosen = el("ul", { class: "chosen", "aria-label": "Files to send" });
const problem = el("p", { class: "problem", role: "alert" });
const typing = el("p", { class: "typing", "aria-live": "polite" });
const tries = el("div", { class: "tries", role: "group", "aria-label": "Things to try" });
let form = null;
let files = [];
let told = 0;
const typers = new Map();

fill(byId("dock"), tries, el("div", { class: "composer" }, hints.node, chosen, el("div", { class: "composer-row" }, attach, box, send), problem, chooser), typing);

on("channel", () => {
  drop();
  typers.clear();
  showTyping();
});
on("world", describe);
on("commands", () => {
  showTries();
  if (document.activeElement === field && field.value.startsWith("/")) hintFor(); // typed before they were known
});
on("prefill", ({ command, options }) => begin(command, options));
on("typing", ({ channel, user }) => {
  if (channel !== state.channel) return;
  typers.set(user, Date.now());
  showTyping();
  setTimeout(showTyping, TYPING_LASTS + 100);
});
on("spoke", (user) => typers.delete(user) && showTyping());

export const focusComposer = () => (form ? form.focus() : field.focus());

function describe() {
  if (!state.channel) return;
  const channel = channelById(state.channel);
  const mayWrite = isDm(state.channel) || channel?.may_write;
  field.placeholder = mayWrite ? `Message ${placeName()}` : "You may not write here.";
  field.setAttribute("aria-label", field.placeholder);
  field.disabled = !mayWrite && !slashCommands().length;
  attach.disabled = !(isDm(state.channel) || channel?.may_attach);
}

function showTries() {
  describe();
  fill(
    tries,
    state.suggestions.slice(0, 6).map((one) =>
      el("button", { class: "try", type: "button", on: { click: () => begin(one.command, one.options) } }, el("span", { class: "unseen", text: "Try " }), el("b", { text: `/${one.command}` }), " ", el("span", { class: "quiet", text: one.text })),
    ),
  );
}

/** Turns the composer into a form for a command. */
function begin(name, options = {}) {
  const command = slashCommands().find((one) => one.name === name);
  if (!command) {
    problem.textContent = `/${name} is not offered to you here.`;
    return;
  }
  open(command);
  form.fill(options);
  form.focus();
}

function open(command) {
  form = new CommandForm(command, hints, { send: use, leave: (text) => drop(text) });
  field.value = "";
  problem.textContent = "";
  fill(box, form.node);
  attach.hidden = true;
}

/** Back to writing. */
function drop(text = "", { refocus = form !== null } = {}) {
  form = null;
  hints.hide();
  problem.textContent = "";
  attach.hidden = false;
  fill(box, field);
  field.value = text;
  grow();
  if (refocus) field.focus();
  if (text) hintFor();
}

async function use({ command, options, picked }) {
  const channel = state.channel;
  const me = state.world.me.id;
  drop("", { refocus: true });
  try {
    await ask("slash", { channel, command: command.name, options, picked });
  } catch (error) {
    if (state.channel === channel) tellLocally(error.message.startsWith("The application did not respond") ? `**The application did not respond.** ${error.message.slice(32)}` : error.message, { name: command.name, user: me });
  }
}

async function post() {
  const content = field.value.trim();
  if (content.startsWith("/") && !files.length) {
    const typed = parseTyped(content);
    if (typed) {
      open(typed.command);
      form.fill(typed.options);
      form.submit();
      return;
    }
    if (slashCommands().length && search(content.slice(1)).length) return;
  }
  if (!content && !files.length) return;
  if (content.length > LONGEST) {
    problem.textContent = `This is ${content.length - LONGEST} characters too long; a message takes ${LONGEST}.`;
    return;
  }
  const sent = { channel: state.channel, content: withMentions(content), files };
  try {
    await ask("say", sent);
    files = [];
    showFiles();
    if (field.value.trim() === content) field.value = "";
    problem.textContent = "";
    told = 0;
    grow();
  } catch (error) {
    problem.textContent = error.message;
  }
}

/** "@alice" and "#kitchen" become what Discord sends for them. */
function withMentions(text) {
  const guild = guildOf(state.channel);
  if (!guild) return text;
  const byName = new Map(guild.members.map((member) => [state.people.get(member.id)?.username.toLowerCase(), `<@${member.id}>`]));
  for (const role of guild.roles) if (!role.name.startsWith("@")) byName.set(role.name.toLowerCase().replaceAll(" ", "-"), `<@&${role.id}>`);
  const places = new Map(guild.channels.map((channel) => [channel.name.toLowerCase(), `<#${channel.id}>`]));
  return text.replace(/(^|[\s(])([@#])([\w.-]+)/g, (whole, before, sign, name) => {
    const found = (sign === "@" ? byName : places).get(name.toLowerCase());
    return found ? before + found : whole;
  });
}

function grow() {
  field.style.setProperty("height", "auto");
  field.style.setProperty("height", `${Math.min(field.scrollHeight, 220)}px`);
}

/** Offers commands after a slash, people after an @, channels after a #. */
function hintFor() {
  const text = field.value;
  if (text.startsWith("/") && !text.includes("\n")) {
    const typed = parseTyped(text);
    if (typed && /\s/.test(text.slice(typed.command.shown.length + 1))) return begin(typed.command.name, typed.options);
    const items = search(text.slice(1)).map((command) => ({ label: `/${command.shown}`, hint: command.description, command }));
    const title = items.length ? "" : state.commands.length ? "No command of this name is offered to you here." : "The bot has not registered any command yet.";
    return hints.show(field, { title, items, pick: (item) => begin(item.command.name) });
  }
  const word = /(?:^|\s)([@#])([\w.-]*)$/.exec(text.slice(0, field.selectionStart));
  if (word && guildOf(state.channel)) return mention(word[1], word[2].toLowerCase());
  return hints.hide();
}

function mention(sign, typed) {
  const guild = guildOf(state.channel);
  const people = guild.members.map((member) => ({ label: member.display, hint: state.people.get(member.id)?.username, insert: state.people.get(member.id)?.username, color: colorOf(member.color) }));
  const roles = guild.roles.filter((role) => !role.name.startsWith("@")).map((role) => ({ label: `@${role.name}`, hint: "role", insert: role.name.replaceAll(" ", "-"), color: colorOf(role.color) }));
  const places = guild.channels.map((channel) => ({ label: `#${channel.name}`, hint: channel.topic, insert: channel.name }));
  const begins = (item) => [item.label.replace(/^[@#]/, ""), item.insert].some((name) => name.toLowerCase().startsWith(typed));
  const fitting = (sign === "@" ? [...people, ...roles] : places).filter((item) => `${item.label} ${item.insert}`.toLowerCase().includes(typed));
  const items = [...fitting.filter(begins), ...fitting.filter((item) => !begins(item))].slice(0, 8);
  hints.show(field, {
    items,
    pick: (item) => {
      const at = field.selectionStart;
      const before = field.value.slice(0, at - typed.length) + item.insert + " ";
      field.value = before + field.value.slice(at);
      field.setSelectionRange(before.length, before.length);
      hints.hide();
      grow();
    },
  });
}

field.addEventListener("input", () => {
  problem.textContent = "";
  grow();
  hintFor();
  if (field.value && !field.value.startsWith("/") && Date.now() - told > TELL_TYPING_EVERY) {
    told = Date.now();
    ask("typing", { channel: state.channel }).catch(() => {});
  }
});
field.addEventListener("keydown", (event) => {
  if (event.isComposing || hints.key(event)) return;
  if (event.key === "Escape") hints.hide();
  else if ((event.key === "Enter" && !event.shiftKey) || (event.key === "Tab" && hints.open && !event.shiftKey)) {
    event.preventDefault();
    if (!(hints.open && hints.take())) post();
  } else if (event.key === "ArrowUp" && !field.value) {
    const mine = [...state.messages.values()].filter((message) => message.author.id === state.world.me.id).at(-1);
    if (mine) {
      event.preventDefault();
      emit("edit", mine.id);
    }
  }
});
field.addEventListener("blur", () => setTimeout(() => document.activeElement !== field && !form && hints.hide(), 100));
field.addEventListener("paste", (event) => event.clipboardData.files.length && addFiles(event.clipboardData.files));
chooser.addEventListener("change", () => addFiles(chooser.files));
byId("chat").addEventListener("dragover", (event) => event.preventDefault());
byId("chat").addEventListener("drop", (event) => {
  event.preventDefault();
  addFiles(event.dataTransfer.files);
});

async function addFiles(list) {
  if (attach.disabled) return;
  for (const file of list) {
    try {
      if (files.length === 10) throw new Error("A message takes up to 10 files.");
      files.push(await readFile(file));
    } catch (error) {
      problem.textContent = error.message;
    }
  }
  chooser.value = "";
  showFiles();
  field.focus();
}

function showFiles() {
  fill(
    chosen,
    files.map((file) => el("li", {}, icon("file"), el("span", { text: file.name }), el("button", { class: "icon small-icon", type: "button", "aria-label": `Leave ${file.name} out`, on: { click: () => ((files = files.filter((one) => one !== file)), showFiles()) } }, icon("close")))),
  );
}

function showTyping() {
  const now = [...typers].filter(([, at]) => Date.now() - at < TYPING_LASTS).map(([user]) => nameOf(user));
  const text = now.length > 3 ? "Several people are typing…" : now.length > 1 ? `${now.slice(0, -1).join(", ")} and ${now.at(-1)} are typing…` : now.length ? `${now[0]} is typing…` : "";
  if (typing.textContent !== text) fill(typing, text ? el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")) : null, text);
}

byId("dock").addEventListener("focus", focusComposer); // where the skip link leads

document.addEventListener("keydown", (event) => {
  const busy = event.target.closest("input, textarea, select, dialog, .popup, .desk");
  if (event.key === "/" && !busy && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    focusComposer();
    if (!form) {
      field.value = "/";
      hintFor();
    }
  }
});
