// Slash commands as data: which there are, how they are found, and what their options take.

import { channelById, colorOf, guildOf, isDm, state } from "./store.js";

export const TEXT = 3, INTEGER = 4, BOOLEAN = 5, USER = 6, CHANNEL = 7, ROLE = 8, MENTIONABLE = 9, NUMBER = 10, FILE = 11;
const NESTED = [1, 2];
const MOST_TEXT = 6000;

const localised = (thing, field) => thing[`${field}_localizations`]?.[state.world.me.locale] ?? thing[field];

/** Every command that can be typed here, sub-commands by their whole name. */
export function slashCommands() {
  return state.commands.filter((command) => command.type === 1 && command.hidden === null).flatMap((command) => leaves(command, command.name, localised(command, "name")));
}

function leaves(step, name, shown) {
  const nested = (step.options ?? []).filter((option) => NESTED.includes(option.type));
  if (!nested.length) return [{ name, shown, description: localised(step, "description"), options: (step.options ?? []).map(described) }];
  return nested.flatMap((option) => leaves(option, `${name} ${option.name}`, `${shown} ${localised(option, "name")}`));
}

const described = (option) => ({ ...option, shown: localised(option, "name"), description: localised(option, "description"), choices: option.choices?.map((choice) => ({ label: localised(choice, "name"), value: choice.value })) });

/** Commands that fit what was typed after the slash; those that begin with it come first. */
export function search(typed) {
  const wanted = typed.toLowerCase().trim();
  const ranked = slashCommands().map((command) => [command.shown.startsWith(wanted) ? 0 : command.shown.includes(wanted) ? 1 : command.description.toLowerCase().includes(wanted) ? 2 : 3, command]);
  return ranked.filter(([rank]) => rank < 3).sort((one, other) => one[0] - other[0] || one[1].shown.localeCompare(other[1].shown)).map(([, command]) => command);
}

const people = () => {
  const guild = guildOf(state.channel);
  if (!guild) return [state.world.me, state.world.bot].map((user) => ({ label: user.display, value: user.id, hint: user.username }));
  return guild.members.map((member) => ({ label: member.display, value: member.id, hint: state.people.get(member.id)?.username, color: colorOf(member.color) }));
};
const roles = () => (guildOf(state.channel)?.roles ?? []).map((role) => ({ label: role.name.startsWith("@") ? role.name : `@${role.name}`, value: role.id, hint: "role", color: colorOf(role.color) }));
const channels = (option) => (guildOf(state.channel)?.channels ?? []).filter((channel) => !option.channel_types?.length || option.channel_types.includes(channel.type)).map((channel) => ({ label: `#${channel.name}`, value: channel.id, hint: channel.topic }));

/** What can be picked for an option; null where it takes anything that is typed. */
export function pickable(option) {
  if (option.choices?.length) return option.choices;
  switch (option.type) {
    case BOOLEAN:
      return [{ label: "True", value: true }, { label: "False", value: false }];
    case USER:
      return people();
    case ROLE:
      return roles();
    case MENTIONABLE:
      return [...people(), ...roles()];
    case CHANNEL:
      return channels(option);
    default:
      return null;
  }
}

/**
 * What an option is sent as: `{ value }`, or `{ problem }` in the words that the client uses.
 * `field` is `{ text, picked, file }`: what was typed, what was picked from a list, what was uploaded.
 */
export function read(option, field) {
  if (option.type === FILE) return field.file ? { value: field.file } : missing(option);
  if (field.picked !== undefined) return { value: field.picked };
  const text = field.text;
  if (!text.trim()) return missing(option);
  const listed = pickable(option);
  if (listed) {
    const found = listed.find((item) => item.label.toLowerCase() === text.trim().toLowerCase() || item.label.replace(/^[@#]/, "").toLowerCase() === text.trim().replace(/^[@#]/, "").toLowerCase());
    return found ? { value: found.value } : { problem: "Please pick one of the choices." };
  }
  if (option.type === INTEGER || option.type === NUMBER) return number(option, text.trim());
  const low = option.min_length ?? 0, high = option.max_length ?? MOST_TEXT;
  if (text.length < low) return { problem: `This takes at least ${low} characters.` };
  return text.length > high ? { problem: `This takes at most ${high} characters; there are ${text.length}.` } : { value: text };
}

const missing = (option) => (option.required ? { problem: "This option is required. Specify a value." } : {});

function number(option, text) {
  const shape = option.type === INTEGER ? /^[-+]?\d+$/ : /^[-+]?(\d+([.,]\d*)?|[.,]\d+)$/;
  const value = Number(text.replace(",", "."));
  if (!shape.test(text) || !Number.isFinite(value)) return { problem: option.type === INTEGER ? "This takes a whole number." : "This takes a number." };
  if (!Number.isSafeInteger(Math.trunc(value))) return { problem: "This number is too large." };
  if (option.min_value !== undefined && value < option.min_value) return { problem: `The least is ${option.min_value}.` };
  return option.max_value !== undefined && value > option.max_value ? { problem: `The most is ${option.max_value}.` } : { value };
}

/** A command typed as a whole: "/poll create question:Where? options:a; b" */
export function parseTyped(text) {
  const typed = text.replace(/^\//, "");
  const command = slashCommands().filter((one) => typed === one.shown || typed.startsWith(`${one.shown} `)).sort((one, other) => other.shown.length - one.shown.length)[0];
  if (!command) return null;
  const rest = typed.slice(command.shown.length);
  const names = command.options.map((option) => option.shown.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const options = {};
  if (names.length) {
    const marks = [...rest.matchAll(new RegExp(`(?:^|\\s)(${names.join("|")}):\\s*`, "gu"))];
    marks.forEach((mark, index) => {
      const option = command.options.find((one) => one.shown === mark[1]);
      options[option.name] = rest.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim();
    });
  }
  return { command, options };
}

export const placeName = () => (isDm(state.channel) ? `@${state.world.bot.display}` : `#${channelById(state.channel)?.name ?? ""}`);
