// What people do with a message beside pressing its buttons: reactions, and Discord's own polls.

import { el } from "./dom.js";
import { ask, channelById, emit, state } from "./store.js";
import { timeElement } from "./time.js";

async function act(message, what, fields) {
  try {
    await ask(what, { message: message.id, ...fields });
  } catch (error) {
    emit("failed", { message: message.id, text: error.message });
  }
}

export const react = (message, emoji, on) => act(message, "react", { emoji, on });

/** Whether new kinds of reaction can be added where one is. */
export const mayReact = () => channelById(state.channel)?.may_react ?? true;

export function reactions(message) {
  return el(
    "div",
    { class: "row reactions", role: "group", "aria-label": "Reactions" },
    message.reactions.map((one) => {
      const shown = one.custom ? `:${one.name}:` : one.name;
      return el("button", { class: "reaction", type: "button", disabled: one.custom, "aria-pressed": String(one.mine), data: { key: `${message.id}/react/${one.name}` }, on: { click: () => react(message, one.name, !one.mine) } }, el("span", { class: "emoji", text: shown }), " ", el("span", { text: one.count }));
    }),
  );
}

/** A native poll: an answer is chosen with a press, and taken back with another. */
export function poll(message) {
  const { question, answers, results, mine, allow_multiselect: several, expiry } = message.poll;
  const counts = new Map(results.answer_counts.map((one) => [one.id, one.count]));
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const text = (answer) => answer.poll_media.text ?? "";
  const choose = (answer) => {
    const chosen = new Set(mine);
    if (chosen.has(answer.answer_id)) chosen.delete(answer.answer_id);
    else if (several) chosen.add(answer.answer_id);
    else [chosen.clear(), chosen.add(answer.answer_id)];
    act(message, "vote", { answers: answers.filter((one) => chosen.has(one.answer_id)).map(text) });
  };
  return el(
    "div",
    { class: "container", role: "group", "aria-label": `Poll: ${question.text}` },
    el("p", { class: "embed-title", text: question.text }),
    answers.map((answer) => {
      const count = counts.get(answer.answer_id) ?? 0;
      return el("button", { class: "answer", type: "button", disabled: results.is_finalized, "aria-pressed": String(mine.includes(answer.answer_id)), data: { key: `${message.id}/vote/${answer.answer_id}` }, style: { "--part": `${all ? (count / all) * 100 : 0}%` }, on: { click: () => choose(answer) } }, el("span", { class: "answer-words" }, answer.poll_media.emoji?.name ? `${answer.poll_media.emoji.name} ` : null, text(answer)), el("span", { class: "quiet", text: count }));
    }),
    el("p", { class: "foot" }, `${all} ${all === 1 ? "vote" : "votes"} • `, results.is_finalized ? "closed" : expiry ? ["closes ", timeElement(new Date(expiry).getTime() / 1000, "R")] : "open", several ? " • several answers" : null),
  );
}
