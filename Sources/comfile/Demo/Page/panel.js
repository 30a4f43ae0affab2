// The panel that sends: to whom, what, and what the hub says of it.

import { byID, make } from "./dom.js";
import { accepted, draw, kinds, uploadFor } from "./files.js";
import { get, post } from "./hub.js";
import { lastMessage, people, windowWords } from "./people.js";
import { sent } from "./shown.js";

const other = "other";
const placeholder = /^\{\{([a-z-]+)\}\}$/;
let examples = [];
let known = [];
let channels = [];
let isBusy = false;
/** Of the last send, whose statuses are told. */
let watched;

const tenant = () => byID("tenant").value;
const person = () => known.find((one) => one.id === byID("person").value);
const example = () => examples.find((one) => one.id === byID("kind").value);

// MARK: To whom

async function loadPeople(wanted) {
  const asked = tenant();
  const [found, list] = await Promise.all([people(asked), get(asked, "channels")]).catch(() => [[], { data: [] }]);
  // Somebody may have changed the tenant meanwhile.
  if (asked !== tenant()) return;
  const chosen = wanted ?? byID("person").value;
  [known, channels] = [found, list.data];
  byID("person").replaceChildren(
    ...known.map((one) => make("option", { value: one.id }, one.label)), make("option", { value: other }, "Another number…"));
  byID("person").value = known.some((one) => one.id === chosen) || chosen === other ? chosen : known[0]?.id ?? other;
  showPerson();
}

function showPerson() {
  const one = person();
  byID("number-row").hidden = one !== undefined;
  const { isOpen, text } = windowWords(one);
  byID("window").textContent = text;
  byID("window").classList.toggle("closed", !isOpen);
  for (const id of ["read", "block", "unblock"]) byID(id).disabled = !one;
}

// MARK: What

const request = () => JSON.parse(byID("request").value);
const show = (message) => { byID("request").value = JSON.stringify(message, null, 2); };
const fieldOf = (message) => example().field?.reduce((value, name) => value?.[name], message);

function setField(text) {
  let message;
  try {
    message = request();
  } catch {
    return;
  }
  const path = example().field;
  const parent = path.slice(0, -1).reduce((value, name) => value?.[name], message);
  if (!parent) return;
  parent[path.at(-1)] = text;
  show(message);
}

/** The names of the files and messages that a request speaks of. */
function names(value, found = new Set()) {
  if (typeof value === "string") {
    const match = placeholder.exec(value);
    if (match) found.add(match[1]);
  } else if (value !== null && typeof value === "object") {
    for (const inner of Object.values(value)) names(inner, found);
  }
  return found;
}

function showExample() {
  const { message, field, file } = example();
  show(message);
  byID("field-row").hidden = !field;
  byID("field-name").textContent = { caption: "Caption", emoji: "Emoji", name: "Name", formatted_name: "Name" }[field?.at(-1)] ?? "Text";
  byID("field").value = fieldOf(message) ?? "";
  byID("file").value = "";
  byID("files").hidden = !file;
  if (file) showFile(file);
}

function showFile(file) {
  const isDrawn = file === "picture";
  byID("drawing").hidden = !isDrawn;
  byID("sample").hidden = isDrawn;
  byID("sample").textContent = `Without a file of your own, a sample is sent.`;
  byID("file").accept = accepted[kinds[file]];
}

/** A document is called as the file that was chosen. */
function nameFile() {
  const chosen = byID("file").files[0];
  if (!chosen || example().file !== "document") return;
  const message = request();
  const media = message.document ?? message.template?.components?.[0]?.parameters?.[0]?.document;
  if (media) media.filename = chosen.name;
  show(message);
}

// MARK: Sending

async function resolved(message) {
  const values = new Map();
  for (const name of names(message)) {
    if (name === "message") {
      const id = await lastMessage(tenant(), person());
      if (!id) throw new Error("They have not written anything that could be answered.");
      values.set(name, id);
    } else if (kinds[name]) {
      const chosen = example().file === name ? byID("file").files[0] : undefined;
      values.set(name, await uploadFor(tenant(), name, byID("canvas"), chosen));
    }
  }
  return JSON.parse(JSON.stringify(message), (_, value) => {
    const name = typeof value === "string" ? placeholder.exec(value)?.[1] : undefined;
    return values.get(name) ?? value;
  });
}

