// Draws what a bubble holds. The sandbox says what that is ("card"); here it only gets its looks.

import { press } from "./answers.js";
import { markPlayed } from "./api.js";
import { icon, initials, make, outside, richText, webAddress } from "./dom.js";

const names = { image: "Photo", video: "Video", audio: "Audio", document: "Document", sticker: "Sticker" };

/** The parts of a card as nodes. */
export function drawCard(card, message) {
  return [
    card.header?.text && make("p", { class: "head" }, richText(card.header.text)),
    card.header?.media && drawMedia(card.header.media, message),
    card.header?.location && drawLocation(card.header.location),
    card.media && drawMedia(card.media, message),
    card.location && drawLocation(card.location),
    card.contacts?.map(drawContact),
    card.text && make("p", { class: isBig(card, message) ? "text big" : "text" }, richText(card.text)),
    card.facts?.length > 0 && make("dl", { class: "facts" }, card.facts.map((fact) =>
      make("div", {}, make("dt", {}, fact.name), make("dd", {}, fact.value)))),
    card.footer && make("p", { class: "foot" }, card.footer),
  ].flat().filter(Boolean);
}

/** The buttons of a card, one below the other. */
export function drawButtons(card, message) {
  if (!card.buttons?.length) return undefined;
  return make("div", { class: "buttons" }, card.buttons.map((button) => drawButton(button, message)));
}

/** The cards of a carousel, side by side. */
export function drawCarousel(cards, message) {
  return make("ul", { class: "carousel", tabindex: 0, "aria-label": "Cards" }, cards.map((card) =>
    make("li", { class: "card" }, drawCard(card, message), drawButtons(card, message))));
}

const isBig = (card, message) =>
  message.type === "text" && /^(\p{Extended_Pictographic}(\u{FE0F}|\u{200D}\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u.test(card.text);

const pictures = {
  reply: "reply", quick_reply: "reply", list: "list", url: "link", call: "phone", voice_call: "phone", copy: "copy", flow: "form",
  location: "location", contact: "contact", call_permission: "phone", address: "location", products: "cart",
};

function drawButton(button, message) {
  const picture = icon(pictures[button.kind] ?? "reply", 18);
  const address = button.kind === "url" ? webAddress(button.url ?? "") : undefined;
  if (address) return outside(address, picture, make("span", {}, button.title));
  return make("button", { type: "button", "data-kind": button.kind, click: () => press(button, message) }, picture, make("span", {}, button.title));
}

function drawMedia(media, message) {
  const name = names[media.kind] ?? "File";
  const address = webAddress(media.link ?? "");
  const fallback = () => {
    const text = make("span", {}, media.filename ?? name, make("small", {}, address ? `by link: ${new URL(address).host}` : "the file is no longer there"));
    const picture = icon(media.kind === "audio" ? "music" : media.kind, 24);
    return address ? outsideFile(address, picture, text) : make("p", { class: "file" }, picture, text);
  };
  // The sandbox fetches what came by link: this page loads nothing from other hosts.
  const source = media.url ?? (address && `/phone/linked?${new URLSearchParams({ message_id: message.id, link: media.link })}`);
  if (!source) return fallback();
  const lost = (event) => (event.target.closest(".audio, a.picture") ?? event.target).replaceWith(fallback());
  switch (media.kind) {
    case "image":
      return make("a", { class: "picture", href: source, target: "_blank", rel: "noopener" },
        make("img", { src: source, alt: "Photo", loading: "lazy", error: lost }));
    case "sticker":
      return make("img", { class: "sticker", src: source, alt: "Sticker", error: lost });
    case "video":
      return make("video", { class: "picture", src: source, controls: true, preload: "metadata", playsinline: true, error: lost });
    case "audio":
      return make("div", { class: "audio" }, icon(media.voice ? "mic" : "music", 24), make("audio", {
        src: source, controls: true, preload: "metadata", error: lost,
        "aria-label": media.voice ? "Voice message" : "Audio",
        play: () => { if (media.voice && !message.from_customer && message.progress !== "played") markPlayed(message.id).catch(() => {}); },
      }));
    default:
      return make("a", { class: "file", href: source, download: media.filename ?? "document" },
        icon("document", 28), make("span", {}, media.filename ?? "Document", make("small", {}, "Save")));
  }
}

const outsideFile = (address, ...children) => make("a", { class: "file", href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);

function drawLocation(location) {
  const latitude = Number(location.latitude), longitude = Number(location.longitude);
  return make("div", { class: "place" },
    make("div", { class: "map", "aria-hidden": "true" }, icon("location", 34)),
    make("strong", {}, location.name ?? "Location"),
    location.address && make("span", {}, location.address),
    make("small", {}, `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`));
}

function drawContact(contact) {
  return make("div", { class: "contact" },
    make("span", { class: "avatar small", "aria-hidden": "true" }, initials(contact.name)),
    make("div", {}, make("strong", {}, contact.name), contact.work && make("small", {}, contact.work),
      [...contact.phones, ...contact.emails].map((line) => make("span", {}, line))));
}
