// Buttons, lists and layout blocks of a message.

import { el, icon } from "./dom.js";
import { fileCard, picture } from "./embed.js";
import { link, rich } from "./markdown-view.js";
import { choices } from "./popup.js";
import { ask, colorOf, emit, guildOf, state } from "./store.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "premium" };
const KINDS = { 5: ["people"], 6: ["roles"], 7: ["people", "roles"], 8: ["channels"] };
const busy = new Set();

/** Everything below a message's text. */
export const components = (message) => message.components.map((one) => block(one, message));

function block(one, message) {
  switch (one.type) {
    case 1:
      return el("div", { class: "row" }, one.components.map((inner) => block(inner, message)));
    case 2:
      return button(one, message);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return list(one, message);
    case 9:
      return el("div", { class: "section" }, el("div", {}, one.components.map((inner) => block(inner, message))), block(one.accessory, message));
    case 10:
      return el("div", { class: "rich" }, rich(one.content));
    case 11:
      return picture(one.media.url, { alt: one.description ?? "Thumbnail", kind: "thumbnail" });
    case 12:
      return el("div", { class: `pictures count-${Math.min(one.items.length, 4)}` }, one.items.map((item) => picture(item.media.url, { alt: item.description ?? "Picture" })));
    case 13:
      return fileCard(one.file.url, one.name ?? "file", one.size);
    case 14:
      return el("div", { class: `gap${one.spacing === 2 ? " wide" : ""}${one.divider === false ? "" : " line"}` });
    case 17:
      return el("div", { class: "container", style: one.accent_color ? { "--edge": colorOf(one.accent_color) } : {} }, one.components.map((inner) => block(inner, message)));
    default:
      return el("p", { class: "quiet", text: `A component of type ${one.type}, which this page cannot show.` });
  }
}

const emojiOf = (emoji) => (emoji?.id ? `:${emoji.name}:` : (emoji?.name ?? ""));

function button(one, message) {
  const words = [emojiOf(one.emoji) ? el("span", { class: "emoji", text: emojiOf(one.emoji) }) : null, one.label ? el("span", { text: one.label }) : null];
  if (one.style === 5) {
    const shown = link(one.url, [...words, icon("out")]);
    shown.classList.add("button", "link");
    return shown;
  }
  const key = `${message.id}/${one.custom_id}`;
  const label = one.label ? null : emojiOf(one.emoji) || "Button";
  const node = el("button", { class: `button ${STYLES[one.style] ?? "secondary"}`, type: "button", disabled: one.disabled, "aria-label": label, "aria-busy": busy.has(key) ? "true" : null, data: { key } }, words);
  node.addEventListener("click", () => use(key, message, "click", { custom_id: one.custom_id }));
  return node;
}

/** Sends what was done with a component, and shows that it is on its way. */
async function use(key, message, what, fields) {
  if (busy.has(key)) return;
  busy.add(key);
  emit("failed", { message: message.id, text: null });
  mark(key, true);
  try {
    await ask(what, { message: message.id, ...fields });
  } catch (error) {
    emit("failed", { message: message.id, text: sentence(error) });
  } finally {
    busy.delete(key);
    mark(key, false);
  }
}

/** Discord's words for what its people would see; the sandbox's own sentence for everything else. */
const sentence = (error) => (error.message.startsWith("The application did not respond") ? `This interaction failed. ${error.message}` : error.message);

function mark(key, on) {
  for (const node of document.querySelectorAll("[data-key]")) {
    if (node.dataset.key === key) on ? node.setAttribute("aria-busy", "true") : node.removeAttribute("aria-busy");
  }
}

/** What a list offers: its own options, or people, roles and channels of the place. */
export function offered(one, channelId) {
  if (one.type === 3) {
    return one.options.map((option) => ({ value: option.value, label: [emojiOf(option.emoji), option.label].filter(Boolean).join(" "), hint: option.description }));
  }
  const guild = guildOf(channelId);
  const sources = {
    people: () => (guild ? guild.members.map((member) => ({ value: member.id, label: member.display, hint: state.people.get(member.id)?.username })) : [state.world.me, state.world.bot].map((one) => ({ value: one.id, label: one.display }))),
    roles: () => (guild?.roles ?? []).map((role) => ({ value: role.id, label: role.name, hint: "role", color: colorOf(role.color) })),
    channels: () => (guild?.channels ?? []).filter((channel) => !one.channel_types?.length || one.channel_types.includes(channel.type)).map((channel) => ({ value: channel.id, label: `#${channel.name}`, hint: channel.topic })),
  };
  return KINDS[one.type].flatMap((kind) => sources[kind]());
}

/** What is chosen at first. */
export const preset = (one) => (one.type === 3 ? one.options.filter((option) => option.default).map((option) => option.value) : (one.default_values ?? []).map((value) => value.id));

function list(one, message) {
  const key = `${message.id}/${one.custom_id}`;
  return listButton(one, message.channel_id, preset(one), (values) => use(key, message, "choose", { custom_id: one.custom_id, values }), key);
}

/** The closed form of a list; `onPick` gets what was chosen. */
export function listButton(one, channelId, chosen, onPick, key = null, labelledBy = null) {
  const items = offered(one, channelId);
  const placeholder = one.placeholder || "Make a selection";
  let current = chosen;
  const words = el("span", { class: "select-words" });
  const draw = () => {
    const names = items.filter((item) => current.includes(item.value)).map((item) => item.label);
    words.textContent = names.length ? names.join(", ") : placeholder;
    words.classList.toggle("quiet", !names.length);
  };
  const node = el("button", { class: "select", type: "button", disabled: one.disabled, "aria-haspopup": "listbox", "aria-expanded": "false", "aria-busy": busy.has(key) ? "true" : null, data: key ? { key } : {}, id: labelledBy ? `${labelledBy}-button` : null, "aria-labelledby": labelledBy ? `${labelledBy} ${labelledBy}-button` : null }, words, icon("down"));
  node.addEventListener("click", () =>
    choices(node, {
      label: placeholder,
      items,
      chosen: current,
      least: one.min_values ?? 1,
      most: one.max_values ?? 1,
      search: one.type !== 3 || items.length > 10,
      onPick: (values) => {
        current = values;
        draw();
        onPick(values);
      },
    }),
  );
  draw();
  return node;
}