async function send() {
  let message;
  try {
    message = request();
  } catch (error) {
    throw new Error(`The request is no JSON: ${error.message}`);
  }
  tell("waiting", "Sending…");
  const one = person();
  const whole = { channel: one?.channel ?? channels[0]?.name, to: one?.id ?? byID("number").value.trim(), ...(await resolved(message)) };
  watched = undefined;
  const answer = await post(tenant(), "messages", whole);
  watched = answer.id;
  sent.set(answer.id, example().title);
  tell("good", `Accepted: ${example().title}`, make("p", { class: "status" }, "queued"), make("code", {}, answer.id));
}

// MARK: What came of it

function tell(kind, title, ...more) {
  byID("outcome").className = `outcome ${kind}`;
  byID("outcome").hidden = false;
  byID("outcome").replaceChildren(make("strong", {}, title), ...more.filter(Boolean));
  byID("outcome").scrollIntoView({ block: "nearest" });
}

function tellProblem(error) {
  const problem = error.problem ?? {};
  const title = error.status ? `Refused: ${error.status} ${problem.code ?? problem.title ?? ""}` : "Not sent";
  const errors = (problem.errors ?? []).map(({ pointer, detail }) => make("li", {}, make("code", {}, pointer || "/"), ` ${detail}`));
  const provider = problem.provider ? `${problem.provider.code ?? ""} ${problem.provider.title ?? ""}` : undefined;
  tell("bad", title, make("p", {}, error.message), provider && make("p", {}, provider), errors.length > 0 && make("ul", {}, errors));
}

/** Runs one thing at a time, and tells what was wrong with it. */
async function attempt(action) {
  if (isBusy) return;
  isBusy = true;
  byID("form").setAttribute("aria-busy", "true");
  try {
    await action();
  } catch (error) {
    tellProblem(error);
  } finally {
    isBusy = false;
    byID("form").removeAttribute("aria-busy");
  }
}

function follow({ detail: { tenant: whose, event } }) {
  const status = byID("outcome").querySelector(".status");
  if (event.type === "message.status" && event.data?.message_id === watched && status) {
    const { status: state, error } = event.data;
    status.textContent = [state, error && `${error.title} (${error.code})`].filter(Boolean).join(": ");
    if (state === "failed") byID("outcome").className = "outcome bad";
  }
  if (whose === tenant() && ["message.received", "message.echoed", "contact.updated"].includes(event.type)) loadPeople();
}

// MARK: For this person

async function markRead() {
  const one = person();
  const id = await lastMessage(tenant(), one);
  if (!id) throw new Error("There is no message of theirs.");
  await post(tenant(), `messages/${id}/read`, { typing: true });
  tell("good", "Marked as read", make("p", {}, `${one.name} sees that you write.`));
}

async function setBlocked(isBlocked) {
  const one = person();
  await post(tenant(), `contacts/${one.id}/${isBlocked ? "block" : "unblock"}`, { channel: one.channel });
  tell("good", isBlocked ? "Blocked" : "Not blocked", make("p", {}, `${one.name} can ${isBlocked ? "no longer" : ""} write to you.`.replace("  ", " ")));
}

async function answer({ detail }) {
  byID("panel").open = true;
  byID("tenant").value = detail.tenant;
  await loadPeople(detail.contact);
  const element = byID("field-row").hidden ? byID("kind") : byID("field");
  element.focus();
  element.scrollIntoView({ block: "center" });
}

// MARK: Start

export async function start() {
  byID("panel").open = matchMedia("(min-width: 860px)").matches;
  examples = await (await fetch("/assets/examples.json")).json();
  for (const [group, members] of Map.groupBy(examples, (one) => one.group)) {
    byID("kind").append(make("optgroup", { label: group }, members.map((one) => make("option", { value: one.id }, one.title))));
  }
  draw(byID("canvas"));
  showExample();
  byID("tenant").addEventListener("change", () => loadPeople());
  byID("person").addEventListener("change", showPerson);
  byID("kind").addEventListener("change", showExample);
  byID("field").addEventListener("input", () => setField(byID("field").value));
  byID("request").addEventListener("input", () => {
    try {
      byID("field").value = fieldOf(request()) ?? "";
    } catch { /* It is being written. */ }
  });
  byID("draw").addEventListener("click", () => draw(byID("canvas")));
  byID("file").addEventListener("change", nameFile);
  byID("form").addEventListener("submit", (event) => { event.preventDefault(); attempt(send); });
  byID("read").addEventListener("click", () => attempt(markRead));
  byID("block").addEventListener("click", () => attempt(() => setBlocked(true)));
  byID("unblock").addEventListener("click", () => attempt(() => setBlocked(false)));
  document.addEventListener("arrival", follow);
  document.addEventListener("answer", answer);
  setInterval(showPerson, 20000);
  await loadPeople();
}
