// What a message holds besides words: its files, its place, its links.

import { make } from "./dom.js";
import { mediaAddress, post } from "./hub.js";

const kinds = ["image", "video", "audio", "document", "sticker"];
/** What was sent from this page, by the message's id. */
export const sent = new Map();

/** Media by id: where they are shown, and what is known of them. */
const slots = new Map();
const known = new Map();

function fileOf(message) {
  const type = message.type === "edit" ? message.edit?.type : message.type;
  const content = message.type === "edit" ? message.edit?.content : message[type];
  return kinds.includes(type) && content?.id ? { kind: type, id: content.id, name: content.filename } : undefined;
}

function player(tenant, { kind, id, name }) {
  const address = mediaAddress(tenant, id);
  const save = (text) => make("a", { href: address, download: name ?? "" }, text);
  // What a browser cannot show can still be saved.
  const instead = (event) => event.target.replaceWith(save("Save the file"));
  if (kind === "image" || kind === "sticker") {
    return make("img", { src: address, alt: kind === "image" ? "The picture" : "The sticker", class: kind, error: instead });
  }
  if (kind === "video") return make("video", { src: address, controls: true, preload: "metadata", error: instead });
  if (kind === "audio") return make("audio", { src: address, controls: true, preload: "metadata", error: instead });
  return save(`Save ${name ?? "the file"}`);
}

function fill(tenant, file) {
  const { place } = slots.get(file.id);
  const media = known.get(file.id);
  if (media?.state === "stored") return place.replaceChildren(player(tenant, { ...file, name: file.name ?? media.filename }));
  if (media?.state !== "failed") return place.replaceChildren("is being fetched…");
  const again = async () => {
    try {
      await post(tenant, `media/${file.id}/retry`, {});
      place.replaceChildren("is being fetched again…");
    } catch (refusal) {
      place.replaceChildren(refusal.message);
    }
  };
  return place.replaceChildren(
    `could not be fetched: ${media.error?.title ?? "no reason is known"} `, make("button", { type: "button", class: "plain", click: again }, "Try again"));
}

/** Takes in what the hub says of media: they are there, or could not be fetched. */
export function mediaNews(tenant, media) {
  if (!media) return;
  known.set(media.id, media);
  const slot = slots.get(media.id);
  if (slot) fill(tenant, slot.file);
}

const outside = (href, text) => make("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);

function placeLink({ latitude, longitude }) {
  const at = `mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return make("p", { class: "media" }, outside(`https://www.openstreetmap.org/?${at}`, "See it on a map"));
}

/** What stands under the words of an event. */
export function parts(tenant, event) {
  const message = event.data?.message;
  if (!message) return [];
  const found = [];
  const file = fileOf(message);
  if (file) {
    const place = make("div", { class: "media", "data-media": file.id });
    slots.set(file.id, { place, file });
    fill(tenant, file);
    found.push(place);
  }
  if (message.type === "location" && message.location) found.push(placeLink(message.location));
  return found;
}
