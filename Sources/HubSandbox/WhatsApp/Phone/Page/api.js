// Who holds the phone, and what the page asks of the sandbox.

const defaults = [
  { name: "Ada Lovelace", number: "+16505551234" },
  { name: "Grace Hopper", number: "+12125550142" },
  { name: "Konrad Zuse", number: "+4930123456" },
];

function recall() {
  try {
    const saved = JSON.parse(localStorage.getItem("sandbox-phone") ?? "{}");
    return typeof saved === "object" && saved !== null ? saved : {};
  } catch {
    return {};
  }
}

const saved = recall();
const query = new URLSearchParams(location.search);

/** The customer, and the business that is written to. */
export const me = {
  name: query.get("name") ?? saved.name ?? defaults[0].name,
  number: query.get("from") ?? saved.number ?? defaults[0].number,
  business: query.get("phone_number_id") ?? saved.business ?? "",
  // How much of them the business sees; empty: as the sandbox's rules say.
  userIDs: saved.userIDs ?? "",
  people: Array.isArray(saved.people) ? saved.people : defaults,
};

export function remember() {
  const others = me.people.filter((person) => person.number !== me.number);
  me.people = [{ name: me.name, number: me.number }, ...others].slice(0, 12);
  localStorage.setItem("sandbox-phone", JSON.stringify(me));
}

/** The business numbers there are. */
export let numbers = [];
export async function loadNumbers() {
  numbers = (await (await fetch("/phone/numbers")).json()).numbers;
  if (!numbers.some((number) => number.phone_number_id === me.business)) me.business = numbers[0]?.phone_number_id ?? "";
}
export const business = () => numbers.find((number) => number.phone_number_id === me.business);

async function answer(response) {
  const json = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(json.error?.message ?? `the sandbox answered ${response.status}`);
  return json;
}

const post = async (path, body) => answer(await fetch(path, {
  method: "POST", headers: { "content-type": "application/json" },
  body: JSON.stringify({ phone_number_id: me.business, from: me.number, name: me.name, ...body }),
}).catch(() => { throw new Error("the sandbox does not answer"); }));

/** Sends as the customer; takes what the control call `inbound` takes. Returns the message id. */
export async function send(body) {
  const identity = me.userIDs ? { user_ids: me.userIDs } : {};
  return (await post("/phone/messages", { ...identity, ...body })).id;
}

export const markRead = () => post("/phone/read", {});
export const markPlayed = (id) => post("/phone/played", { message_id: id });

/** Keeps a file for a message of that type. Returns its id. */
export async function upload(file, type) {
  const params = new URLSearchParams({ phone_number_id: me.business, type });
  const response = await fetch(`/phone/media?${params}`, {
    method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file,
  }).catch(() => { throw new Error("the file did not get through"); });
  return (await answer(response)).id;
}

export async function loadChats() {
  const response = await fetch(`/phone/chats?${new URLSearchParams({ from: me.number })}`);
  return (await answer(response)).chats;
}

export async function loadExamples() {
  return (await answer(await fetch("/_sandbox/whatsapp/inbound/examples"))).examples;
}

/** Follows the thread; the caller closes what it gets. */
export function follow(receive, lost) {
  const params = new URLSearchParams({ phone_number_id: me.business, from: me.number });
  const stream = new EventSource(`/phone/events?${params}`);
  stream.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  stream.addEventListener("error", lost);
  return stream;
}
