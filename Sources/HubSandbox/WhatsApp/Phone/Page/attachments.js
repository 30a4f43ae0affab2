// The menu behind the plus: files, samples, places, cards.

import { openOrder } from "./answers.js";
import { send, upload } from "./api.js";
import { around, sent } from "./composer.js";
import { byID, icon, make } from "./dom.js";
import { attempt } from "./problem.js";
import { field, openForm, openSheet } from "./sheet.js";

const kinds = {
  image: { title: "Photo", icon: "image", accept: "image/*" },
  video: { title: "Video", icon: "video", accept: "video/mp4,video/3gpp" },
  document: { title: "Document", icon: "document", accept: "" },
  audio: { title: "Audio", icon: "music", accept: "audio/*" },
  voice: { title: "Voice file", icon: "mic", accept: "audio/ogg,audio/mp4,audio/aac,audio/amr,audio/mpeg" },
  sticker: { title: "Sticker", icon: "sticker", accept: "image/*" },
};

const samples = [
  ["image", "photo", "Photo"], ["video", "video", "Video"], ["voice", "voice", "Voice note"], ["document", "document", "PDF"],
  ["sticker", "sticker", "Sticker"], ["sticker", "sticker-animated", "Moving sticker"],
];

// What a voice file is called when the system does not know its type.
const picker = make("input", { type: "file", id: "file", class: "unseen", tabindex: -1, "aria-hidden": "true" });
let wanted = "image";

function openMenu() {
  const close = () => sheet.close();
  const tile = (picture, title, run, name) =>
    make("button", { type: "button", class: "tile", "data-tile": name, click: () => { close(); run(); } }, make("span", { class: "tile-icon" }, icon(picture, 24)), title);
  const sheet = openSheet("Attach",
    make("div", { class: "tiles" },
      Object.entries(kinds).map(([kind, { title, icon: picture }]) => tile(picture, title, () => choose(kind), kind)),
      tile("location", "Location", () => openLocation(), "location"),
      tile("contact", "Contact", openContact, "contact"),
      tile("cart", "Order", () => openOrder({}, (message) => dispatch({ message })), "order")),
    make("h4", {}, "Samples"),
    make("div", { class: "samples" }, samples.map(([type, sample, title]) => make("button", {
      type: "button", "data-sample": sample, click: () => { close(); attempt(() => dispatch({ type, sample })); },
    }, title))));
}

/** Sends with what is quoted and pretended. */
async function dispatch(body) {
  await send({ ...body, ...around() });
  sent();
}

function choose(kind) {
  wanted = kind;
  picker.accept = kinds[kind].accept;
  picker.value = "";
  picker.click();
}

