// What can be done with a message: the bot's own commands for messages, and the client's.

import { menu } from "./popup.js";
import { mayReact, react } from "./reactions.js";
import { ask, channelById, emit, state } from "./store.js";

export function messageMenu(message, anchor, at = null) {
  const mine = message.author.id === state.world.me.id;
  const mayManage = channelById(state.channel)?.may_manage ?? false;
  const apps = state.commands.filter((command) => command.type === 3 && command.hidden === null);
  const entries = apps.map((command) => [`${command.name}  ·  app`, () => act("menu", { command: command.name, message: message.id }, message.id)]);
  if (entries.length) entries.push(null);
  if (!message.private && mayReact()) for (const emoji of ["👍", "❤️", "🎉"]) entries.push([`React with ${emoji}`, () => react(message, emoji, true)]);
  if (message.content) entries.push(["Copy text", () => navigator.clipboard.writeText(message.content)]);
  entries.push(["Copy message ID", () => navigator.clipboard.writeText(message.id)]);
  if (mine) entries.push(["Edit message", () => emit("edit", message.id)]);
  if (message.private) entries.push(["Dismiss message", () => emit("dismiss", message.id)]);
  else if (mine || mayManage) entries.push(["Delete message", () => act("delete", { message: message.id }, message.id), "dangerous"]);
  menu(anchor, "What to do with this message", entries, at);
}

async function act(what, fields, messageId) {
  try {
    await ask(what, fields);
  } catch (error) {
    emit("failed", { message: messageId, text: error.message });
  }
}
