// Who may do what, where, and which role says so.

import { el, fill } from "./dom.js";
import { ask, channelById, colorOf, nameOf, state } from "./store.js";

const words = (name) => name.toLowerCase().replaceAll("_", " ").replace(/^./, (letter) => letter.toUpperCase());

export function permissionsPanel(body, about) {
  let userId = about ?? state.world.me.id;
  const pick = el("select", { class: "field", "aria-label": "Member" });
  const roles = el("div", { class: "role-boxes" });
  const note = el("p", { class: "quiet" });
  const table = el("table", { class: "permissions" });
  const problem = el("p", { class: "problem", role: "alert" });

  const people = () => state.guild?.members ?? [];
  const drawPeople = () => {
    fill(pick, people().map((member) => el("option", { value: member.id, text: member.display })));
    pick.value = userId;
  };
  const drawRoles = () => {
    const member = people().find((one) => one.id === userId);
    fill(
      roles,
      (state.guild?.roles ?? []).filter((role) => role.id !== state.guild.id).map((role) => {
        const box = el("input", { type: "checkbox", disabled: role.managed });
        box.checked = member?.roles.includes(role.id) ?? false;
        box.addEventListener("change", () => change(role, box.checked));
        return el("label", { class: "role-box", style: role.color ? { "--tint": colorOf(role.color) } : {} }, box, role.name);
      }),
    );
  };
  const change = async (role, held) => {
    try {
      await ask("role", { guild: state.guild.id, user: userId, role: role.id, held });
      problem.textContent = "";
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const draw = async () => {
    if (!state.guild || !people().some((member) => member.id === userId)) return;
    drawPeople();
    drawRoles();
    const channel = channelById(state.channel) ? state.channel : state.guild.channels[0]?.id;
    if (!channel) return;
    try {
      const view = await ask("permissions", { guild: state.guild.id, user: userId, channel });
      note.textContent = `In #${channelById(channel).name}. ${view.owner ? `${nameOf(userId)} owns this server and may do everything.` : view.administrator ? `${nameOf(userId)} is an administrator and may do everything.` : ""}`;
      fill(table, el("caption", { class: "unseen", text: `Permissions of ${nameOf(userId)}` }), el("thead", {}, el("tr", {}, ["Permission", "Held", "Because of"].map((text) => el("th", { scope: "col", text })))), el("tbody", {}, view.permissions.map((one) => line(one, view))));
    } catch (error) {
      fill(table);
      note.textContent = error.message;
    }
  };
  pick.addEventListener("change", () => ((userId = pick.value), draw()));
  fill(body, el("div", { class: "desk-tools" }, el("label", { class: "labelled" }, "Member", pick), roles, problem, note), el("div", { class: "desk-scroll", tabindex: 0, role: "group", "aria-label": "Permissions" }, table));
  draw();
  return { changed: draw };
}

function line(one, view) {
  const because = view.owner ? ["owner"] : [...one.from, ...(one.allowed_here ? ["allowed in this channel"] : []), ...(one.denied_here ? ["denied in this channel"] : [])];
  return el("tr", { class: one.held ? "held" : "" }, el("th", { scope: "row", text: words(one.name) }), el("td", {}, el("span", { class: `mark ${one.held ? "good" : ""}`, text: one.held ? "yes" : "no" })), el("td", { class: "quiet", text: because.join(", ") }));
}
