// Voice messages: recorded where the browser can write a format that WhatsApp has, else chosen as a file.

import { send, upload } from "./api.js";
import { around, sent } from "./composer.js";
import { byID, icon } from "./dom.js";
import { attempt, showProblem } from "./problem.js";

// WhatsApp's own first; what it is called in the webhook beside it.
const formats = [["audio/ogg;codecs=opus", "audio/ogg; codecs=opus"], ["audio/mp4", "audio/mp4"], ["audio/aac", "audio/aac"]];
const longest = 15 * 60 * 1000;

let recorder, parts, started, ticking;

const format = () => formats.find(([type]) => globalThis.MediaRecorder?.isTypeSupported(type));

async function start() {
  if (!format() || !navigator.mediaDevices) {
    showProblem("This browser records no format that WhatsApp has. Use “Voice file” or a sample behind the plus.");
    return;
  }
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    showProblem("The microphone is not to be had. Use “Voice file” or a sample behind the plus.");
    return;
  }
  parts = [];
  recorder = new MediaRecorder(stream, { mimeType: format()[0] });
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.start();
  started = Date.now();
  show(true);
  ticking = setInterval(tick, 200);
  byID("record-send").focus();
}

function tick() {
  const seconds = Math.floor((Date.now() - started) / 1000);
  byID("record-time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (Date.now() - started > longest) finish(true);
}

function show(on) {
  byID("write").hidden = on;
  byID("recording").hidden = !on;
  byID("record-time").textContent = "0:00";
}

async function finish(keep) {
  const current = recorder;
  if (!current) return;
  recorder = undefined;
  clearInterval(ticking);
  const stopped = new Promise((done) => current.addEventListener("stop", done, { once: true }));
  current.stop();
  await stopped;
  for (const track of current.stream.getTracks()) track.stop();
  show(false);
  byID("text").focus();
  if (!keep) return;
  const blob = new Blob(parts, { type: format()[1] });
  await attempt(async () => {
    const media = await upload(blob, "audio");
    await send({ type: "voice", media_id: media, ...around() });
    sent();
  });
}

byID("record").append(icon("mic"));
byID("record-cancel").append(icon("trash"));
byID("record-send").append(icon("send"));
byID("record").addEventListener("click", start);
byID("record-cancel").addEventListener("click", () => finish(false));
byID("record-send").addEventListener("click", () => finish(true));
