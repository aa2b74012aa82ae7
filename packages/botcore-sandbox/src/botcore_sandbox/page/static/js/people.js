// The list of members, and the card of one of them.

import { byId, el, fill, icon, redraw } from "./dom.js";
import { face } from "./faces.js";
import { menu, popup, close } from "./popup.js";
import { ask, colorOf, emit, isDm, nameOf, on, roleById, state } from "./store.js";
import { tellLocally } from "./messages.js";

const panel = byId("people");

on("world", () => redraw(panel, draw));
on("channel", () => redraw(panel, draw));
on("profile", ({ id, anchor }) => card(id, anchor));

function draw() {
  const guild = isDm(state.channel) ? null : state.guild;
  if (!guild) {
    const two = [state.world.me, state.world.bot].map((user) => ({ id: user.id, display: user.display, color: 0 }));
    fill(panel, section("In this conversation", two));
    return;
  }
  const bots = guild.members.filter((member) => state.people.get(member.id)?.bot);
  const people = guild.members.filter((member) => !bots.includes(member));
  const hoisted = guild.roles.filter((role) => role.hoist);
  const groups = hoisted.map((role) => [role.name, people.filter((member) => member.hoisted === role.id)]);
  groups.push(["Members", people.filter((member) => !hoisted.some((role) => role.id === member.hoisted))], ["Apps", bots]);
  fill(panel, groups.filter(([, members]) => members.length).map(([name, members]) => section(name, members)));
}

function section(name, members) {
  const sorted = [...members].sort((one, other) => one.display.localeCompare(other.display));
  return el("section", {}, el("h3", { class: "people-head", text: `${name} — ${members.length}` }), el("ul", { class: "people-list" }, sorted.map(entry)));
}

function entry(member) {
  const user = state.people.get(member.id);
  const me = member.id === state.world.me.id;
  const color = colorOf(member.color);
  const button = el(
    "button",
    { class: "person", type: "button", "aria-haspopup": "dialog", "aria-expanded": "false", data: { key: `people/${member.id}` }, on: { click: (event) => card(member.id, event.currentTarget) } },
    face(user),
    el("span", { class: "person-name", text: member.display, style: color ? { "--name": color } : {} }),
    user.bot ? el("span", { class: "tag", text: "APP" }) : null,
    me ? el("span", { class: "tag you", text: "YOU" }) : null,
  );
  button.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    userMenu(member.id, button, new DOMRect(event.clientX, event.clientY, 0, 0));
  });
  return el("li", {}, button);
}

const userCommands = () => state.commands.filter((command) => command.type === 2 && command.hidden === null);

function userMenu(id, anchor, at) {
  const apps = userCommands().map((command) => [`${command.name}  ·  app`, () => useOn(command, id)]);
  const user = state.people.get(id);
  const entries = [...apps, apps.length ? null : undefined, ["Profile", () => card(id, anchor)], ["Copy user ID", () => navigator.clipboard.writeText(id)]];
  if (!user.bot && id !== state.world.me.id) entries.push([`Be ${nameOf(id)} here`, () => emit("be", user.username)]);
  menu(anchor, `What to do with ${nameOf(id)}`, entries.filter((one) => one !== undefined), at);
}

async function useOn(command, id) {
  try {
    await ask("menu", { command: command.name, user: id, channel: state.channel });
  } catch (error) {
    tellLocally(error.message, { name: command.name, user: state.world.me.id });
  }
}

/** The card of somebody: who they are, what they may be asked for, and "be this member". */
function card(id, anchor) {
  const user = state.people.get(id);
  if (!user) return;
  const member = state.guild?.members.find((one) => one.id === id);
  const roles = (member?.roles ?? []).map(roleById).filter(Boolean);
  const me = id === state.world.me.id;
  const notes = [user.bot ? "The bot" : null, state.guild?.owner === id ? "Owns this server" : null, state.world.application_owner === id ? "Owns the bot" : null].filter(Boolean);
  const actions = [];
  if (!user.bot && !me) {
    actions.push(el("button", { class: "button primary", type: "button", text: `Be ${user.display} here`, on: { click: () => (close({ refocus: false }), emit("be", user.username)) } }));
    actions.push(el("a", { class: "button secondary", href: `/?as=${encodeURIComponent(user.username)}`, target: "_blank", rel: "noopener" }, "In another tab", icon("out")));
  }
  if (user.bot) actions.push(el("button", { class: "button primary", type: "button", text: "Write a direct message", on: { click: () => (close({ refocus: false }), emit("dm")) } }));
  for (const command of userCommands()) actions.push(el("button", { class: "button secondary", type: "button", text: command.name, on: { click: () => (close(), useOn(command, id)) } }));
  popup(
    anchor,
    el(
      "div",
      { class: "card" },
      el("div", { class: "card-head" }, face(user, "large"), el("div", {}, el("p", { class: "card-name", text: member?.display ?? user.display }), el("p", { class: "quiet", text: `${user.username}${me ? " · you" : ""}` }))),
      notes.length ? el("p", { class: "quiet", text: notes.join(" · ") }) : null,
      roles.length ? el("ul", { class: "roles", "aria-label": "Roles" }, roles.map((role) => el("li", { class: "role", style: role.color ? { "--tint": colorOf(role.color) } : {} }, role.name))) : null,
      el("div", { class: "card-actions" }, actions),
      state.guild && member ? el("button", { class: "text-button", type: "button", text: "Roles and permissions", on: { click: () => (close({ refocus: false }), emit("desk", { panel: "permissions", user: id })) } }) : null,
    ),
    { label: `About ${user.display}` },
  );
}
