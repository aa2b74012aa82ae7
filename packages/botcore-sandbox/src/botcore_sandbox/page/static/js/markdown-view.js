// Shows parsed markdown. Every word of it goes into text nodes.

import { el } from "./dom.js";
import { inline, parse } from "./markdown.js";
import { channelById, colorOf, emit, isDm, nameOf, roleById, state } from "./store.js";
import { timeElement } from "./time.js";

/** Whole markdown, as a message or an embed's description shows it. */
export const rich = (text) => parse(text).map(block);

/** One line of markdown, as an embed's title shows it. */
export const richLine = (text) => inline(text).map(piece);

/** The words alone, for a preview in one line. */
export const plain = (text) => flat(parse(text).map((one) => el("div", {}, block(one), " ")));
const flat = (nodes) => nodes.map((node) => node.textContent).join("").trim();

function block(node) {
  switch (node.type) {
    case "heading":
      return el("div", { class: `h${node.level}`, role: "heading", "aria-level": node.level + 2 }, node.inner.map(piece));
    case "small":
      return el("div", { class: "small" }, node.inner.map(piece));
    case "quote":
      return el("blockquote", {}, node.blocks.map(block));
    case "list":
      return el(
        node.ordered ? "ol" : "ul",
        { start: node.ordered ? node.start : null },
        node.items.map((item) => el("li", { class: item.level ? `level-${item.level}` : null }, item.inner.map(piece))),
      );
    case "codeblock":
      return el("pre", { tabindex: 0, role: "group", "aria-label": "Code" }, el("code", { text: node.text }));
    default:
      return el("p", {}, node.inner.map(piece));
  }
}

const WRAPS = { bold: "strong", italic: "em", underline: "u", strike: "s" };

function piece(node) {
  switch (node.type) {
    case "text":
      return node.text;
    case "code":
      return el("code", { text: node.text });
    case "link":
      return link(node.url, node.inner.map(piece), node.title);
    case "user":
      return state.people.has(node.id)
        ? el("button", { class: "mention", type: "button", on: { click: (event) => emit("profile", { id: node.id, anchor: event.currentTarget }) } }, `@${nameOf(node.id)}`)
        : el("span", { class: "mention", text: "@unknown-user" });
    case "role": {
      const role = roleById(node.id);
      return el("span", { class: "mention", style: role?.color ? { "--tint": colorOf(role.color) } : {} }, `@${role?.name ?? "deleted-role"}`);
    }
    case "channel": {
      const channel = channelById(node.id);
      if (!channel && !isDm(node.id)) return el("span", { class: "mention", text: "#No Access" });
      return el("button", { class: "mention", type: "button", on: { click: () => emit("go", node.id) } }, `#${channel?.name ?? "direct message"}`);
    }
    case "slash":
      return el("button", { class: "mention", type: "button", on: { click: () => emit("prefill", { command: node.name, options: {} }) } }, `/${node.name}`);
    case "time":
      return timeElement(node.seconds, node.style);
    case "everyone":
      return el("span", { class: "mention", text: node.text });
    case "spoiler":
      return spoiler(node.inner.map(piece));
    default:
      return el(WRAPS[node.type], {}, node.inner.map(piece));
  }
}

/** A link to somewhere else; only web addresses become one. */
export function link(url, children, title = null) {
  if (!/^https?:\/\//i.test(url)) return el("span", {}, children);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow", title: title ?? url }, children);
}

function spoiler(children) {
  const held = el("span", { class: "spoiler-text", inert: true }, children);
  const cover = el("button", { class: "spoiler", type: "button", "aria-label": "Spoiler: show it" }, held);
  cover.addEventListener("click", () => cover.replaceWith(el("span", { class: "spoiler shown" }, children)), { once: true });
  return cover;
}
