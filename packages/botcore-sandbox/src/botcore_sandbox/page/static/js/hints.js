// The list above the composer: commands, choices and suggestions, steered from whichever field has the focus.

import { el, fill } from "./dom.js";

export class Hints {
  #items = [];
  #active = -1;
  #pick = null;

  constructor() {
    this.id = "hints";
    this.title = el("p", { class: "hints-title" });
    this.list = el("div", { class: "hints-list", role: "listbox", id: this.id, "aria-label": "Suggestions" });
    this.node = el("div", { class: "hints", hidden: true }, this.title, this.list);
    this.node.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  }

  /** Shows items `{ label, hint, color }` for a field; `pick` gets the one that is taken. */
  show(field, { title = "", items, pick, active = 0 }) {
    if (this.field !== field) this.field?.removeAttribute("aria-activedescendant");
    this.field = field;
    this.#items = items;
    this.#pick = pick;
    this.#active = items.length ? Math.min(active, items.length - 1) : -1;
    fill(this.title, title);
    this.title.hidden = !title;
    this.list.hidden = !items.length;
    fill(
      this.list,
      items.map((item, index) =>
        el(
          "div",
          { class: "option", role: "option", id: `${this.id}-${index}`, "aria-selected": "false", on: { click: () => this.take(index), pointermove: () => this.#mark(index) } },
          el("span", { class: "option-label", text: item.label, style: item.color ? { color: item.color } : {} }),
          item.hint ? el("span", { class: "option-hint", text: item.hint }) : null,
        ),
      ),
    );
    this.node.hidden = !items.length && !title;
    if (field.getAttribute("role") === "combobox") field.setAttribute("aria-expanded", String(!!items.length));
    this.#mark(this.#active);
  }

  hide() {
    if (this.node.hidden && !this.#items.length) return;
    this.node.hidden = true;
    this.#items = [];
    this.#active = -1;
    fill(this.list);
    this.field?.removeAttribute("aria-activedescendant");
    if (this.field?.getAttribute("role") === "combobox") this.field.setAttribute("aria-expanded", "false");
  }

  get open() {
    return !this.node.hidden && this.#items.length > 0;
  }

  /** Handles the keys that steer the list; true if one of them was it. */
  key(event) {
    if (!this.open) return false;
    if (event.key === "ArrowDown") this.#mark((this.#active + 1) % this.#items.length);
    else if (event.key === "ArrowUp") this.#mark((this.#active - 1 + this.#items.length) % this.#items.length);
    else return false;
    event.preventDefault();
    return true;
  }

  /** Takes the marked item, if there is one. */
  take(index = this.#active) {
    const item = this.#items[index];
    if (item) this.#pick(item);
    return Boolean(item);
  }

  #mark(index) {
    this.#active = index;
    [...this.list.children].forEach((node, at) => {
      node.classList.toggle("active", at === index);
      node.setAttribute("aria-selected", String(at === index));
    });
    if (index < 0) return this.field?.removeAttribute("aria-activedescendant");
    this.field?.setAttribute("aria-activedescendant", `${this.id}-${index}`);
    return this.list.children[index]?.scrollIntoView({ block: "nearest" });
  }
}
