// Forms that the bot opens.

import { el, freshId, icon } from "./dom.js";
import { listButton, preset } from "./components.js";
import { rich } from "./markdown-view.js";
import { ask } from "./store.js";

const seen = new Set();
const MOST = 4000;

/** Shows a form once; what is wrong with it is said beside the field, before anything is sent. */
export function openModal({ interaction, channel, modal }) {
  if (seen.has(interaction)) return;
  seen.add(interaction);
  const fields = [];
  const body = modal.components.map((block) => part(block, channel, fields));
  const title = freshId("form");
  const problem = el("p", { class: "problem", role: "alert" });
  const submit = el("button", { class: "button primary", type: "submit", text: "Submit" });
  const cancel = el("button", { class: "button secondary", type: "button", text: "Cancel", on: { click: () => dialog.close() } });
  const shut = el("button", { class: "icon", type: "button", "aria-label": "Close the form", on: { click: () => dialog.close() } }, icon("close"));
  const form = el("form", { method: "dialog", novalidate: true }, el("header", { class: "modal-head" }, el("h2", { id: title, text: modal.title }), shut), el("div", { class: "modal-body" }, body, problem), el("footer", { class: "modal-foot" }, cancel, submit));
  const dialog = el("dialog", { class: "modal", "aria-labelledby": title }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length) return wrong[0].focus();
    submit.disabled = true;
    submit.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      await ask("submit", { interaction, fields: Object.fromEntries(fields.map((field) => [field.id, field.value()])) });
      dialog.close();
    } catch (error) {
      problem.textContent = `Something went wrong. ${error.message}`;
    } finally {
      submit.disabled = false;
      submit.removeAttribute("aria-busy");
    }
    return undefined;
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    document.getElementById("write")?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  fields[0]?.focus();
}

function part(block, channel, fields) {
  if (block.type === 10) return el("div", { class: "rich" }, rich(block.content));
  if (block.type === 18) return field(block.component, block.label, block.description, channel, fields);
  return (block.components ?? []).map((inner) => field(inner, inner.label, null, channel, fields));
}

function field(component, label, description, channel, fields) {
  const id = freshId("field");
  const required = component.required !== false;
  const problem = el("p", { class: "problem", id: `${id}-problem`, role: "alert" });
  const help = description ? el("p", { class: "quiet", id: `${id}-help`, text: description }) : null;
  const caption = [label, required ? el("span", { class: "required", "aria-hidden": "true", text: " *" }) : null];
  const made = component.type === 4 ? input(component, id, required, problem) : select(component, id, required, problem, channel);
  fields.push({ id: component.custom_id, ...made });
  const name = component.type === 4 ? el("label", { for: id }, caption) : el("span", { class: "label", id }, caption);
  return el("div", { class: "modal-field" }, name, help, made.node, component.type === 4 ? made.count : null, problem);
}

function input(component, id, required, problem) {
  const most = component.max_length ?? MOST, least = component.min_length ?? 0;
  const common = { class: "field", id, value: component.value ?? "", placeholder: component.placeholder, "aria-describedby": `${id}-problem ${id}-help`, "aria-required": String(required), autocomplete: "off" };
  const node = component.style === 2 ? el("textarea", { ...common, rows: 5 }) : el("input", { ...common, type: "text" });
  const count = component.max_length ? el("p", { class: "quiet count" }) : null;
  const check = () => {
    const text = node.value;
    const wrong = required && !text.trim() ? "This field is required." : text && text.length < least ? `This takes at least ${least} characters.` : text.length > most ? `This takes at most ${most} characters; there are ${text.length}.` : "";
    problem.textContent = wrong;
    node.setAttribute("aria-invalid", String(Boolean(wrong)));
    return !wrong;
  };
  const tally = () => count && (count.textContent = `${node.value.length} of ${most}`);
  node.addEventListener("input", () => {
    tally();
    if (problem.textContent) check();
  });
  tally();
  return { node, count, check, value: () => node.value, focus: () => node.focus() };
}

function select(component, id, required, problem, channel) {
  let values = preset(component);
  const node = listButton({ ...component, min_values: required ? Math.max(component.min_values ?? 1, 1) : 0 }, channel, values, (chosen) => {
    values = chosen;
    problem.textContent = "";
  }, null, id);
  const check = () => {
    const wrong = required && !values.length ? "Choose something." : "";
    problem.textContent = wrong;
    return !wrong;
  };
  return { node, check, value: () => values, focus: () => node.focus() };
}
