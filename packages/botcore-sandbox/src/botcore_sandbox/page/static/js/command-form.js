// A command that is being filled in: one field for each option, with hints, suggestions and what is wrong.

import { el, fill } from "./dom.js";
import { readFile } from "./files.js";
import { FILE, INTEGER, NUMBER, pickable, read } from "./slash.js";
import { ask, state } from "./store.js";

const PAUSE = 180;

/** Calls `send({ command, options, picked })` when it is complete, and `leave(text)` when it is given up. */
export class CommandForm {
  #fields = new Map();
  #asked = 0;
  #timer = null;

  constructor(command, hints, { send, leave }) {
    this.command = command;
    this.hints = hints;
    this.send = send;
    this.leave = leave;
    this.row = el("div", { class: "fields" });
    this.more = el("button", { class: "add-option", type: "button", hidden: true, on: { click: () => this.#offerMore() } });
    this.problem = el("p", { class: "problem", role: "alert" });
    this.node = el(
      "div",
      { class: "command", role: "group", "aria-label": `The command /${command.shown}` },
      el("div", { class: "command-line" }, el("span", { class: "command-name", text: `/${command.shown}` }), this.row, this.more),
      this.problem,
    );
    for (const option of command.options) if (option.required) this.#add(option);
    this.#countMore();
    if (!command.options.length) this.#addBlank();
  }

  /** Fills fields in, by option name. */
  fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const option = this.command.options.find((one) => one.name === name);
      if (!option) continue;
      const field = this.#fields.get(name) ?? this.#add(option);
      if (option.type !== FILE) field.input.value = String(value);
    }
    this.#countMore();
  }

  focus() {
    const empty = [...this.#fields.values()].find((field) => !field.input.value && field.option?.type !== FILE);
    (empty ?? [...this.#fields.values()].at(-1))?.input.focus();
  }

  #addBlank() {
    const input = el("input", { class: "blank", type: "text", readonly: true, "aria-label": `/${this.command.shown} takes no options; Enter sends it, Escape leaves it` });
    input.addEventListener("keydown", (event) => this.#keys(event, null));
    input.addEventListener("focus", () => this.hints.show(input, { title: [el("b", { text: `/${this.command.shown}` }), ` ${this.command.description}. Enter sends it.`], items: [] }));
    this.#fields.set("", { input, blank: true });
    this.row.append(input);
  }

  #add(option) {
    const input = option.type === FILE ? el("button", { class: "option-input", type: "button", text: "Choose a file" }) : this.#textInput(option);
    input.setAttribute("aria-label", `${option.shown}${option.required ? ", required" : ""}: ${option.description}`);
    const node = el("span", { class: "option-field" }, el("span", { class: "option-name", "aria-hidden": "true", text: option.shown }), input);
    const field = { option, input, node, picked: undefined, file: null, typed: "" };
    if (option.type === FILE) this.#takesFile(field);
    input.addEventListener("focus", () => this.#hint(field));
    input.addEventListener("keydown", (event) => this.#keys(event, field));
    this.#fields.set(option.name, field);
    this.row.append(node);
    this.#countMore();
    return field;
  }

  #textInput(option) {
    const mode = option.type === INTEGER ? "numeric" : option.type === NUMBER ? "decimal" : null;
    const input = el("input", { class: "option-input", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", inputmode: mode, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.hints.id });
    input.addEventListener("input", () => {
      const field = this.#fields.get(option.name);
      field.picked = undefined;
      field.node.classList.remove("wrong");
      input.removeAttribute("aria-invalid");
      this.problem.textContent = "";
      this.#hint(field);
    });
    return input;
  }

  #takesFile(field) {
    const chooser = el("input", { type: "file", class: "unseen", tabindex: -1, "aria-hidden": "true" });
    chooser.addEventListener("change", async () => {
      if (!chooser.files.length) return;
      field.file = await readFile(chooser.files[0]);
      field.input.textContent = field.file.name;
      field.node.classList.remove("wrong");
      field.input.focus();
    });
    field.input.addEventListener("click", () => chooser.click());
    field.node.append(chooser);
  }

  #hint(field) {
    const { option, input } = field;
    const title = [el("b", { text: option.shown }), " ", option.description, option.required ? "" : el("span", { class: "quiet", text: "  optional" })];
    const listed = pickable(option);
    if (option.autocomplete) return this.#suggest(field, title);
    const typed = input.value?.toLowerCase().replace(/^[@#]/, "") ?? "";
    const items = field.picked !== undefined ? [] : (listed ?? []).filter((item) => `${item.label} ${item.hint ?? ""}`.toLowerCase().includes(typed)).slice(0, 25);
    return this.hints.show(input, { title, items, pick: (item) => this.#take(field, item) });
  }

  /** Asks the bot, a moment after the last key. */
  #suggest(field, title) {
    const { option, input } = field;
    const number = (this.#asked += 1);
    this.hints.show(input, { title: [...title, el("span", { class: "quiet", text: "  Loading…" })], items: [] });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const typed = input.value;
      let items = [], note = "";
      try {
        const offered = await ask("autocomplete", { channel: state.channel, command: this.command.name, options: this.#filled(option.name), focused: option.name, typed });
        items = offered.map((choice) => ({ label: choice.name, value: choice.value }));
        note = items.length ? "" : "  Nothing fits what was typed.";
      } catch (error) {
        note = `  Loading options failed: ${error.message}`;
      }
      if (number !== this.#asked || document.activeElement !== input || field.picked !== undefined) return;
      field.typed = typed;
      this.hints.show(input, { title: [...title, el("span", { class: "quiet", text: note })], items, pick: (item) => this.#take(field, item) });
    }, PAUSE);
  }

  #take(field, item) {
    field.picked = item.value;
    field.input.value = item.label;
    field.node.classList.remove("wrong");
    this.problem.textContent = "";
    this.hints.hide();
    this.#next(field);
  }

  #next(field) {
    const all = [...this.#fields.values()];
    const next = all[all.indexOf(field) + 1];
    if (next) next.input.focus();
    else if (!this.more.hidden) this.#offerMore();
    else this.hints.show(field.input, { title: "Enter sends it.", items: [] });
  }

  #left() {
    return this.command.options.filter((option) => !this.#fields.has(option.name));
  }

  #countMore() {
    const left = this.#left().length;
    this.more.hidden = !left;
    this.more.textContent = `+${left} optional`;
  }

  /** Lists the options that have no field yet. */
  #offerMore() {
    this.more.focus();
    this.hints.show(this.more, {
      title: "Options that can be added; Enter sends the command without them.",
      items: this.#left().map((option) => ({ label: option.shown, hint: option.description, option })),
      active: -1,
      pick: (item) => this.#add(item.option).input.focus(),
    });
    this.more.onkeydown = (event) => {
      if (this.hints.key(event)) return;
      if (event.key === "Escape") return this.#escape(event);
      if (event.key === "Enter") {
        event.preventDefault();
        if (!this.hints.take()) this.submit();
      } else if (event.key === "Backspace") [...this.#fields.values()].at(-1)?.input.focus();
      else if (event.key === "Tab") this.hints.hide();
    };
  }

  #keys(event, field) {
    if (this.hints.key(event)) return;
    if (event.key === "Escape") this.#escape(event);
    else if (event.key === "Enter") {
      if (field?.option.type === FILE && !field.file) return;
      event.preventDefault();
      const listed = this.hints.open && field && field.picked === undefined && (field.input.value || field.option.required);
      if (!(listed && !event.ctrlKey && this.#wouldHelp(field) && this.hints.take())) this.submit();
    } else if (event.key === "Tab" && !event.shiftKey && this.hints.open && field?.input.value && field.picked === undefined && pickable(field.option)) {
      event.preventDefault();
      this.hints.take();
    } else if (event.key === "Backspace" && (!field || (!field.input.value && field.option.type !== FILE))) {
      event.preventDefault();
      this.#back(field);
    }
  }

  /** Whether Enter should take the marked suggestion: it does unless what was typed is good as it is. */
  #wouldHelp(field) {
    return pickable(field.option) !== null || field.option.autocomplete === true;
  }

  #back(field) {
    const all = [...this.#fields.values()];
    const before = all[all.indexOf(field) - 1];
    if (field && !field.option.required) {
      this.#fields.delete(field.option.name);
      field.node.remove();
      this.#countMore();
    }
    if (before) before.input.focus();
    else if (!field || field.option.required) this.leave(`/${this.command.shown}`);
    else this.#offerMore();
  }

  #escape(event) {
    event.preventDefault();
    this.leave("");
  }

  #filled(except) {
    const options = {};
    for (const field of this.#fields.values()) {
      if (field.blank || field.option.name === except) continue;
      const { value } = read(field.option, { text: field.input.value ?? "", picked: field.picked, file: field.file });
      if (value !== undefined && field.option.type !== FILE) options[field.option.name] = value;
    }
    return options;
  }

  submit() {
    const options = {}, picked = {};
    for (const field of this.#fields.values()) {
      if (field.blank) continue;
      const { value, problem } = read(field.option, { text: field.input.value ?? "", picked: field.picked, file: field.file });
      if (problem) {
        field.node.classList.add("wrong");
        field.input.setAttribute("aria-invalid", "true");
        fill(this.problem, el("b", { text: field.option.shown }), ` ${problem}`);
        field.input.focus();
        return;
      }
      if (value === undefined) continue;
      options[field.option.name] = value;
      if (field.option.autocomplete && field.picked !== undefined) picked[field.option.name] = { typed: field.typed, label: field.input.value };
    }
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.send({ command: this.command, options, picked });
  }
}
