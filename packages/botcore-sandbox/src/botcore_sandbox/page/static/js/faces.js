// Portraits: a letter on a colour that follows from the id.

import { el } from "./dom.js";
import { nameOf } from "./store.js";

const TINTS = ["#4f6bed", "#b4469b", "#1b7d65", "#a95c29", "#7a55d6", "#2b7499", "#a33f4f", "#5f7d2e"];

/** For the eye only; the name stands beside it. */
export function face(user, extra = "") {
  const tint = TINTS[[...user.id].reduce((sum, digit) => sum * 3 + Number(digit), 0) % TINTS.length];
  const letters = [...(user.display ?? nameOf(user.id))].slice(0, 1).join("").toUpperCase();
  return el("span", { class: `face ${user.bot ? "bot" : ""} ${extra}`, "aria-hidden": "true", style: { "--tint": tint }, text: letters });
}
