// Small helpers to make elements. Text only ever becomes text: nothing that anybody wrote is read as HTML.

export const byID = (id) => document.getElementById(id);

/** Makes an element: attributes (functions become listeners, `class` and `hidden` as expected), then children. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else if (name === "class") node.className = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

const shapes = {
  back: "M15 5l-7 7 7 7", close: "M6 6l12 12M18 6L6 18", more: "M12 5.5v.01M12 12v.01M12 18.5v.01", down: "M6 9.5l6 6 6-6",
  plus: "M12 5v14M5 12h14", minus: "M5 12h14", send: "M4 12l16-8-5.5 16-3-6.5z",
  mic: "M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5M5.8 11.5a6.2 6.2 0 0 0 12.4 0M12 17.7v3",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 13h8.4L17 7", reply: "M10 6l-6 6 6 6M4.5 12H14a6 6 0 0 1 6 6v1",
  forward: "M14 6l6 6-6 6M19.5 12H10a6 6 0 0 0-6 6v1", edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1", image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M15.5 9v.01",
  video: "M3.5 6.5h12v11h-12zM15.5 11l5-3v8l-5-3", document: "M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 15.5h5",
  sticker: "M5 4h14v9l-6 7H5zM13 20v-7h6", location: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11M12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6",
  contact: "M12 11.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4M5 20c.8-3.8 3.4-5.7 7-5.7s6.2 1.9 7 5.7",
  cart: "M3.5 4.5h2.6l2 10.5h9.5l2-7.5H7M9.5 19.5v.01M16.5 19.5v.01", list: "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5v.01M4.5 12v.01M4.5 17.5v.01",
  link: "M14 4.5h5.5V10M19 5l-8 8M17 13.5v6H4.5V7h6", phone: "M6 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 6 6l1.5-2 4.5 1.5v3c0 1-1 2-2 2A15.5 15.5 0 0 1 4 5.5c0-1 1-2 2-2",
  form: "M6 3.5h12v17H6zM9 8h6M9 12h6M9 16h3", smile: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M8.5 14a4.4 4.4 0 0 0 7 0M9 9.5v.01M15 9.5v.01",
  music: "M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0V5l10-2v12.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0",
  mask: "M4 6.5c5 2 11 2 16 0 0 7-3 11.5-8 12.5C7 18 4 13.5 4 6.5M8 10.5h2.5M13.5 10.5H16",
};

/** A line drawing in the colour of the text around it. */
export function icon(name, size = 22) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  const attributes = { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", class: "icon" };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  path.setAttribute("d", shapes[name] ?? "");
  svg.append(path);
  return svg;
}

/** The first letters of a name, for a round picture. */
export const initials = (name) => (name.match(/[\p{L}\p{N}]+/gu) ?? ["?"]).slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();

/** A web address if that is what it is: nothing else becomes a link. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

export const outside = (href, ...children) =>
  make("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);

const marks = [
  [/```([\s\S]+?)```/, "code"], [/(?<![\p{L}\p{N}*])\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}*])/u, "strong"],
  [/(?<![\p{L}\p{N}_])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}_])/u, "em"],
  [/(?<![\p{L}\p{N}~])~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}~])/u, "s"],
];

/** A text with WhatsApp's marks (*bold*, _italic_, ~struck~, ```code```) and web addresses, as nodes. */
export function richText(text, depth = 0) {
  if (depth > 3) return [text];
  let first;
  for (const [pattern, tag] of marks) {
    const match = pattern.exec(text);
    if (match && (!first || match.index < first.match.index)) first = { match, tag };
  }
  const web = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]']/.exec(text);
  if (web && (!first || web.index < first.match.index)) first = { match: web, tag: "a" };
  if (!first) return text ? [text] : [];
  const { match, tag } = first;
  const address = tag === "a" ? webAddress(match[0]) : undefined;
  const inner = tag === "code" ? [match[1]] : tag === "a" ? [match[0]] : richText(match[1], depth + 1);
  const node = address ? outside(address, ...inner) : tag === "a" ? match[0] : make(tag, {}, ...inner);
  return [text.slice(0, match.index), node, ...richText(text.slice(match.index + match[0].length), depth)].filter((part) => part !== "");
}

/** Says something to those who listen rather than look. */
export function announce(text) {
  byID("announce").textContent = text;
}
