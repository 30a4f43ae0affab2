// The list of chats, and who holds the phone.

import { loadChats, me, remember } from "./api.js";
import { byID, icon, initials, make } from "./dom.js";
import { field, openForm, openSheet } from "./sheet.js";

const device = byID("device");
let planned;

/** Reads the list again, soon: events come in bursts. */
export function refreshChats() {
  if (planned) return;
  planned = setTimeout(async () => {
    planned = undefined;
    draw(await loadChats().catch(() => []));
  }, 120);
}

export function showPerson() {
  byID("person-name").textContent = me.name;
  byID("person-avatar").textContent = initials(me.name);
  byID("person").title = `${me.number}: change who holds the phone`;
}

function draw(chats) {
  byID("chat-list").replaceChildren(...chats.map((chat) => {
    const open = chat.phone_number_id === me.business;
    const last = chat.last;
    const summary = last ? `${last.from_customer ? "You: " : ""}${last.deleted ? "This message was deleted" : last.summary}` : "Say hello";
    const time = last && new Date(last.time * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    return make("li", {}, make("button", {
      type: "button", "aria-current": open ? "true" : undefined, "data-business": chat.phone_number_id, click: () => openChat(chat.phone_number_id),
    },
    make("span", { class: "avatar", "aria-hidden": "true" }, initials(chat.name)),
    make("span", { class: "chat-text" }, make("strong", {}, chat.name), make("span", {}, summary)),
    make("span", { class: "chat-side" }, time && make("time", {}, time),
      chat.unread > 0 && make("span", { class: "unread", "aria-label": `${chat.unread} unread` }, String(chat.unread)))));
  }));
  const others = chats.filter((chat) => chat.phone_number_id !== me.business).reduce((sum, chat) => sum + chat.unread, 0);
  byID("back").dataset.unread = others || "";
}

function openChat(phoneNumberID) {
  device.dataset.view = "chat";
  if (phoneNumberID !== me.business) {
    me.business = phoneNumberID;
    dispatchEvent(new Event("customer-changed"));
  }
  dispatchEvent(new Event("view-changed"));
}

function openPeople() {
  const list = make("ul", { class: "menu" }, me.people.map((person) => make("li", {}, make("button", {
    type: "button", "aria-current": person.number === me.number ? "true" : undefined,
    click: () => { sheet.close(); become(person); },
  }, make("span", { class: "avatar small", "aria-hidden": "true" }, initials(person.name)), make("span", {}, person.name, make("small", {}, person.number))))));
  const add = make("button", { type: "button", class: "quiet", click: () => { sheet.close(); openPerson(); } }, icon("plus", 18), "Somebody else");
  const sheet = openSheet("Who holds the phone?", list, add);
}

function openPerson() {
  openForm("Somebody else", [
    field({ name: "name", label: "Name", required: true }),
    field({ name: "number", label: "Number, with + and country code", value: "+", inputmode: "tel", required: true }),
  ], "Done", async ({ name, number }) => {
    const digits = number.replace(/\D/g, "");
    if (digits.length < 5 || digits.length > 15) throw new Error("A number has 5 to 15 digits.");
    become({ name: name.trim(), number: `+${digits}` });
  });
}

function become(person) {
  me.name = person.name;
  me.number = person.number;
  remember();
  dispatchEvent(new Event("customer-changed"));
}

byID("back").append(icon("back", 24));
byID("back").addEventListener("click", () => {
  device.dataset.view = "chats";
  byID("chat-list").querySelector("[aria-current]")?.focus();
});
byID("person").addEventListener("click", openPeople);
