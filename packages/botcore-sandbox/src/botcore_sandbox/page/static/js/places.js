// Servers, channels, and who one is.

import { byId, el, fill, icon, redraw } from "./dom.js";
import { face } from "./faces.js";
import { choices } from "./popup.js";
import { channelById, emit, guildOf, isDm, on, state } from "./store.js";

const draw = () => redraw(byId("side"), drawAll);

on("world", draw);
on("channel", () => {
  state.unread.delete(state.channel);
  draw();
});
on("elsewhere", (message) => {
  const mine = message.mentions.some((user) => user.id === state.world.me.id) || message.mention_everyone || isDm(message.channel_id);
  const before = state.unread.get(message.channel_id) ?? { count: 0, mentions: 0 };
  state.unread.set(message.channel_id, { count: before.count + 1, mentions: before.mentions + (mine ? 1 : 0) });
  draw();
});

function drawAll() {
  if (!state.world) return;
  const dm = isDm(state.channel);
  fill(
    byId("rail"),
    el("ul", { class: "rail-list" },
      el("li", {}, place("Direct messages", icon("at"), dm, () => emit("dm"), unreadOf([state.world.dm]))),
      state.world.guilds.map((guild) => el("li", {}, place(guild.name, initials(guild.name), guild === state.guild && !dm, () => enter(guild), unreadOf(guild.channels.map((channel) => channel.id))))),
    ),
  );
  byId("guild-name").textContent = dm ? "Direct messages" : (state.guild?.name ?? "");
  fill(byId("channels"), dm ? directMessages() : channels());
  title();
  self();
}

const initials = (name) => [...name.replace(/^the\s+/i, "")].slice(0, 1).join("").toUpperCase();

function unreadOf(ids) {
  return ids.reduce((sum, id) => sum + (state.unread.get(id)?.mentions ?? 0), 0);
}

function place(name, sign, current, action, mentions) {
  return el("button", { class: `server${current ? " current" : ""}`, type: "button", "aria-label": mentions ? `${name}, ${mentions} mentions` : name, title: name, "aria-current": current ? "true" : null, data: { key: `server/${name}` }, on: { click: action } }, el("span", { "aria-hidden": "true" }, sign), mentions ? el("span", { class: "badge", "aria-hidden": "true", text: mentions }) : null);
}

function enter(guild) {
  const remembered = guild.channels.find((channel) => channel.id === guild.lastChannel) ?? guild.channels[0];
  if (remembered) emit("go", remembered.id);
}

function channels() {
  const list = [...(state.guild?.channels ?? [])].filter((channel) => channel.type !== 4);
  if (!list.length) return el("p", { class: "empty", text: "You see no channel here." });
  return el("ul", { class: "channel-list" }, list.map((channel) => el("li", {}, link(channel.id, channel.name, channel.thread ? "reply" : channel.locked ? "lock" : "hash", channel.locked ? `${channel.name}, for some only` : null))));
}

function directMessages() {
  return el("ul", { class: "channel-list" }, el("li", {}, link(state.world.dm, state.world.bot.display, null)));
}

function link(id, name, sign, spoken = null) {
  const current = id === state.channel;
  const unread = state.unread.get(id);
  const label = unread ? `${spoken ?? name}, ${unread.count} new` : spoken;
  return el("button", { class: `channel${current ? " current" : ""}${unread ? " unread" : ""}`, type: "button", "aria-current": current ? "page" : null, "aria-label": label, data: { key: `channel/${id}` }, on: { click: () => emit("go", id) } }, sign ? icon(sign) : face(state.world.bot, "small"), el("span", { class: "channel-name", text: name }), unread?.mentions ? el("span", { class: "badge", "aria-hidden": "true", text: unread.mentions }) : null);
}

function title() {
  const channel = channelById(state.channel);
  const dm = isDm(state.channel);
  const name = dm ? `@${state.world.bot.display}` : channel ? `#${channel.name}` : "";
  byId("channel-name").textContent = name;
  byId("channel-topic").textContent = dm ? "Between you and the bot" : (channel?.topic ?? "");
  document.title = `${name} · ${state.world.me.display} · botcore sandbox`;
}

function self() {
  const me = state.world.me;
  const button = el("button", { class: "person", type: "button", "aria-haspopup": "listbox", "aria-expanded": "false", data: { self: "", key: "self" } }, face(me), el("span", { class: "self-words" }, el("span", { class: "unseen", text: "You are " }), el("span", { class: "person-name", text: me.display }), el("span", { class: "quiet", text: "Be somebody else" })), icon("down"));
  button.addEventListener("click", () => {
    const people = [...state.people.values()].filter((user) => !user.bot);
    const owner = guildOf(state.channel)?.owner ?? state.guild?.owner;
    choices(button, {
      label: "Be somebody else",
      items: people.map((user) => ({ value: user.username, label: user.display, hint: user.id === owner ? "owns this server" : user.id === state.world.application_owner ? "owns the bot" : user.username })),
      chosen: [me.username],
      onPick: ([username]) => username !== me.username && emit("be", username),
    });
  });
  fill(byId("self"), button);
}
