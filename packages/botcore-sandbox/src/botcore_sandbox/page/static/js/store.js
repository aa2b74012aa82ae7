// What this tab knows, and who wants to hear when it changes.

const listeners = new Map();

export const state = {
  line: null,
  world: null,
  people: new Map(),
  guild: null,
  channel: null,
  messages: new Map(),
  commands: [],
  suggestions: [],
  clock: { moved: 0, runs: true },
  status: { bot: "starting", problem: null, own: false },
  unread: new Map(),
  dismissed: new Set(),
  connected: false,
};

/** Calls `listener` whenever something of this name changed. */
export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

export function emit(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

export const ask = (what, fields) => state.line.ask(what, fields);

export const guildOf = (channelId) =>
  state.world?.guilds.find((guild) => guild.channels.some((channel) => channel.id === channelId)) ?? null;

export const channelById = (id) => {
  for (const guild of state.world?.guilds ?? []) {
    const found = guild.channels.find((channel) => channel.id === id);
    if (found) return found;
  }
  return null;
};

export const isDm = (channelId) => channelId !== null && channelId === state.world?.dm;

/** How people of the current server call somebody. */
export function nameOf(userId) {
  const member = state.guild?.members.find((one) => one.id === userId);
  return member?.display ?? state.people.get(userId)?.display ?? "somebody who left";
}

export function memberOf(userId) {
  return state.guild?.members.find((one) => one.id === userId) ?? null;
}

export function roleById(id) {
  for (const guild of state.world?.guilds ?? []) {
    const found = guild.roles.find((role) => role.id === id);
    if (found) return found;
  }
  return null;
}

/** A colour that a role gave, as CSS; null where there is none. */
export const colorOf = (number) => (number ? `#${number.toString(16).padStart(6, "0")}` : null);

/** A link into the sandbox's own files, whatever name of this machine the page was opened by. */
export function ownFile(url) {
  const cdn = state.world?.cdn;
  return cdn && url.startsWith(`${cdn}/`) ? new URL(cdn).pathname + url.slice(cdn.length) : null;
}
