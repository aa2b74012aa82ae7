// Embeds, pictures and files.

import { el, icon } from "./dom.js";
import { link, rich, richLine } from "./markdown-view.js";
import { colorOf, ownFile } from "./store.js";
import { stamp } from "./time.js";

const UNITS = ["bytes", "KB", "MB", "GB"];

export function size(bytes) {
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  return `${step ? (bytes / 1024 ** step).toFixed(1) : bytes} ${UNITS[step]}`;
}

/** A picture of the sandbox's own; one from elsewhere is named, never fetched. */
export function picture(url, { alt = "", kind = "picture" } = {}) {
  const own = ownFile(url);
  if (own === null) {
    return el(
      "span",
      { class: `elsewhere ${kind}` },
      icon("picture"),
      el("span", { class: "elsewhere-text" }, kind === "picture" ? ["A picture from elsewhere: ", link(url, [hostOf(url)])] : null),
    );
  }
  const shown = el("img", { src: own, alt, loading: "lazy" });
  return el("a", { class: kind, href: own, target: "_blank", rel: "noopener", "aria-label": alt ? `Open the picture: ${alt}` : "Open the picture" }, shown);
}

function hostOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

export function attachments(list) {
  const pictures = list.filter((one) => /^image\/(?!svg)/.test(one.content_type ?? ""));
  const others = list.filter((one) => !pictures.includes(one));
  return [
    pictures.length ? el("div", { class: `pictures count-${Math.min(pictures.length, 4)}` }, pictures.map((one) => picture(one.url, { alt: one.description ?? one.filename }))) : null,
    others.map((one) => fileCard(one.url, one.filename, one.size)),
  ];
}

export function fileCard(url, name, bytes) {
  const own = ownFile(url);
  const title = own === null ? link(url, [name]) : el("a", { href: own, download: name }, name);
  return el("div", { class: "file" }, icon("file"), el("div", { class: "file-words" }, title, el("span", { class: "quiet", text: bytes === null || bytes === undefined ? "" : size(bytes) })));
}

export function embed(data) {
  const titled = data.title ? el("div", { class: "embed-title" }, data.url ? link(data.url, richLine(data.title)) : richLine(data.title)) : null;
  const words = [
    data.author?.name ? el("div", { class: "embed-author" }, data.author.icon_url ? picture(data.author.icon_url, { kind: "embed-icon" }) : null, data.author.url ? link(data.author.url, [data.author.name]) : el("span", { text: data.author.name })) : null,
    titled,
    data.description ? el("div", { class: "embed-text rich" }, rich(data.description)) : null,
    data.fields?.length ? fields(data.fields) : null,
  ];
  const foot = [data.footer?.text, data.timestamp ? stamp(data.timestamp) : null].filter(Boolean);
  return el(
    "article",
    { class: "embed", "aria-label": data.title ? null : "Embed", style: data.color ? { "--edge": colorOf(data.color) } : {} },
    el("div", { class: "embed-body" }, el("div", { class: "embed-words" }, words), data.thumbnail ? picture(data.thumbnail.url, { alt: "Thumbnail", kind: "thumbnail" }) : null),
    data.image ? picture(data.image.url, { alt: data.title ?? "Picture of the embed" }) : null,
    foot.length ? el("footer", { class: "embed-foot" }, data.footer?.icon_url ? picture(data.footer.icon_url, { kind: "embed-icon" }) : null, el("span", { text: foot.join(" • ") })) : null,
  );
}

/** Fields that stand beside one another share a line, three at most. */
function fields(list) {
  const rows = [];
  for (const field of list) {
    const row = rows.at(-1);
    if (field.inline && row?.[0].inline && row.length < 3) row.push(field);
    else rows.push([field]);
  }
  return el(
    "div",
    { class: "embed-fields" },
    rows.map((row) =>
      el(
        "div",
        { class: `embed-row${row[0].inline ? " beside" : ""}` },
        row.map((field) => el("div", { class: "embed-field" }, el("div", { class: "embed-name" }, richLine(field.name)), el("div", { class: "embed-value rich" }, rich(field.value)))),
      ),
    ),
  );
}
