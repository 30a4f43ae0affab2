// Sheets that slide in from below (or stand in the middle of a wide window): menus, lists and forms.

import { icon, make } from "./dom.js";

/** Opens a sheet and returns its element; Escape, a tap beside it and the cross close it. */
export function openSheet(title, ...content) {
  const heading = make("h3", { id: "sheet-title" }, title);
  const close = make("button", { type: "button", class: "round plain", "aria-label": "Close", click: () => sheet.close() }, icon("close"));
  const sheet = make("dialog", { class: "sheet", "aria-labelledby": "sheet-title" }, make("header", {}, heading, close), ...content);
  sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  sheet.addEventListener("close", () => sheet.remove());
  document.body.append(sheet);
  sheet.showModal();
  return sheet;
}

/** A menu of actions: `[{ icon, title, about, run }]`. */
export function menuOf(actions, close) {
  return make("ul", { class: "menu" }, actions.map((action) => make("li", {},
    make("button", { type: "button", class: action.danger ? "danger" : null, click: () => { close(); action.run(); } },
      icon(action.icon), make("span", {}, action.title, action.about && make("small", {}, action.about))))));
}

export function openMenu(title, actions) {
  const sheet = openSheet(title, menuOf(actions, () => sheet.close()));
  return sheet;
}

/** One field of a form: `{ name, label, value, type, options, rows, required, hint, inputmode }`. */
export function field(options) {
  const { name, label, value = "", type = "text", hint } = options;
  const common = { name, value, required: options.required, inputmode: options.inputmode, step: options.step, min: options.min };
  let control;
  if (type === "select") {
    control = make("select", { name }, options.options.map(([key, text]) => make("option", { value: key, selected: key === value }, text)));
    control.value = value;
  } else if (type === "textarea") {
    control = make("textarea", { ...common, rows: options.rows ?? 3 });
  } else {
    control = make("input", { ...common, type });
  }
  return make("label", { class: "field" }, make("span", {}, label), control, hint && make("small", {}, hint));
}

/**
 * Opens a form. `submit` gets the values by name; what it throws is shown and the form stays.
 * Children are fields or anything else.
 */
export function openForm(title, children, button, submit) {
  const problem = make("p", { class: "problem", role: "alert", hidden: true });
  const done = make("button", { type: "submit", class: "wide" }, button);
  const form = make("form", { class: "form" }, children, problem, done);
  const sheet = openSheet(title, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (done.disabled) return;
    done.disabled = true;
    problem.hidden = true;
    try {
      await submit(Object.fromEntries(new FormData(form)), form);
      sheet.close();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    } finally {
      done.disabled = false;
    }
  });
  form.querySelector("input, select, textarea")?.focus();
  return sheet;
}
