// The session so far, as a test.

import { announce, el, fill } from "./dom.js";
import { ask } from "./store.js";

export function scriptPanel(body) {
  const shown = el("pre", { class: "script", tabindex: 0, role: "group", "aria-label": "The session as a test" });
  const note = el("p", { class: "quiet" });
  const load = async () => {
    try {
      const { script, steps } = await ask("script");
      shown.textContent = script;
      note.textContent = steps ? "What everybody did on this page, in all tabs, as a test for pytest. It runs as it is." : "Do something, in any tab, and it is written down here as a test for pytest.";
    } catch (error) {
      note.textContent = error.message;
    }
  };
  const save = () => {
    const address = URL.createObjectURL(new Blob([shown.textContent], { type: "text/x-python" }));
    el("a", { href: address, download: "test_session.py" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  const button = (text, action) => el("button", { class: "button secondary small-button", type: "button", text, on: { click: action } });
  fill(
    body,
    el("div", { class: "desk-tools" }, note, el("div", { class: "row" }, button("Refresh", load), button("Copy", async () => (await navigator.clipboard.writeText(shown.textContent), announce("Copied."))), button("Save as a file", save), button("Begin anew", async () => (await ask("script.forget"), load())))),
    shown,
  );
  load();
  return {};
}
