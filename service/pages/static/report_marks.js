// The mark of the résumé that a page shows, its deletion on request, and the way back to its batch as it was left.

import { makeMarks } from "./mark_signs.js";
import { UNREACHABLE, explain } from "./notices.js";
import { _ } from "./translation.js";

const root = document.documentElement;
const place = document.querySelector("#kept");
let mark = JSON.parse(place.dataset.mark);

const back = document.querySelector(".back");
if (back) back.search = sessionStorage.getItem(back.pathname) ?? "";

function show() {
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  const isBlind = root.hasAttribute("data-blind");
  place.replaceChildren(makeMarks({ key: "here", name: _("this résumé"), job: place.dataset.job, mark, isBlind, update }));
  if (focused) document.getElementById(focused)?.focus();
}

function update(kept) {
  mark = kept;
  show();
}

async function deleteResume(button, dialog) {
  const response = await fetch(button.dataset.url, { method: "DELETE" }).catch(() => null);
  if (response?.ok || response?.status === 404) return location.replace("/deleted");
  dialog.querySelector(".message").textContent = response
    ? explain(response.status, await response.text())
    : UNREACHABLE;
  dialog.showModal();
}

function offerDeleting(button) {
  const dialog = document.querySelector("#delete-dialog");
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("close", () => dialog.returnValue === "delete" && deleteResume(button, dialog));
}

new MutationObserver(show).observe(root, { attributeFilter: ["data-blind"] });
show();
offerDeleting(document.querySelector("#delete"));
