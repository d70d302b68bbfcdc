// What people keep of a résumé: a star, a status, a note.

import { findRow, updateRow } from "./batch.js";
import { make } from "./dom.js";
import { UNREACHABLE, explain, say } from "./messages.js";
import { isBlind, legend, nameRow } from "./rows.js";
import { showMarks } from "./table.js";
import { _ } from "./strings.js";

const body = document.querySelector("#rows");
const dialog = document.querySelector("#note-dialog");
const field = dialog.querySelector("textarea");

let noted = null;

function makeStar({ number, mark, ...row }) {
  const star = make("button", { type: "button", className: "star", id: `star-${number}`, textContent: mark.star ? "★" : "☆" });
  star.ariaPressed = String(mark.star);
  star.ariaLabel = _("Star: %(name)s", { name: nameRow({ number, ...row }) });
  return star;
}

function makeStatus(row) {
  const options = Object.entries(legend.statuses).map(([value, textContent]) =>
    make("option", { value, textContent, selected: value === row.mark.status }),
  );
  const label = _("Status: %(name)s", { name: nameRow(row) });
  return make("select", { className: `status ${row.mark.status}`, id: `status-${row.number}`, ariaLabel: label }, ...options);
}

// In the blind view no note is shown, for it may say who somebody is.
function makeNote(row) {
  const textContent = row.mark.note && !isBlind() ? row.mark.note : "";
  const label = _("Note: %(name)s", { name: nameRow(row) });
  const button = make("button", { type: "button", className: "note", id: `note-${row.number}`, ariaLabel: label });
  button.append(textContent ? make("bdi", { textContent }) : row.mark.note ? _("Note hidden") : _("Add a note"));
  return button;
}

const makeMarks = (row) => make("div", { className: "marks" }, makeStar(row), makeStatus(row), makeNote(row));

async function keep(row, change) {
  const request = { method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify(change) };
  const response = await fetch(`/v1/matches/${row.job}`, request).catch(() => null);
  if (!response?.ok) return say(response ? explain(response.status, await response.text()) : UNREACHABLE, true);
  updateRow(row.number, { mark: await response.json() });
}

function writeNote(row) {
  noted = row;
  field.value = row.mark.note;
  dialog.showModal();
}

showMarks(makeMarks);
body.addEventListener("click", ({ target }) => {
  const button = target.closest(".marks button");
  if (!button) return;
  const row = findRow(button);
  if (button.classList.contains("star")) keep(row, { star: !row.mark.star });
  else if (!isBlind()) writeNote(row);
});
body.addEventListener("change", ({ target }) => {
  if (target.classList.contains("status")) keep(findRow(target), { status: target.value });
});
dialog.addEventListener("close", () => {
  if (dialog.returnValue === "keep") keep(noted, { note: field.value.trim() });
});