/** Draws a picture anew, as a phone does with what WhatsApp does not take. */
async function redrawn(file, type, side) {
  const picture = await createImageBitmap(file).catch(() => { throw new Error("This is not a picture that the browser can read."); });
  const scale = side ? side / Math.max(picture.width, picture.height) : Math.min(1, 2048 / Math.max(picture.width, picture.height));
  const canvas = make("canvas", { width: side ?? Math.round(picture.width * scale), height: side ?? Math.round(picture.height * scale) });
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext("2d").drawImage(picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  for (const quality of [0.85, 0.6, 0.35, 0.15]) {
    const blob = await new Promise((done) => canvas.toBlob(done, type, quality));
    if (blob && (!side || blob.size <= 100 * 1024)) return blob;
  }
  throw new Error("The picture does not get small enough.");
}

async function prepared(file, kind) {
  if (kind === "image" && !["image/jpeg", "image/png"].includes(file.type)) return redrawn(file, "image/jpeg");
  if (kind === "sticker" && file.type !== "image/webp") return redrawn(file, "image/webp", 512);
  return file;
}

/** Shows a file before it goes, with a caption where the type has one. */
export function offer(file, kind) {
  const address = ["image", "sticker", "video"].includes(kind) ? URL.createObjectURL(file) : undefined;
  const preview = kind === "video" ? make("video", { src: address, controls: true, class: "preview" })
    : address ? make("img", { src: address, alt: "What you are about to send", class: "preview" })
      : make("p", { class: "file" }, icon(kinds[kind].icon, 28), make("span", {}, file.name));
  const caption = ["image", "video", "document"].includes(kind) ? [field({ name: "caption", label: "Caption" })] : [];
  const sheet = openForm(kinds[kind].title, [preview, ...caption], "Send", async (values) => {
    const type = kind === "voice" ? "audio" : kind;
    const media = await upload(await prepared(file, kind), type);
    await dispatch({ type: kind, media_id: media, caption: values.caption || undefined, filename: kind === "document" ? file.name : undefined });
  });
  sheet.addEventListener("close", () => { if (address) URL.revokeObjectURL(address); });
}

/** The kind of message that a file becomes when it is dropped or pasted. */
const kindOf = (file) => (file.type.startsWith("image/") ? "image" : ["video/mp4", "video/3gpp"].includes(file.type) ? "video" : "document");

/** @param {string} [replyTo] the request that is answered */
export function openLocation(replyTo) {
  const number = (name, label, value) => field({ name, label, value, type: "number", step: "any", required: true, inputmode: "decimal" });
  const form = openForm("Location", [
    make("div", { class: "pair" }, number("latitude", "Latitude", "37.4847"), number("longitude", "Longitude", "-122.1484")),
    field({ name: "name", label: "Place", hint: "Name and address come with chosen places only." }), field({ name: "address", label: "Address" }),
    navigator.geolocation && make("button", { type: "button", class: "quiet", click: here }, icon("location", 18), "Where I am"),
  ], "Send", async ({ latitude, longitude, name, address }) => {
    const location = { latitude: Number(latitude), longitude: Number(longitude), name: name || undefined, address: address || undefined };
    if (Math.abs(location.latitude) > 90 || Math.abs(location.longitude) > 180) throw new Error("That is not a place on Earth.");
    await dispatch({ message: { type: "location", location }, ...(replyTo ? { reply_to: replyTo } : {}) });
  });
  function here() {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.querySelector("[name=latitude]").value = coords.latitude.toFixed(6);
      form.querySelector("[name=longitude]").value = coords.longitude.toFixed(6);
    }, () => {
      const problem = form.querySelector(".problem");
      problem.textContent = "The browser does not tell where this is.";
      problem.hidden = false;
    });
  }
}

function openContact() {
  openForm("Contact", [
    field({ name: "name", label: "Name", value: "Grace Hopper", required: true }),
    field({ name: "phone", label: "Phone", value: "+1 212-555-0142", inputmode: "tel" }),
    field({ name: "email", label: "E-mail", type: "email" }), field({ name: "company", label: "Company" }),
  ], "Send", async ({ name, phone, email, company }) => {
    const [first, ...rest] = name.trim().split(/\s+/);
    const digits = phone.replace(/\D/g, "");
    await dispatch({
      message: {
        type: "contacts",
        contacts: [{
          name: { formatted_name: name, first_name: first, last_name: rest.length ? rest.join(" ") : undefined },
          phones: digits ? [{ phone, wa_id: digits, type: "CELL" }] : undefined,
          emails: email ? [{ email, type: "WORK" }] : undefined, org: company ? { company } : undefined, origin: "other",
        }],
      },
    });
  });
}

document.body.append(picker);
picker.addEventListener("change", () => { if (picker.files[0]) offer(picker.files[0], wanted); });
byID("attach").append(icon("plus", 24));
byID("attach").addEventListener("click", openMenu);
byID("text").addEventListener("paste", (event) => {
  const file = event.clipboardData?.files[0];
  if (!file) return;
  event.preventDefault();
  offer(file, kindOf(file));
});
const chat = document.querySelector(".chat");
chat.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
chat.addEventListener("drop", (event) => {
  const file = event.dataTransfer.files[0];
  if (!file) return;
  event.preventDefault();
  offer(file, kindOf(file));
});
