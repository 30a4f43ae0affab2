// The line at the bottom: writing, quoting, editing.

import { business, send } from "./api.js";
import { byID, icon } from "./dom.js";
import { endPretending, pretendedMembers } from "./pretend.js";
import { attempt, endProblem } from "./problem.js";

const text = byID("text");
// The message that is quoted or edited.
let quoted, edited;

/** The members that everything sent from here gets: what it quotes, and what it pretends. */
export const around = () => ({ ...pretendedMembers(), ...(quoted ? { reply_to: quoted.id } : {}) });

/** Tidies up after something was sent. */
export function sent() {
  endQuote();
  endPretending();
  endProblem();
}

export function startQuote(message) {
  edited = undefined;
  quoted = message;
  show(message.from_customer ? "You" : business()?.name ?? "Reply", message.summary);
}

export function startEdit(message) {
  quoted = undefined;
  edited = message;
  show("Edit message", message.summary);
  text.value = message.card.text;
  fit();
}

export function endQuote() {
  if (edited) text.value = "";
  quoted = edited = undefined;
  byID("quoting").hidden = true;
  fit();
}

function show(title, body) {
  byID("quoting-title").textContent = title;
  byID("quoting-body").textContent = body;
  byID("quoting").hidden = false;
  text.focus();
}

/** Shows the microphone while there is nothing to send. */
function fit() {
  const empty = !text.value.trim();
  byID("send").hidden = empty;
  byID("record").hidden = !empty;
}

async function submit() {
  const body = text.value.trim();
  if (!body) return;
  const original = edited;
  text.value = "";
  const done = await attempt(async () => {
    if (original) {
      const message = { context: { id: original.id }, type: "text", text: { body } };
      await send({ message: { type: "edit", edit: { original_message_id: original.id, message } } });
    } else {
      await send({ text: body, ...around() });
    }
    sent();
  });
  // What could not be sent is not lost.
  if (!done && !text.value) text.value = body;
  fit();
}

byID("send").append(icon("send"));
byID("quoting-end").append(icon("close", 18));
byID("quoting-end").addEventListener("click", endQuote);
byID("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
text.addEventListener("input", fit);
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  if (event.key === "Escape" && (quoted || edited)) { event.preventDefault(); endQuote(); }
});
