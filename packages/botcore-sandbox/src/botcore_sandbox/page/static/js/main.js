// Puts the parts of the page together: who one is, what is shown, and what arrives.

import { announce, byId, el, fill, icon } from "./dom.js";
import "./places.js";
import "./people.js";
import { focusComposer } from "./composer.js";
import { remove, take } from "./messages.js";
import { openModal } from "./modal.js";
import { setUpDesk, toDesk } from "./desk.js";
import { Line } from "./socket.js";
import { ask, channelById, emit, guildOf, isDm, on, state } from "./store.js";
import { setClock } from "./time.js";

const NARROW = matchMedia("(max-width: 760px)");
const app = byId("app");

function start(as) {
  state.line?.close();
  state.line = new Line(as);
  state.line.addEventListener("line", ({ detail }) => {
    state.connected = detail;
    banner();
    if (detail && state.channel) emit("channel");
  });
  state.line.addEventListener("told", ({ detail }) => told(detail));
}

function told(event) {
  switch (event.event) {
    case "world":
      return world(event);
    case "message":
      emit("spoke", event.message.author.id);
      return take(event.message);
    case "gone":
      return event.channel === state.channel ? remove(event.message) : undefined;
    case "modal":
      return openModal(event);
    case "commands":
      return commands();
    case "status":
      state.status = event;
      emit("status");
      return banner();
    case "typing":
      return emit("typing", event);
    case "clock":
      setClock(event);
      state.clock = event;
      return emit("clock");
    case "traffic":
      return toDesk(event);
    default:
      return undefined;
  }
}

function world(view) {
  const remembered = new Map(state.world?.guilds.map((guild) => [guild.id, guild.lastChannel]));
  const same = state.world?.me.id === view.me.id;
  state.world = view;
  state.people = new Map(view.people.map((user) => [user.id, user]));
  for (const guild of view.guilds) guild.lastChannel = remembered.get(guild.id);
  state.guild = view.guilds.find((guild) => guild.id === state.guild?.id) ?? view.guilds[0] ?? null;
  const stays = same && state.channel && (channelById(state.channel) || isDm(state.channel));
  const kept = channelById(state.channel) ? state.channel : null;
  emit("world");
  if (stays) commands();
  else if (kept ?? state.guild?.channels[0]) go(kept ?? state.guild.channels[0].id);
}

function go(id) {
  const guild = guildOf(id);
  if (!guild && !isDm(id)) return;
  state.channel = id;
  if (guild) {
    state.guild = guild;
    guild.lastChannel = id;
  }
  closeDrawers();
  emit("channel");
  commands();
  if (!NARROW.matches && !document.querySelector("dialog[open]")) focusComposer();
}

async function commands() {
  const channel = state.channel;
  if (!channel) return;
  try {
    const listed = await ask("commands", { channel });
    if (channel !== state.channel) return;
    state.commands = listed.commands;
    state.suggestions = listed.suggestions;
    emit("commands");
  } catch {
    state.commands = [];
    state.suggestions = [];
  }
}

function be(username) {
  history.replaceState(null, "", `/?as=${encodeURIComponent(username)}`);
  state.dismissed.clear();
  state.unread.clear();
  start(username);
  announce(`You are ${username} now.`);
}

/** Says what keeps the bot from answering, and what to do about it. */
function banner() {
  const { bot, problem, own } = state.status;
  const said = !state.connected
    ? ["The sandbox is not running. Start it again, and this page comes back by itself.", null]
    : bot === "starting"
      ? ["The bot is starting…", null]
      : bot === "stopped"
        ? [problem ?? "The bot is stopped.", el("button", { class: "button secondary small-button", type: "button", text: "Start it", on: { click: () => ask("bot.restart") } })]
        : bot === "absent"
          ? [own ? "The bot is not connected at the moment." : "No bot is connected yet. The address and the token for one are in the developer panels, under Bot.", null]
          : null;
  const node = byId("banner");
  node.hidden = !said;
  node.classList.toggle("serious", bot === "stopped" || !state.connected);
  if (said) fill(node, el("span", { class: "banner-words", text: said[0] }), said[1]);
  else node.replaceChildren();
}

on("go", go);
on("be", be);
on("dm", async () => {
  const { channel } = await ask("dm");
  state.world.dm = channel;
  go(channel);
});

fill(byId("open-side"), icon("menu"));
fill(byId("toggle-people"), icon("people"));
fill(byId("toggle-desk"), icon("wrench"));
byId("open-side").addEventListener("click", () => {
  const open = app.classList.toggle("side-open");
  byId("open-side").setAttribute("aria-expanded", String(open));
  if (open) byId("channels").querySelector("button")?.focus();
});
byId("toggle-people").addEventListener("click", () => {
  app.classList.toggle(NARROW.matches || matchMedia("(max-width: 1000px)").matches ? "people-open-narrow" : "people-closed");
  peopleState();
});
addEventListener("resize", peopleState);
on("layout", peopleState);
function peopleState() {
  byId("toggle-people").setAttribute("aria-expanded", String(byId("people").checkVisibility()));
}
byId("chat").addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".chat-head")) closeDrawers();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const back = app.classList.contains("side-open") ? "open-side" : app.classList.contains("people-open-narrow") ? "toggle-people" : null;
  closeDrawers();
  if (back) byId(back).focus();
});

/** What covers the messages on a small screen. */
function closeDrawers() {
  app.classList.remove("side-open", "people-open-narrow");
  byId("open-side").setAttribute("aria-expanded", "false");
  peopleState();
}

setUpDesk();
peopleState();
start(new URLSearchParams(location.search).get("as"));
