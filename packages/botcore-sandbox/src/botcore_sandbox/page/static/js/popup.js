// Things that open beside what was pressed: menus, lists and cards. One at a time; Escape and a press outside close it.

import { el, freshId, keyed } from "./dom.js";

let open = null;

/** Shows `content` beside `anchor`; returns a function that closes it. `onClose` hears of it either way. */
export function popup(anchor, content, { onClose = null, focus = null, label = null, role = "dialog", at = null } = {}) {
  close();
  const box = el("div", { class: "popup", role, "aria-label": label, tabindex: -1 }, content);
  const host = anchor?.closest("dialog") ?? document.body;
  host.append(box);
  place(box, at ?? anchor.getBoundingClientRect());
  const mine = { box, anchor, onClose };
  open = mine;
  anchor?.setAttribute("aria-expanded", "true");
  (focus ?? box).focus({ preventScroll: true });
  return () => open === mine && close();
}

export function close({ refocus = true } = {}) {
  if (!open) return;
  const { box, anchor: pressed, onClose } = open;
  const anchor = pressed && !pressed.isConnected && pressed.dataset.key ? keyed(pressed.dataset.key) : pressed;
  open = null;
  const hadFocus = box.contains(document.activeElement);
  box.remove();
  anchor?.setAttribute("aria-expanded", "false");
  if (refocus && hadFocus) anchor?.focus({ preventScroll: true });
  onClose?.();
}

function place(box, around) {
  const margin = 8;
  const { width, height } = box.getBoundingClientRect();
  const below = around.bottom + 4 + height <= innerHeight - margin;
  const top = below ? around.bottom + 4 : Math.max(margin, Math.min(around.top - 4 - height, innerHeight - height - margin));
  const left = Math.max(margin, Math.min(around.left, innerWidth - width - margin));
  box.style.setProperty("top", `${top}px`);
  box.style.setProperty("left", `${left}px`);
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.box.contains(event.target) && !open.anchor?.contains(event.target)) close({ refocus: false });
});
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  },
  true,
);
addEventListener("resize", () => close());

/** A menu of actions: `[label, action, kind]`, or null for a line between them. */
export function menu(anchor, label, entries, at = null) {
  const items = entries.map((entry) =>
    entry === null
      ? el("div", { class: "menu-line", role: "separator" })
      : el("button", { class: `menu-item ${entry[2] ?? ""}`, role: "menuitem", type: "button", tabindex: -1, text: entry[0], on: { click: () => (close(), entry[1]()) } }),
  );
  const buttons = items.filter((item) => item.tagName === "BUTTON");
  const list = el("div", { class: "menu" }, items);
  list.addEventListener("keydown", (event) => {
    const now = buttons.indexOf(document.activeElement);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined) return event.key === "Tab" ? close() : undefined;
    event.preventDefault();
    buttons.at(next % buttons.length).focus();
  });
  popup(anchor, list, { label, role: "menu", focus: buttons[0], at });
}

/**
 * A list to choose from. Items: `{ value, label, hint, color }`. With `most` above one it stays open, and what was chosen
 * is handed over when it closes; `onPick` gets the values in the order of the list.
 */
export function choices(anchor, { label, items, chosen = [], least = 1, most = 1, search = false, onPick }) {
  const picked = new Set(chosen);
  const id = freshId("list");
  const list = el("div", { class: "options", role: "listbox", id, "aria-label": label, "aria-multiselectable": most > 1 ? "true" : null, tabindex: search ? null : 0 });
  const field = search ? el("input", { class: "field", type: "text", placeholder: "Search", role: "combobox", "aria-label": `Search: ${label}`, "aria-controls": id, "aria-expanded": "true", "aria-autocomplete": "list" }) : null;
  const note = el("p", { class: "options-note", role: "status" });
  let shown = [];
  let active = 0;
  let changed = false;
  const steering = field ?? list;

  const draw = () => {
    const wanted = (field?.value ?? "").trim().toLowerCase();
    shown = items.filter((item) => `${item.label} ${item.hint ?? ""}`.toLowerCase().includes(wanted));
    active = Math.max(0, Math.min(active, shown.length - 1));
    list.replaceChildren(
      ...shown.map((item, index) =>
        el(
          "div",
          { class: `option${index === active ? " active" : ""}`, role: "option", id: `${id}-${index}`, "aria-selected": String(picked.has(item.value)), on: { click: () => take(item), pointermove: () => active !== index && ((active = index), mark()) } },
          el("span", { class: "option-label", text: item.label, style: item.color ? { color: item.color } : {} }),
          item.hint ? el("span", { class: "option-hint", text: item.hint }) : null,
        ),
      ),
    );
    if (!shown.length) list.append(el("div", { class: "options-none", text: "Nothing fits." }));
    mark();
  };
  const mark = () => {
    [...list.children].forEach((node, index) => node.classList.toggle("active", index === active));
    if (shown.length) steering.setAttribute("aria-activedescendant", `${id}-${active}`);
    else steering.removeAttribute("aria-activedescendant");
    list.children[active]?.scrollIntoView({ block: "nearest" });
  };
  const take = (item) => {
    changed = true;
    if (most === 1 && !(least === 0 && picked.has(item.value))) {
      picked.clear();
      picked.add(item.value);
    } else if (picked.has(item.value)) picked.delete(item.value);
    else if (picked.size < most) picked.add(item.value);
    else {
      note.textContent = `No more than ${most} can be chosen.`;
      return;
    }
    note.textContent = "";
    if (most === 1) close();
    else draw();
  };
  const finish = () => {
    const values = items.filter((item) => picked.has(item.value)).map((item) => item.value);
    if (changed && values.length >= least) onPick(values);
  };
  steering.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
    if (event.key in moves) active = Math.max(0, Math.min(shown.length - 1, active + moves[event.key]));
    else if (event.key === "Home" && !field) active = 0;
    else if (event.key === "End" && !field) active = shown.length - 1;
    else if (event.key === "Enter" || (event.key === " " && !field)) shown[active] && take(shown[active]);
    else if (event.key === "Tab") return close();
    else return undefined;
    event.preventDefault();
    return mark();
  });
  field?.addEventListener("input", () => ((active = 0), draw()));
  const done = most > 1 ? el("div", { class: "options-foot" }, note, el("button", { class: "button primary small-button", type: "button", text: "Done", on: { click: () => close() } })) : note;
  active = Math.max(0, items.findIndex((item) => picked.has(item.value)));
  draw(); // before it is placed: how large it is decides where
  popup(anchor, [field, list, done], { label, focus: steering, onClose: finish });
  mark();
  steering.focus({ preventScroll: true });
}
