// Notices to the person: the line that shows them, the words of errors, pauses.

import { _ } from "./translation.js";

const message = document.querySelector("#message");

// Sets a text only if it changes: a screen reader announces a live region whenever it is set.
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function say(text, wrong = false) {
  write(message, text);
  message.classList.toggle("wrong", wrong);
}

const BRIEFLY_SECONDS = 10;

// Says what is of use for a moment, unless something else is said meanwhile.
export async function sayBriefly(text) {
  say(text);
  await pause(BRIEFLY_SECONDS);
  if (message.textContent === text) say("");
}

export const UNREACHABLE = _("The server cannot be reached. Please try again.");

export const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

// Returns the sentence of a refusal, whose body is a problem unless something between us and the server answered.
export function explain(status, body) {
  try {
    return JSON.parse(body).detail;
  } catch {
    return _("The server answered %(status)s. Please try again.", { status });
  }
}
