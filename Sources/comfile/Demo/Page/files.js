// The files that examples send: a drawing of the moment, samples, or one that was chosen.

import { upload } from "./hub.js";

/** What each file of the examples is sent as. */
export const kinds = {
  picture: "image", photo: "image", video: "video", voice: "audio", audio: "audio", document: "document",
  sticker: "sticker", "sticker-animated": "sticker",
};
const samples = { audio: "voice" };

/** What the dialogue of the system offers first. */
export const accepted = { image: "image/jpeg,image/png", video: "video/mp4,video/3gpp", audio: "audio/*", document: "", sticker: "image/webp" };

/** Draws a picture, another one each time. */
export function draw(canvas) {
  const { width, height } = canvas;
  const pen = canvas.getContext("2d");
  const hue = Math.floor(Math.random() * 360);
  const sky = pen.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue} 60% 78%)`);
  sky.addColorStop(1, `hsl(${(hue + 50) % 360} 75% 92%)`);
  pen.fillStyle = sky;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = "#fff6d8";
  pen.beginPath();
  pen.arc(width * (0.2 + Math.random() * 0.6), height * 0.3, height * 0.12, 0, Math.PI * 2);
  pen.fill();
  for (let ridge = 0; ridge < 3; ridge += 1) {
    pen.fillStyle = `hsl(${(hue + 170) % 360} 35% ${52 - ridge * 14}%)`;
    pen.beginPath();
    pen.moveTo(0, height);
    const phase = Math.random() * 6;
    for (let x = 0; x <= width; x += 8) pen.lineTo(x, height * (0.52 + ridge * 0.15) + Math.sin(x / (90 - ridge * 20) + phase) * height * 0.07);
    pen.lineTo(width, height);
    pen.fill();
  }
  pen.fillStyle = "#ffffffd9";
  pen.font = `600 ${Math.round(height / 16)}px system-ui, sans-serif`;
  pen.fillText(new Date().toLocaleTimeString(), height / 16, height - height / 14);
}

const drawn = (canvas) => new Promise((resolve, reject) => {
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the browser cannot draw"))), "image/jpeg", 0.9);
});

async function sample(name) {
  const response = await fetch(`/samples/${samples[name] ?? name}`);
  if (!response.ok) throw new Error(`there is no sample of ${name}`);
  return response.blob();
}

/** Uploads a file of an example: `chosen` in its place if there is one. Returns the hub's id. */
export async function uploadFor(tenant, name, canvas, chosen) {
  if (chosen) return upload(tenant, chosen, kinds[name], chosen.name.replace(/[\\/]/g, "_").slice(0, 200));
  const file = name === "picture" ? await drawn(canvas) : await sample(name);
  return upload(tenant, file, kinds[name], name === "document" ? "Invoice 860198.pdf" : "");
}
