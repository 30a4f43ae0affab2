// What can be done with a message: react, answer, forward, edit, delete.

import { send } from "./api.js";
import { startEdit, startQuote } from "./composer.js";
import { announce, make } from "./dom.js";
import { attempt } from "./problem.js";
import { menuOf, openSheet } from "./sheet.js";

const emoji = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/** Opens the menu of a message. */
export function openActions(message) {
  if (message.deleted) return;
  const close = () => sheet.close();
  const mine = message.reactions?.customer;
  const row = make("div", { class: "emoji-row", role: "group", "aria-label": "React" },
    emoji.map((one) => make("button", {
      type: "button", "aria-pressed": String(one === mine), "aria-label": `React ${one}`,
      click: () => { close(); react(message, one === mine ? undefined : one); },
    }, one)),
    make("input", {
      "aria-label": "React with another emoji", placeholder: "…", maxlength: 16, size: 2,
      change: (event) => { if (event.target.value.trim()) { close(); react(message, event.target.value.trim()); } },
    }));
  const actions = [
    { icon: "reply", title: "Reply", run: () => startQuote(message) },
    mine && { icon: "close", title: "Take your reaction back", run: () => react(message, undefined) },
    canForward(message) && { icon: "forward", title: "Forward to this business", run: () => attempt(() => forward(message)) },
    message.from_customer && message.type === "text" && { icon: "edit", title: "Edit", run: () => startEdit(message) },
    { icon: "copy", title: "Copy", run: () => copy(message.card.text ?? message.summary) },
    message.from_customer && {
      icon: "trash", title: "Delete for everyone", danger: true,
      run: () => attempt(() => send({ message: { type: "revoke", revoke: { original_message_id: message.id } } })),
    },
  ].filter(Boolean);
  const facts = make("dl", { class: "facts small" },
    make("div", {}, make("dt", {}, "State"), make("dd", {}, message.progress)),
    make("div", {}, make("dt", {}, "Id"), make("dd", {}, message.id)));
  const sheet = openSheet("Message", row, menuOf(actions, close), facts);
}

/** Puts an emoji on a message; without one, takes it off. */
function react(message, symbol) {
  const reaction = { message_id: message.id, ...(symbol ? { emoji: symbol } : {}) };
  return attempt(() => send({ message: { type: "reaction", reaction } }));
}

const fileID = (message) => message.card.media?.url?.split("/").at(-1);
const canForward = (message) => Boolean(fileID(message)) || Boolean(message.card.text && !message.card.facts);

function forward(message) {
  const { media, text } = message.card;
  if (!fileID(message)) return send({ text, forwarded: true });
  return send({
    type: media.voice ? "voice" : media.kind, media_id: fileID(message), caption: text, filename: media.filename, forwarded: true,
  });
}

/** Puts a text on the clipboard. */
export async function copy(text) {
  await attempt(async () => {
    await navigator.clipboard.writeText(text).catch(() => { throw new Error("The browser does not allow copying."); });
    announce("Copied");
  });
}
