// Points in time, in the zone and the words of whoever looks.

const FORMS = {
  t: { hour: "numeric", minute: "2-digit" },
  T: { hour: "numeric", minute: "2-digit", second: "2-digit" },
  d: { day: "2-digit", month: "2-digit", year: "numeric" },
  D: { day: "numeric", month: "long", year: "numeric" },
  f: { day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" },
  F: { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" },
};
const STEPS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];
const LATEST = 8.64e15;

let ahead = 0; // of this machine's clock, in milliseconds
let still = null; // the moment at which the sandbox's clock stands

/** What time it is in the sandbox, in milliseconds. */
export const now = () => still ?? Date.now() + ahead;

/** Goes by the sandbox's clock from now on. */
export function setClock(view) {
  const at = new Date(view.now).getTime();
  ahead = at - Date.now();
  still = view.runs ? null : at;
  keepUpToDate();
}

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** "in 3 hours", "2 days ago". */
export function fromNow(date) {
  const seconds = Math.round((date.getTime() - now()) / 1000);
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? STEPS.at(-1);
  return relative.format(Math.trunc(seconds / size), unit);
}

/** A point in time as one of Discord's styles; null for one that no calendar has. */
export function format(seconds, style) {
  if (Math.abs(seconds * 1000) > LATEST) return null;
  const date = new Date(seconds * 1000);
  return style === "R" ? fromNow(date) : new Intl.DateTimeFormat(undefined, FORMS[style] ?? FORMS.f).format(date);
}

/** A `<time>` for text; relative ones are kept up to date. */
export function timeElement(seconds, style = "f") {
  const text = format(seconds, style);
  const node = document.createElement("time");
  if (text === null) {
    node.textContent = "Invalid date";
    return node;
  }
  const date = new Date(seconds * 1000);
  node.className = "moment";
  node.dateTime = date.toISOString();
  node.title = format(seconds, "F");
  node.textContent = text;
  if (style === "R") node.dataset.relative = seconds;
  return node;
}

/** What the viewer's zone is called. */
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

const sameDay = (one, other) => one.toDateString() === other.toDateString();

/** When a message came: "Today at 14:02". */
export function stamp(iso) {
  const date = new Date(iso);
  const today = new Date(now());
  const clock = new Intl.DateTimeFormat(undefined, FORMS.t).format(date);
  if (sameDay(date, today)) return `Today at ${clock}`;
  if (sameDay(date, new Date(today.getTime() - 86_400_000))) return `Yesterday at ${clock}`;
  return `${new Intl.DateTimeFormat(undefined, FORMS.d).format(date)} ${clock}`;
}

export const clock = (iso) => new Intl.DateTimeFormat(undefined, FORMS.t).format(new Date(iso));
export const preciseClock = (iso) =>
  new Intl.DateTimeFormat(undefined, { ...FORMS.T, fractionalSecondDigits: 3, hour12: false }).format(new Date(iso));
export const longDay = (date) => new Intl.DateTimeFormat(undefined, { ...FORMS.D, weekday: "long" }).format(date);
export const day = (iso) => new Intl.DateTimeFormat(undefined, FORMS.D).format(new Date(iso));

function keepUpToDate() {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    node.textContent = format(Number(node.dataset.relative), "R");
  }
}
setInterval(keepUpToDate, 15_000);
