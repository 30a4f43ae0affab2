// Puts the page together: one customer's chats with the businesses of the sandbox.

import { business, follow, loadNumbers, me, remember } from "./api.js";
import "./attachments.js";
import { refreshChats, showPerson } from "./chats.js";
import { endQuote } from "./composer.js";
import { byID, initials } from "./dom.js";
import { endPretending } from "./pretend.js";
import { showProblem } from "./problem.js";
import "./recorder.js";
import { clear, look, receive, setPresence } from "./thread.js";

let stream;

function connect() {
  stream?.close();
  remember();
  clear();
  endQuote();
  endPretending();
  showPerson();
  const name = business()?.name ?? "?";
  byID("business-name").textContent = name;
  byID("avatar").textContent = initials(name);
  setPresence("connecting…");
  stream = follow((event) => {
    receive(event);
    refreshChats();
  }, () => setPresence("connecting…"));
  refreshChats();
}

addEventListener("customer-changed", connect);
addEventListener("view-changed", look);

try {
  await loadNumbers();
  connect();
} catch {
  showProblem("The sandbox does not answer; reload the page when it runs again.");
}
