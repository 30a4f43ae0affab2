// What a tap on a button of the business does.

import { me, send } from "./api.js";
import { make } from "./dom.js";
import { openLocation } from "./attachments.js";
import { copy } from "./menu.js";
import { attempt, showProblem } from "./problem.js";
import { field, openForm, openMenu } from "./sheet.js";

/** Does what the button is for; everything that is sent quotes its message. */
export function press(button, message) {
  const answer = (content) => send({ message: content, reply_to: message.id });
  switch (button.kind) {
    case "reply":
      return attempt(() => answer(interactive("button_reply", { id: button.id, title: button.title })));
    case "quick_reply":
      return attempt(() => answer({ type: "button", button: { payload: button.payload, text: button.title } }));
    case "list": return openList(button, answer);
    case "flow": return openFlow(button, answer);
    case "location": return openLocation(message.id);
    case "contact": return openContactRequest(answer);
    case "call_permission": return openCallPermission(answer);
    case "address": return openAddress(button, answer);
    case "products": return openOrder(button, answer);
    case "copy": return copy(button.code ?? "");
    case "url": return showProblem("This button has no web address that can be opened.");
    default: return showProblem("The sandbox makes no calls.");
  }
}

const interactive = (type, content) => ({ type: "interactive", interactive: { type, [type]: content } });

function openList(button, answer) {
  const rows = new Map();
  const sections = button.sections.map((section) => make("fieldset", {},
    section.title && make("legend", {}, section.title),
    (section.rows ?? []).map((row) => {
      rows.set(row.id, row);
      return make("label", { class: "row" },
        make("span", {}, row.title, row.description && make("small", {}, row.description)),
        make("input", { type: "radio", name: "row", value: row.id, required: true }));
    })));
  openForm(button.title, sections, "Send", async ({ row: id }) => {
    const { title, description } = rows.get(id);
    await answer(interactive("list_reply", { id, title, description }));
  });
}

const asText = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/** The value that was typed, of the kind that was there before. */
function typed(text, before) {
  if (typeof before === "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function openFlow(button, answer) {
  const data = button.data && typeof button.data === "object" ? button.data : {};
  const fields = Object.entries(data).map(([name, value]) => field({ name: `data.${name}`, label: name, value: asText(value) }));
  const more = field({
    name: "more", label: fields.length ? "More answers, as JSON" : "Your answers, as JSON", type: "textarea",
    value: fields.length ? "{}" : '{"comment": "Thank you"}', hint: button.screen ? `The flow starts at ${button.screen}.` : undefined,
  });
  openForm(button.title, [...fields, more], "Send", async (values) => {
    const given = Object.keys(data).map((name) => [name, typed(values[`data.${name}`], data[name])]);
    let rest;
    try {
      rest = JSON.parse(values.more);
    } catch {
      throw new Error("The answers are not valid JSON.");
    }
    if (typeof rest !== "object" || rest === null || Array.isArray(rest)) throw new Error("The answers must be a JSON object.");
    const token = button.token ? { flow_token: button.token } : {};
    const answers = JSON.stringify({ ...token, ...Object.fromEntries(given), ...rest });
    await answer(interactive("nfm_reply", { response_json: answers, body: "Sent", name: "flow" }));
  });
}

function openContactRequest(answer) {
  const digits = me.number.replace(/\D/g, "");
  openForm("Share your number?", [make("p", {}, `The business gets ${me.number}.`)], "Share", async () => {
    await answer({
      type: "contacts", contacts: [{ phones: [{ phone: `+${digits}`, wa_id: digits, type: "CELL" }], origin: "contact_request" }],
    });
  });
}

function openCallPermission(answer) {
  const reply = (response, more = {}) => attempt(() =>
    answer(interactive("call_permission_reply", { response, ...more, response_source: "user_action" })));
  openMenu("May they call you?", [
    {
      icon: "phone", title: "Allow calls for 7 days",
      run: () => reply("accept", { expiration_timestamp: Math.floor(Date.now() / 1000) + 7 * 86400 }),
    },
    { icon: "close", title: "Don't allow", run: () => reply("reject") },
  ]);
}

function openAddress(button, answer) {
  const known = button.values ?? {};
  const code = button.country === "SG" ? "sg_post_code" : "in_pin_code";
  const wanted = {
    name: ["Name", me.name], phone_number: ["Phone", me.number], address: ["Address", ""], city: ["City", ""], [code]: ["Post code", ""],
  };
  const fields = Object.entries(wanted).map(([name, [label, value]]) => field({ name, label, value: known[name] ?? value, required: true }));
  openForm("Your address", fields, "Send", async (values) => {
    await answer(interactive("nfm_reply", {
      response_json: JSON.stringify({ values }), body: Object.values(values).join("\n"), name: "address_message",
    }));
  });
}

/** A counter with two buttons. */
function stepper(item) {
  const count = make("input", { type: "number", name: `count.${item}`, value: "0", min: 0, max: 999, "aria-label": `How many of ${item}` });
  const step = (by) => { count.value = Math.max(0, (Number(count.value) || 0) + by); };
  return make("div", { class: "stepper" },
    make("button", { type: "button", class: "round plain", "aria-label": `One ${item} less`, click: () => step(-1) }, "−"), count,
    make("button", { type: "button", class: "round plain", "aria-label": `One ${item} more`, click: () => step(1) }, "+"));
}

/** Chooses products of a catalogue and orders them. */
export function openOrder(button, answer) {
  const items = (button.sections ?? []).flatMap((section) => (section.product_items ?? []).map((item) => item.product_retailer_id));
  const products = [...new Set(items.filter(Boolean))];
  const list = products.map((item) => make("div", { class: "product" }, make("span", {}, item), stepper(item)));
  const other = [
    field({ name: "other", label: products.length ? "Another product (its id)" : "Product (its id)", value: products.length ? "" : "garden-chair-7" }),
    field({ name: "price", label: "Price of each, in USD", value: "25", type: "number", step: "0.01", min: 0, inputmode: "decimal" }),
    field({ name: "text", label: "A word to the business" }),
  ];
  const sheet = openForm("Order", [...list, ...other], "Send order", async (values) => {
    const chosen = products.map((item) => [item, Number(values[`count.${item}`])]).filter(([, count]) => count > 0);
    if (values.other.trim()) chosen.push([values.other.trim(), 1]);
    if (!chosen.length) throw new Error("Choose at least one product.");
    await answer({
      type: "order",
      order: {
        catalog_id: button.catalog_id ?? "194836987003835", text: values.text,
        product_items: chosen.map(([product_retailer_id, quantity]) => (
          { product_retailer_id, quantity, item_price: Number(values.price) || 0, currency: "USD" })),
      },
    });
  });
  const first = sheet.querySelector(".stepper input");
  if (first && products.length === 1) first.value = 1;
}
