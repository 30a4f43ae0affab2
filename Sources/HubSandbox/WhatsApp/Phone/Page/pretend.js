// "Act as if": what the next message pretends, and ready-made messages of every type.

import { loadExamples, me, remember, send } from "./api.js";
import { announce, byID, icon, make } from "./dom.js";
import { field, openForm, openMenu, openSheet } from "./sheet.js";
import { showProblem } from "./problem.js";

const choices = {
  ad: { title: "clicked on an ad", about: "with a referral and a click id", members: { referral: true } },
  ad_status: {
    title: "clicked on an ad in Status", about: "a referral without a click id",
    members: {
      referral: {
        source_url: "https://fb.me/3cr4Wqqkv", source_id: "120226305854810726", source_type: "ad",
        body: "Chairs that stay outside all year.", headline: "20 % off garden chairs", media_type: "image",
      },
    },
  },
  forwarded: { title: "forwarded", about: "it was somebody else's message", members: { forwarded: true } },
  frequently_forwarded: { title: "forwarded many times", about: "a chain letter", members: { frequently_forwarded: true } },
  product: { title: "about a product", about: "asked from the catalogue", members: { referred_product: true } },
  group: { title: "in a group", about: "with a group id", members: { group_id: "Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAz" } },
  unknown: {
    title: "quoting an unknown message", about: "one that the business never sent by the API",
    members: { reply_to: "wamid.HBgLMTY1MDU1NTEyMzQVAgARGBIwMDAwMDAwMDAwMDAwMDAwMDAA" },
  },
};

let pretended;

/** The members that the next message gets. */
export const pretendedMembers = () => (pretended ? choices[pretended].members : {});

export function endPretending() {
  pretended = undefined;
  byID("pretending").hidden = true;
}

function pretend(name) {
  pretended = name;
  byID("pretending-text").textContent = `Next message: as if ${choices[name].title}`;
  byID("pretending").hidden = false;
  byID("text").focus();
}

/** The menu behind the mask. */
export function openPretend() {
  openMenu("Act as if…", [
    { icon: "contact", title: "Who you are to the business", about: "phone number, username, user id", run: openIdentity },
    ...Object.entries(choices).map(([name, choice]) => (
      { icon: "mask", title: `Next message: ${choice.title}`, about: choice.about, run: () => pretend(name) })),
    { icon: "list", title: "Send an example", about: "one of every shape that WhatsApp has", run: openExamples },
    { icon: "phone", title: "Change your number", about: "the business gets a system message", run: openNumberChange },
  ]);
}

const modes = [
  ["", "as the sandbox's rules say"], ["no_username", "a phone number and a user id"],
  ["username_only", "a username, no phone number"], ["username_and_phone", "a username and a phone number"],
  ["parent", "a phone number and a parent user id"],
];

function openIdentity() {
  openForm("Who you are to the business", [
    field({ name: "mode", label: "The business sees", type: "select", options: modes, value: me.userIDs }),
  ], "Done", ({ mode }) => {
    me.userIDs = mode;
    remember();
  });
}

async function openExamples() {
  let examples;
  try {
    examples = await loadExamples();
  } catch (error) {
    showProblem(error.message);
    return;
  }
  const list = make("ul", { class: "menu dense" });
  const sheet = openSheet("Send an example", list);
  list.append(...examples.map((example) => make("li", {}, make("button", {
    type: "button",
    click: async () => {
      sheet.close();
      try {
        await send({ example: example.name });
        announce(`Sent: ${example.about}`);
      } catch (error) {
        showProblem(error.message);
      }
    },
  }, make("span", {}, make("code", {}, example.name), make("small", {}, example.about))))));
}

function openNumberChange() {
  openForm("Change your number", [
    field({ name: "number", label: "New number", value: me.number, inputmode: "tel", required: true }),
  ], "Change", async ({ number }) => {
    const old = me.number.replace(/\D/g, ""), digits = number.replace(/\D/g, "");
    if (!digits || digits === old) throw new Error("That is the number you have.");
    await send({
      message: {
        type: "system",
        system: { body: `User A changed from ${old} to ${digits}`, wa_id: digits, type: "user_changed_number" },
      },
    });
    me.people = me.people.filter((person) => person.number !== me.number);
    me.number = `+${digits}`;
    dispatchEvent(new Event("customer-changed"));
  });
}

byID("pretend").append(icon("mask"));
byID("pretending-end").append(icon("close", 18));
byID("pretend").addEventListener("click", openPretend);
byID("pretending-end").addEventListener("click", endPretending);
