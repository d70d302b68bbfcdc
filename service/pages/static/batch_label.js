// The name and the note of a batch, and the form that adds résumés to it.

import { UNREACHABLE, explain, say } from "./notices.js";
import { follow } from "./served_rows.js";
import { _ } from "./translation.js";

const page = document.querySelector("#batch");
const form = document.querySelector("#label");
const title = document.querySelector("#title");
const files = document.querySelector("#add");

// Sends a request; returns the answer if it succeeded, and shows why if not.
async function ask(request) {
  const response = await fetch(page.dataset.url, request).catch(() => null);
  if (!response?.ok) say(response ? explain(response.status, await response.text()) : UNREACHABLE, true);
  return response?.ok ? response.json() : null;
}

// Keeps what was changed here alone: somebody else may have changed the other field.
async function keep() {
  const changed = [form.elements.name, form.elements.note].filter((field) => field.value !== field.defaultValue);
  const label = Object.fromEntries(changed.map((field) => [field.name, field.value.trim()]));
  const request = { method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify(label) };
  const kept = await ask(request);
  if (!kept) return;
  for (const field of changed) field.defaultValue = field.value;
  page.dataset.file = kept.file_name;
  title.textContent = kept.name || title.dataset.unnamed;
  say(_("Name and note are kept."));
}

async function add() {
  const body = new FormData();
  for (const file of files.files) body.append("file", file);
  files.value = "";
  say(_("Sending…"));
  if (!(await ask({ method: "POST", body }))) return;
  say("");
  follow();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
});
files.addEventListener("change", () => files.files.length && add());
