// Discord's markdown: text in, a tree of plain objects out. Source: "Markdown Text 101" and "Message Formatting".

const DEEPEST = 12;

const INLINE = [
  ["escape", /\\([^0-9A-Za-z\s])/y, (m) => ({ type: "text", text: m[1] })],
  ["code", /(`{1,2})([\s\S]*?[^`])\1(?!`)/y, (m) => ({ type: "code", text: m[2].trim() || m[2] })],
  ["bare", /<(https?:\/\/[^\s<>]+)>/y, (m) => ({ type: "link", url: m[1], inner: [{ type: "text", text: m[1] }] })],
  ["user", /<@!?(\d{1,20})>/y, (m) => ({ type: "user", id: m[1] })],
  ["role", /<@&(\d{1,20})>/y, (m) => ({ type: "role", id: m[1] })],
  ["channel", /<#(\d{1,20})>/y, (m) => ({ type: "channel", id: m[1] })],
  ["slash", /<\/([^:>\n]{1,100}):(\d{1,20})>/y, (m) => ({ type: "slash", name: m[1], id: m[2] })],
  ["time", /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y, (m) => ({ type: "time", seconds: Number(m[1]), style: m[2] ?? "f" })],
  ["emoji", /<a?:(\w{2,32}):(\d{1,20})>/y, (m) => ({ type: "text", text: `:${m[1]}:` })],
  ["everyone", /@(everyone|here)\b/y, (m) => ({ type: "everyone", text: m[0] })],
  [
    "link",
    /\[((?:\[[^\]\n]*\]|[^[\]\n])+)\]\(<?(https?:\/\/[^\s)>]+)>?(?:\s+"([^"\n]*)")?\)/y,
    (m, deeper) => ({ type: "link", url: m[2], title: m[3], inner: deeper(m[1]) }),
  ],
  ["url", /https?:\/\/[^\s<]*[^<.,:;"')\]\s*_~|]/y, (m) => ({ type: "link", url: m[0], inner: [{ type: "text", text: m[0] }] })],
  ["spoiler", /\|\|([\s\S]+?)\|\|/y, (m, deeper) => ({ type: "spoiler", inner: deeper(m[1]) })],
  ["bold", /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, (m, deeper) => ({ type: "bold", inner: deeper(m[1]) })],
  ["underline", /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, (m, deeper) => ({ type: "underline", inner: deeper(m[1]) })],
  ["strike", /~~([\s\S]+?)~~(?!~)/y, (m, deeper) => ({ type: "strike", inner: deeper(m[1]) })],
  ["italic", /\*(?=\S)((?:\*\*|\\[\s\S]|[^\\*])+?)\*(?!\*)/y, (m, deeper) => (/\s$/.test(m[1]) ? null : { type: "italic", inner: deeper(m[1]) })],
  ["slanted", /_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)/y, (m, deeper) => ({ type: "italic", inner: deeper(m[1]) })],
];
const PLAIN = /[\s\S][^\\<`*_~|[@h]*/y;

/** One paragraph's worth of text. */
export function inline(source, depth = 0) {
  const nodes = [];
  let at = 0;
  const deeper = (text) => (depth < DEEPEST ? inline(text, depth + 1) : [{ type: "text", text }]);
  while (at < source.length) {
    const found = depth < DEEPEST ? firstRule(source, at, deeper) : null;
    if (found) {
      nodes.push(found.node);
      at = found.end;
      continue;
    }
    PLAIN.lastIndex = at;
    const text = PLAIN.exec(source)[0];
    const before = nodes.at(-1);
    if (before?.type === "text") before.text += text;
    else nodes.push({ type: "text", text });
    at += text.length;
  }
  return nodes;
}

function firstRule(source, at, deeper) {
  if (!"\\<`*_~|[@h".includes(source[at])) return null;
  for (const [name, pattern, make] of INLINE) {
    if (name === "slanted" && at > 0 && /\w/.test(source[at - 1])) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const end = pattern.lastIndex; // what is inside is read with the same patterns
    const node = match && make(match, deeper);
    if (node) return { node, end };
  }
  return null;
}

/** A whole text as blocks; `headings` and lists only where Discord shows them. */
export function parse(source, depth = 0) {
  const blocks = [];
  const fence = /```(?:([\w+#.-]{1,30})\n)?\n?([\s\S]*?)\n?```/g;
  let at = 0;
  for (const match of source.matchAll(fence)) {
    if (!match[2]) continue;
    lines(source.slice(at, match.index), blocks, depth);
    blocks.push({ type: "codeblock", language: match[1] ?? null, text: match[2] });
    at = match.index + match[0].length;
    if (source[at] === "\n") at += 1;
  }
  lines(source.slice(at), blocks, depth);
  return blocks;
}

function lines(source, blocks, depth) {
  if (!source) return;
  const all = source.split("\n");
  let paragraph = [];
  const finish = () => {
    if (paragraph.length) blocks.push({ type: "paragraph", inner: inline(paragraph.join("\n")) });
    paragraph = [];
  };
  for (let index = 0; index < all.length; index += 1) {
    const line = all[index];
    const heading = /^(#{1,3})\s+(?=\S)(.*)$/.exec(line);
    const small = /^-#\s+(?=\S)(.*)$/.exec(line);
    const quote = depth < 2 && /^>(>>)?\s(.*)$/.exec(line);
    const item = /^(\s*)([-*]|\d{1,10}\.)\s+(?=\S)(.*)$/.exec(line);
    if (heading || small || quote || item) finish();
    if (heading) blocks.push({ type: "heading", level: heading[1].length, inner: inline(heading[2].replace(/\s*#+$/, "")) });
    else if (small) blocks.push({ type: "small", inner: inline(small[1]) });
    else if (quote) {
      let end = index + 1;
      const held = [quote[2]];
      if (quote[1]) {
        held.push(...all.slice(index + 1));
        end = all.length;
      } else {
        for (; end < all.length && /^>\s/.test(all[end]); end += 1) held.push(all[end].slice(2));
      }
      blocks.push({ type: "quote", blocks: parse(held.join("\n"), depth + 1) });
      index = end - 1;
    } else if (item) addItem(blocks, item);
    else paragraph.push(line);
  }
  if (paragraph.length > 1 && paragraph.at(-1) === "") paragraph.pop();
  finish();
}

function addItem(blocks, [, indent, mark, text]) {
  const entry = { level: Math.min(Math.floor(indent.length / 2), 3), inner: inline(text) };
  const ordered = /\d/.test(mark);
  const before = blocks.at(-1);
  if (before?.type === "list" && before.ordered === ordered) before.items.push(entry);
  else blocks.push({ type: "list", ordered, start: ordered ? Number.parseInt(mark, 10) : 1, items: [entry] });
}
