// The signs of a mark: star, status and note. Independent of the page, which passes the name of the résumé and a function
// that is called with each new mark.

import { make } from "./dom.js";
import { UNREACHABLE, explain, say } from "./notices.js";
import { _ } from "./translation.js";

const dialog = document.querySelector("#note-dialog");
const field = dialog.querySelector("textarea");
const statuses = JSON.parse(dialog.dataset.statuses);

let keepNote = null; // keeps the note of the résumé for which the dialog was opened

// Sends a change of the mark and shows what is kept. If it is not kept, calls `offerAgain` and says whether that is because somebody
// else has changed the note meanwhile.
async function keep({ job, update }, change, offerAgain) {
  const request = { method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify(change) };
  const response = await fetch(`/v1/matches/${job}`, request).catch(() => null);
  say(response?.ok ? "" : response ? explain(response.status, await response.text()) : UNREACHABLE, !response?.ok);
  if (response?.ok) update(await response.json());
  else offerAgain?.(response?.status === 409);
}

// Opens the dialog again with what was typed, below the note of somebody else if there is one by now.
async function offerNote(kept, note, text, isChanged) {
  const response = isChanged ? await fetch(`/v1/matches/${kept.job}`).catch(() => null) : null;
  const { mark } = response?.ok ? await response.json() : {};
  if (!mark) return writeNote(kept, note, text);
  kept.update(mark);
  writeNote(kept, mark.note, [mark.note, text].filter(Boolean).join("\n"));
}

function makeStar({ key, name, mark, ...kept }) {
  const star = make("button", { type: "button", className: "star", id: `star-${key}`, textContent: mark.star ? "★" : "☆" });
  star.ariaPressed = String(mark.star);
  star.ariaLabel = _("Star: %(name)s", { name });
  star.title = _("Star");
  star.addEventListener("click", () => keep(kept, { star: !mark.star }));
  return star;
}

function makeStatus({ key, name, mark, ...kept }) {
  const options = statuses.map(([value, textContent]) => make("option", { value, textContent, selected: value === mark.status }));
  const ariaLabel = _("Status: %(name)s", { name });
  const about = { ariaLabel, title: _("Status") };
  const status = make("select", { className: `status ${mark.status}`, id: `status-${key}`, ...about }, ...options);
  status.addEventListener("change", () => keep(kept, { status: status.value }));
  return status;
}

// In the blind view no note is shown, for it may say who somebody is.
function makeNote({ key, name, mark, isBlind, ...kept }) {
  const ariaLabel = _("Note: %(name)s", { name });
  const button = make("button", { type: "button", className: "note", id: `note-${key}`, ariaLabel });
  if (mark.note) button.append(isBlind ? _("Note hidden") : make("bdi", { textContent: mark.note }));
  else button.append(_("Add a note"));
  button.addEventListener("click", () => !isBlind && writeNote(kept, mark.note));
  return button;
}

function writeNote(kept, note, text = note) {
  keepNote = (typed) => keep(kept, { note: typed, note_before: note }, (isChanged) => offerNote(kept, note, typed, isChanged));
  field.value = text;
  dialog.returnValue = ""; // a dialog closed by a key keeps the last one
  dialog.showModal();
}

// Returns the signs of a résumé: `key` distinguishes them from others on the page, `update` is called with the stored mark.
export function makeMarks({ key, name, job, mark, isBlind, update }) {
  const shown = { key, name, job, mark, isBlind, update };
  return make("div", { className: "marks" }, makeStar(shown), makeStatus(shown), makeNote(shown));
}

dialog.addEventListener("close", () => dialog.returnValue === "keep" && keepNote(field.value.trim()));
