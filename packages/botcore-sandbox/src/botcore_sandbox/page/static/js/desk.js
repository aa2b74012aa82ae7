// The panels for developers, in one drawer.

import { byId, el, fill, freshId, icon } from "./dom.js";
import { botPanel } from "./desk-bot.js";
import { clockPanel } from "./desk-clock.js";
import { faultsPanel } from "./desk-faults.js";
import { permissionsPanel } from "./desk-permissions.js";
import { scriptPanel } from "./desk-script.js";
import { trafficPanel } from "./desk-traffic.js";
import { emit, on } from "./store.js";

const PANELS = { traffic: ["Traffic", trafficPanel], permissions: ["Permissions", permissionsPanel], clock: ["Clock", clockPanel], faults: ["Faults", faultsPanel], script: ["Script", scriptPanel], bot: ["Bot", botPanel] };

let current = null;
let open = null;
const tabs = new Map();

export function setUpDesk() {
  const desk = byId("desk");
  const body = el("div", { class: "desk-body", role: "tabpanel", id: "desk-body", tabindex: 0 });
  const list = el("div", { class: "tabs", role: "tablist", "aria-label": "Developer panels" });
  for (const [name, [label]] of Object.entries(PANELS)) {
    const tab = el("button", { class: "tab", type: "button", role: "tab", id: freshId("tab"), "aria-controls": "desk-body", text: label, on: { click: () => show(name) } });
    tabs.set(name, tab);
    list.append(tab);
  }
  list.addEventListener("keydown", (event) => {
    const names = Object.keys(PANELS);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = names.at((names.indexOf(current) + step) % names.length);
    show(next);
    tabs.get(next).focus();
  });
  const shut = el("button", { class: "icon", type: "button", "aria-label": "Close the panels", on: { click: () => toggle(false) } }, icon("close"));
  fill(desk, el("header", { class: "desk-head" }, list, shut), body);
  byId("toggle-desk").addEventListener("click", () => {
    toggle(desk.hidden);
    if (!desk.hidden) tabs.get(current).focus(); // on a small screen the panels cover the button
  });
  desk.addEventListener("keydown", (event) => event.key === "Escape" && toggle(false));
  on("desk", ({ panel, user }) => {
    toggle(true, panel, user);
    tabs.get(panel).focus();
  });
  on("channel", () => open?.changed?.());
  on("world", () => open?.changed?.());
  on("status", () => open?.changed?.());
  on("clock", () => open?.changed?.());
}

function toggle(on, panel = current ?? "traffic", about = null) {
  byId("desk").hidden = !on;
  byId("app").classList.toggle("desk-open", on);
  byId("toggle-desk").setAttribute("aria-expanded", String(on));
  emit("layout");
  if (on) show(panel, about);
  else {
    open?.close?.();
    open = null;
    byId("toggle-desk").focus();
  }
}

function show(name, about = null) {
  open?.close?.();
  current = name;
  for (const [known, tab] of tabs) {
    tab.setAttribute("aria-selected", String(known === name));
    tab.tabIndex = known === name ? 0 : -1;
  }
  byId("desk-body").setAttribute("aria-labelledby", tabs.get(name).id);
  open = PANELS[name][1](byId("desk-body"), about);
}

/** Passes on what an open panel watches. */
export const toDesk = (event) => open?.take?.(event);
