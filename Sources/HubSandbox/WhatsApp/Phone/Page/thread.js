// The messages of one chat: kept by id, drawn anew only where something changed.

import { business, markRead } from "./api.js";
import { author, drawDay, drawMessage, drawTyping, showProgress } from "./bubble.js";
import { announce, byID, icon } from "./dom.js";

const list = byID("thread");
let messages = new Map();
// What was drawn of each message, to see whether it has changed.
let drawn = new Map();
let typing, typingEnds;

const find = (id) => messages.get(id);
const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 120;

function toEnd() {
  list.scrollTop = list.scrollHeight;
}

/** Empties the chat, before another is opened. */
export function clear() {
  messages = new Map();
  setTyping(false);
  draw();
}

export function setPresence(text) {
  byID("presence").textContent = text ?? (typing ? "typing…" : business()?.display_phone_number ?? "");
}

function setTyping(on) {
  clearTimeout(typingEnds);
  typing = on;
  // WhatsApp shows it for 25 seconds at most.
  if (on) typingEnds = setTimeout(() => { setTyping(false); draw(); }, 25000);
}

/** Takes an event of the sandbox. */
export function receive(event) {
  let fresh;
  if (event.type === "thread") {
    messages = new Map(event.messages.map((message) => [message.id, message]));
    setTyping(false);
  } else if (event.type === "typing") {
    setTyping(true);
  } else if (event.type === "message") {
    if (!messages.has(event.message.id)) fresh = event.message;
    messages.set(event.message.id, event.message);
    if (fresh && !fresh.from_customer) {
      setTyping(false);
      announce(`${author(fresh)}: ${fresh.summary}`);
    }
  }
  draw(fresh, event.type === "thread");
  look();
}

function draw(fresh, whole = false) {
  const stay = !atEnd() && !fresh?.from_customer && !whole;
  const next = new Map(), nodes = [];
  let before, day;
  for (const message of messages.values()) {
    const date = new Date(message.time * 1000).toDateString();
    if (date !== day) nodes.push(reuse(`day ${date}`, "", () => drawDay(message.time), next));
    const quoted = find(message.context?.id ?? message.context?.message_id);
    const state = JSON.stringify([{ ...message, progress: undefined }, quoted?.summary, quoted?.deleted]);
    const node = reuse(message.id, state, () => drawMessage(message, find), next);
    if (!message.card.notice) showProgress(node, message);
    node.classList.toggle("turn", date !== day || before?.from_customer !== message.from_customer);
    if (message === fresh) node.classList.add("fresh");
    nodes.push(node);
    before = message;
    day = date;
  }
  if (typing) nodes.push(reuse("typing", "", drawTyping, next));
  drawn = next;
  place(nodes);
  setPresence();
  if (!stay) toEnd();
  showWayDown();
}

function reuse(key, state, create, next) {
  const known = drawn.get(key);
  const entry = known?.state === state ? known : { state, node: create() };
  next.set(key, entry);
  return entry.node;
}

/** Makes the list hold exactly these nodes; those that are there already keep their focus and their playing sound. */
function place(nodes) {
  const wanted = new Set(nodes);
  for (const node of [...list.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
}

/** Read as on a real phone: only what a person can be looking at. */
export function look() {
  if (document.visibilityState !== "visible" || !document.hasFocus()) return;
  const unread = [...messages.values()].some((message) => !message.from_customer && ["sent", "delivered"].includes(message.progress));
  if (unread && list.offsetParent !== null) markRead().catch(() => {});
}

function showWayDown() {
  byID("to-end").hidden = atEnd();
}

byID("to-end").append(icon("down"));
byID("to-end").addEventListener("click", toEnd);
list.addEventListener("scroll", showWayDown, { passive: true });
// Pictures get their size late, and the composer grows: who was at the end stays there.
let stick = true;
const stay = () => { if (stick) toEnd(); };
list.addEventListener("scroll", () => { stick = atEnd(); }, { passive: true });
list.addEventListener("load", stay, true);
list.addEventListener("loadedmetadata", stay, true);
new ResizeObserver(stay).observe(list);
document.addEventListener("visibilitychange", look);
addEventListener("focus", look);
