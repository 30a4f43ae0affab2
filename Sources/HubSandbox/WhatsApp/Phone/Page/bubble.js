// Draws one message.

import { business, me } from "./api.js";
import { drawButtons, drawCard, drawCarousel } from "./card.js";
import { icon, make, outside, webAddress } from "./dom.js";
import { openActions } from "./menu.js";

const space = "http://www.w3.org/2000/svg";
// Clock, one tick, two ticks, or a cross; read is two ticks in another colour, played a microphone.
const ticks = {
  pending: "M9 1.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M9 3.6V6l1.6 1.2",
  sent: "M5 6.5 8 9.5 13.5 3", delivered: "M1 6.5 4 9.5 9.5 3M8 9.2l.5.4L14.5 3", failed: "M9 2v5M9 10v.1",
};
ticks.read = ticks.played = ticks.delivered;

function tick(progress) {
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  const attributes = { viewBox: "0 0 18 12", class: "tick", role: "img", "aria-label": progress };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  path.setAttribute("d", ticks[progress] ?? ticks.sent);
  svg.append(path);
  return svg;
}

const clock = (time) => new Date(time * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

/** Who wrote a message, as the customer calls them. */
export const author = (message) => (message.from_customer ? "You" : business()?.name ?? "Business");

const states = Object.keys(ticks);

/** Shows how far a message has come, without drawing it anew: what plays goes on, what has the focus keeps it. */
export function showProgress(node, message) {
  node.classList.remove(...states);
  node.classList.add(message.progress);
  const old = node.querySelector(".tick");
  if (old && old.getAttribute("aria-label") !== message.progress) old.replaceWith(tick(message.progress));
}

/** A message as a list item; `find` gets a message by its id. */
export function drawMessage(message, find) {
  if (message.card.notice) return make("li", { class: "notice", "data-id": message.id }, message.card.notice);
  const kind = message.card.media?.kind;
  const open = () => openActions(find(message.id) ?? message);
  const classes = ["bubble", message.progress, message.from_customer && "mine", message.deleted && "deleted", kind,
    message.card.header?.media && "illustrated", message.card.cards && "with-carousel"];
  return make("li", { class: classes.filter(Boolean).join(" "), "data-id": message.id, contextmenu: (event) => {
    if (event.target.closest("a, img, video, audio")) return;
    event.preventDefault();
    open();
  } },
  make("div", { class: "body" },
    make("span", { class: "unseen" }, `${author(message)}: `),
    make("button", { type: "button", class: "more", "aria-label": "Message menu", click: open }, icon("down", 16)),
    drawOrigin(message), drawQuote(message, find), message.referral && drawReferral(message.referral),
    drawCard(message.card, message), drawMeta(message)),
  drawButtons(message.card, message),
  message.card.cards && drawCarousel(message.card.cards, message),
  drawReactions(message),
  message.note && make("p", { class: "note" }, message.note));
}

function drawMeta(message) {
  return make("div", { class: "meta" },
    message.edited && make("span", {}, "Edited"),
    make("time", { datetime: new Date(message.time * 1000).toISOString() }, clock(message.time)),
    // A customer sees ticks on what they wrote; of the business's messages only a failure is worth a mark.
    message.from_customer && tick(message.progress));
}

function drawOrigin(message) {
  const context = message.context ?? {};
  const origin = context.frequently_forwarded ? "Forwarded many times" : context.forwarded ? "Forwarded" : message.group_id ? "In a group" : undefined;
  return origin && make("p", { class: "origin" }, icon("forward", 14), origin);
}

function drawQuote(message, find) {
  const { id, message_id: sent, referred_product: product } = message.context ?? {};
  const quotedID = id ?? sent;
  if (product) {
    return make("div", { class: "quote" }, make("strong", {}, "Product"), make("span", {}, product.product_retailer_id));
  }
  if (!quotedID) return undefined;
  const quoted = find(quotedID);
  if (!quoted) return make("div", { class: "quote" }, make("span", {}, "A message that is not here"));
  return make("button", { type: "button", class: "quote", click: () => {
    const target = document.querySelector(`[data-id="${CSS.escape(quotedID)}"]`);
    target?.scrollIntoView({ block: "center" });
    target?.classList.add("found");
    setTimeout(() => target?.classList.remove("found"), 1200);
  } }, make("strong", {}, author(quoted)), make("span", {}, quoted.deleted ? "This message was deleted" : quoted.summary));
}

function drawReferral(referral) {
  const address = webAddress(referral.source_url ?? "");
  const text = [make("strong", {}, referral.headline ?? "Ad"), make("span", {}, referral.body ?? ""),
    make("small", {}, referral.ctwa_clid ? "from an ad" : "from an ad, without a click id")];
  const node = address ? outside(address, ...text) : make("div", {}, text);
  node.classList.add("referral");
  return node;
}

function drawReactions(message) {
  const { customer, business: theirs } = message.reactions ?? {};
  if (!customer && !theirs) return undefined;
  const label = [theirs && `${author({})} reacted ${theirs}`, customer && `you reacted ${customer}`].filter(Boolean).join(", ");
  return make("span", { class: "reactions", role: "img", "aria-label": label }, [...new Set([theirs, customer].filter(Boolean))].join(""));
}

/** A line between two days. */
export function drawDay(time) {
  const day = new Date(time * 1000), today = new Date();
  const label = day.toDateString() === today.toDateString() ? "Today"
    : day.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
  return make("li", { class: "day" }, label);
}

export function drawTyping() {
  return make("li", { class: "bubble typing", "aria-label": `${business()?.name ?? me.business} is typing` },
    make("div", { class: "body" }, make("i"), make("i"), make("i")));
}
