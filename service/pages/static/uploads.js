// The list of what somebody has sent: shows times in their time zone, and deletes what they choose.

import { UNREACHABLE, explain, say } from "./notices.js";
import { _, ngettext } from "./translation.js";

const form = document.querySelector("#uploads");
const dialog = document.querySelector("#delete-dialog");

const listChosen = () => [...form.querySelectorAll("input:checked")];

const { lang } = document.documentElement;
const clock = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { dateStyle: "medium", timeStyle: "short" });
for (const time of document.querySelectorAll("time")) time.textContent = clock.format(new Date(time.dateTime));

function showChosen() {
  const chosen = listChosen().length;
  const button = form.querySelector("#delete");
  button.disabled = !chosen;
  button.textContent = chosen
    ? ngettext("Delete %(num)s upload", "Delete %(num)s uploads", chosen)
    : _("Delete chosen");
}

// Deletes all that are chosen of one kind; returns a sentence if the server refuses.
async function deleteKind(kind) {
  const ids = listChosen().filter(({ name }) => name === kind).map(({ value }) => ["id", value]);
  if (!ids.length) return "";
  const url = `${form.dataset[kind]}?${new URLSearchParams(ids)}`;
  const response = await fetch(url, { method: "DELETE" }).catch(() => null);
  if (response?.ok) return "";
  return response ? explain(response.status, await response.text()) : UNREACHABLE;
}

async function deleteChosen() {
  const refusal = (await deleteKind("match")) || (await deleteKind("batch"));
  if (refusal) say(refusal, true);
  else location.reload();
}

form?.addEventListener("change", showChosen);
form?.addEventListener("submit", (event) => event.preventDefault());
form?.querySelector("#delete").addEventListener("click", () => dialog.showModal());
dialog.addEventListener("close", () => dialog.returnValue === "delete" && deleteChosen());
if (form) showChosen(); // a browser keeps what was chosen before a page was loaded again
