// The events that the hub delivered, the newest first.

import { byID, clockTime, make } from "./dom.js";
import { newArrivals } from "./hub.js";
import { mediaNews, parts, sent } from "./shown.js";

const pause = 700;
const shown = 500;
let last = 0;

const big = new Set(["message.received", "message.echoed", "channel.alert", "system.alert"]);

function item({ tenant, event, summary, notes }) {
  const alert = event.type.endsWith(".alert");
  const failed = event.data?.status === "failed" || event.data?.media?.state === "failed";
  const kind = alert ? "alert" : failed ? "failed" : big.has(event.type) ? "" : "small";
  const contact = event.data?.contact?.id;
  const title = sent.get(event.data?.message_id);
  const said = title ? [...notes, title] : notes;
  const answerable = event.type === "message.received" && contact;
  return make("li", { class: kind, "data-event": event.id, "data-type": event.type, "data-tenant": tenant },
    make("div", { class: "head" },
      make("span", { class: `tenant ${tenant}` }, tenant), make("span", { class: "type" }, event.type),
      make("time", { datetime: event.occurred_at }, clockTime(event.occurred_at))),
    make("p", { class: "summary" }, summary.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd")),
    said.length > 0 && make("ul", { class: "notes" }, said.map((note) => make("li", {}, note))),
    parts(tenant, event),
    make("div", { class: "foot" },
      answerable && make("button", {
        type: "button", class: "plain answer",
        click: () => document.dispatchEvent(new CustomEvent("answer", { detail: { tenant, contact } })),
      }, "Answer"),
      make("details", {}, make("summary", {}, "The event"), make("pre", { tabindex: 0 }, JSON.stringify(event, null, 2)))));
}

async function poll(isFirst) {
  try {
    const arrivals = await newArrivals(last);
    const list = byID("list");
    for (const arrival of arrivals) {
      // The first ever, or the first after the demo was started anew.
      if (last === 0 || arrival.number <= last) list.replaceChildren();
      last = arrival.number;
      list.prepend(item(arrival));
      if (arrival.event.type === "media.updated") mediaNews(arrival.tenant, arrival.event.data?.media);
      if (!isFirst) document.dispatchEvent(new CustomEvent("arrival", { detail: arrival }));
    }
    while (list.childElementCount > shown) list.lastElementChild.remove();
    const told = arrivals.findLast((arrival) => big.has(arrival.event.type));
    if (told && !isFirst) byID("announce").textContent = `${told.tenant}: ${told.summary}`;
    setTimeout(poll, pause, false);
  } catch {
    // The demo was stopped: it may come again.
    setTimeout(poll, 3 * pause, isFirst);
  }
}

export const start = () => poll(true);
