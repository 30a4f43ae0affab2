// Where the page says what went wrong.

import { byID } from "./dom.js";

let ends;

/** Shows a problem above the composer for a while. */
export function showProblem(text) {
  const problem = byID("problem");
  problem.textContent = text;
  problem.hidden = false;
  clearTimeout(ends);
  ends = setTimeout(() => { problem.hidden = true; }, 8000);
}

export function endProblem() {
  byID("problem").hidden = true;
}

/** Runs something that may fail, and shows the reason when it does. Returns whether it went well. */
export async function attempt(work) {
  try {
    await work();
    endProblem();
    return true;
  } catch (error) {
    showProblem(error.message);
    return false;
  }
}
