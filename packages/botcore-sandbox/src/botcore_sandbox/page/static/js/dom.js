// Builds elements. Text only ever becomes text nodes here, and nothing else in the page makes markup from data.

/** An element. `props`: class, text, on (listeners), data, style (CSS properties), anything else is an attribute. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "style") for (const [key, held] of Object.entries(value)) node.style.setProperty(key, held);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Replaces everything inside an element. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** What has this `data-key` now: an element that is drawn again keeps its key. */
export const keyed = (key, within = document) => [...within.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key) ?? null;

/** Draws a part of the page again; who had the focus in it by a key has it afterwards. */
export function redraw(box, draw) {
  const key = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  draw();
  if (key) keyed(key, box)?.focus({ preventScroll: true });
}

export const byId = (id) => document.getElementById(id);

let last = 0;
/** An id for an element that another one has to name. */
export const freshId = (stem) => `${stem}-${(last += 1)}`;

/** Says something to screen readers. */
export function announce(text) {
  byId("announce").textContent = text;
}

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-3.600 2.900-6 6.500-6s6.500 2.400 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.300c2.200.8 3.500 2.800 3.500 5.700",
  wrench: "M8 8l-5 4 5 4M16 8l5 4-5 4M13.500 5l-3 14",
  hash: "M5 9h15M4 15h15M10 4L8 20M16 4l-2 16",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z",
  at: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM16 8v5.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-3.500 7",
  more: "M4.5 12h1M11.500 12h1M18.500 12h1",
  plus: "M12 5v14M5 12h14",
  send: "M4 12l16-8-6 16-3-6z",
  close: "M6 6l12 12M18 6L6 18",
  eye: "M2 12s3.500-7 10-7 10 7 10 7-3.500 7-10 7-10-7-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  reply: "M9 7L4 12l5 5M4 12h9a7 7 0 0 1 7 7",
  down: "M6 9l6 6 6-6",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  out: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  check: "M5 12l5 5 9-10",
  edit: "M4 20h4L19 9l-4-4L4 16z",
};

/** A line drawing, for the eye only: the button around it says its name. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("drawn");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
