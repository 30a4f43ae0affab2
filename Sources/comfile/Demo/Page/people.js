// Who wrote to a tenant, and how each can be answered.

import { all, get } from "./hub.js";

/** The people of a tenant, those with the newest message first. */
export async function people(tenant) {
  const [conversations, contacts] = await Promise.all([all(tenant, "conversations"), all(tenant, "contacts")]);
  const byID = new Map(contacts.map((contact) => [contact.id, contact]));
  const newest = conversations.toSorted((one, two) => two.last_message_at.localeCompare(one.last_message_at));
  return newest.map((conversation) => {
    const contact = byID.get(conversation.contact_id);
    const identities = contact?.identities ?? [];
    const phone = identities.find((identity) => identity.kind === "phone")?.value;
    const name = contact?.name ?? contact?.username ?? phone ?? identities[0]?.value ?? "Somebody";
    return {
      id: conversation.contact_id, name, phone, conversation: conversation.id, channel: conversation.channel,
      closes: conversation.window_closes_at, label: phone && phone !== name ? `${name}, ${phone}` : name,
    };
  });
}

/** The id of the last message that a person wrote, if it is among the newest. */
export async function lastMessage(tenant, person) {
  if (!person) return undefined;
  const page = await get(tenant, `conversations/${person.conversation}/messages?limit=200`);
  const passing = new Set(["reaction", "edit", "revoke", "system", "call", "request_welcome"]);
  return page.data.find((message) => message.direction === "inbound" && !passing.has(message.type))?.id;
}

/** Until when a person can be answered freely, in words. */
export function windowWords(person) {
  if (!person) return { isOpen: false, text: "Only a template reaches somebody who has not written yet." };
  const left = person.closes ? new Date(person.closes) - Date.now() : 0;
  if (left <= 0) {
    const text = person.closes ? "The window for free answers is closed: only a template can be sent." : "They have not written yet: only a template can be sent.";
    return { isOpen: false, text };
  }
  const minutes = Math.max(1, Math.floor(left / 60000));
  const span = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const time = new Date(person.closes).toLocaleString([], { weekday: "short", hour: "2-digit", minute: "2-digit" });
  return { isOpen: true, text: `Free answers until ${time} (${span} left).` };
}
